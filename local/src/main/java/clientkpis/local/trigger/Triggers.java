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

/// What invokes the functions, as their events in the template say: queues, streams and schedules.
public final class Triggers implements AutoCloseable {
    private final Template template;
    private final DynamoServer dynamo;
    private final Engine engine;
    private final Carried carried;
    private final Schedules schedules;
    private final List<SqsMapping> queues = new ArrayList<>();
    private final List<StreamMapping> streams = new ArrayList<>();
    private final List<Future<?>> pollers = new ArrayList<>();

    /// @param deliveries null: nothing is disturbed
    /// @param recorded whether to keep what is carried
    public Triggers(
            Template template,
            DynamoServer dynamo,
            Engine engine,
            AsynchronousInvocations asynchronous,
            @Nullable Deliveries deliveries,
            boolean recorded) {
        this.template = template;
        this.dynamo = dynamo;
        this.engine = engine;
        this.carried = new Carried(deliveries, recorded);
        this.schedules = new Schedules(asynchronous, carried);
    }

    public void add(LambdaFunction function) {
        function.resource().get("Events").properties().forEach(event -> {
            JsonNode properties = event.getValue().path("Properties");
            boolean enabled = properties.path("Enabled").asBoolean(true);
            switch (event.getValue().path("Type").asText()) {
                case "SQS" -> {
                    String arn = properties.path("Queue").asText();
                    Resource queue = source(function, "AWS::SQS::Queue", arn);
                    if (enabled) {
                        queues.add(new SqsMapping(function, queue, properties, engine, carried));
                    }
                }
                case "DynamoDB" -> {
                    String arn = properties.path("Stream").asText().replaceFirst("/stream/.*", "");
                    Resource table = source(function, "AWS::DynamoDB::Table", arn);
                    if (enabled) {
                        streams.add(new StreamMapping(function, table, properties, dynamo, engine, carried));
                    }
                }
                default -> schedules.add(function, event.getKey(), properties);
            }
        });
    }

    private Resource source(LambdaFunction function, String type, String arn) {
        return template.withArn(type, arn)
                .orElseThrow(() -> function.resource().error("the source " + arn + " is not in the template"));
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
