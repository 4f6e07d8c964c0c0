package clientkpis.local.trigger;

import clientkpis.local.invoke.AsynchronousInvocations;
import clientkpis.local.invoke.Engine;
import clientkpis.local.invoke.LambdaFunction;
import clientkpis.local.service.DynamoServer;
import clientkpis.local.template.Resource;
import clientkpis.local.template.Template;
import clientkpis.local.trigger.Deliveries.Delivery;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// What invokes the functions, as the template says: event source mappings of queues and streams, and schedules.
public final class Triggers implements AutoCloseable {
    private final Template template;
    private final DynamoServer dynamo;
    private final Engine engine;
    private final Carried carried;
    private final boolean patient;
    private final Schedules schedules;
    private final List<SqsMapping> queues = new ArrayList<>();
    private final List<StreamMapping> streams = new ArrayList<>();
    private final List<Future<?>> pollers = new ArrayList<>();

    /// @param deliveries null: nothing is disturbed
    /// @param recorded whether to keep what is carried
    /// @param patient whether messages that failed wait for as long as in AWS
    public Triggers(
            Template template,
            DynamoServer dynamo,
            Engine engine,
            AsynchronousInvocations asynchronous,
            @Nullable Deliveries deliveries,
            boolean recorded,
            boolean patient) {
        this.template = template;
        this.dynamo = dynamo;
        this.engine = engine;
        this.carried = new Carried(deliveries, recorded);
        this.patient = patient;
        this.schedules = new Schedules(asynchronous, carried);
    }

    public void add(LambdaFunction function) {
        function.resource()
                .get("Events")
                .properties()
                .forEach(event ->
                        schedules.add(function, event.getKey(), event.getValue().path("Properties")));
        for (Resource mapping : template.mappings(function.resource())) {
            JsonNode properties = mapping.properties();
            String source = mapping.text("EventSourceArn");
            boolean enabled = properties.path("Enabled").asBoolean(true);
            if (source.startsWith("arn:aws:sqs:")) {
                Resource queue = source(mapping, "AWS::SQS::Queue", source);
                if (enabled) {
                    queues.add(new SqsMapping(function, queue, properties, engine, carried, patient));
                }
            } else {
                Resource table = source(mapping, "AWS::DynamoDB::Table", source.replaceFirst("/stream/.*", ""));
                if (enabled) {
                    streams.add(new StreamMapping(function, table, properties, dynamo, engine, carried));
                }
            }
        }
    }

    private Resource source(Resource mapping, String type, String arn) {
        return template.withArn(type, arn)
                .orElseThrow(() -> mapping.error("the source " + arn + " is not in the template"));
    }

    /// Starts to poll the queues and streams of the functions that were added.
    public void start() {
        dynamo.onWrite(() -> streams.forEach(StreamMapping::wake));
        queues.forEach(poller -> pollers.add(engine.threads().submit(poller)));
        streams.forEach(poller -> pollers.add(engine.threads().submit(poller)));
    }

    /// Each message that was carried so far, if they are recorded.
    public List<Delivery> carried() {
        return carried.messages();
    }

    /// Delivers a message once more.
    public void again(Delivery delivery) throws InterruptedException {
        for (SqsMapping queue : queues) {
            if (queue.queueId().equals(delivery.source())) {
                engine.queues().send(queue.queueName(), delivery.body());
                return;
            }
        }
        for (StreamMapping stream : streams) {
            if (stream.tableId().equals(delivery.source())) {
                stream.again(delivery.body());
                return;
            }
        }
        if (!schedules.again(delivery.source(), delivery.body())) {
            throw new IllegalArgumentException("Nothing here carries " + delivery);
        }
    }

    public Schedules schedules() {
        return schedules;
    }

    public Settling settling() {
        return new Settling(engine, queues, streams);
    }

    @Override
    public void close() {
        pollers.forEach(poller -> poller.cancel(true));
    }
}
