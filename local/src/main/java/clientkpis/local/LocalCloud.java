package clientkpis.local;

import clientkpis.local.invoke.Activity;
import clientkpis.local.invoke.AsynchronousInvocations;
import clientkpis.local.invoke.Engine;
import clientkpis.local.invoke.FunctionConfiguration;
import clientkpis.local.invoke.Functions;
import clientkpis.local.invoke.LambdaEndpoint;
import clientkpis.local.invoke.LambdaFunction;
import clientkpis.local.invoke.RequestRecorder;
import clientkpis.local.invoke.Requests;
import clientkpis.local.service.DeadLetter;
import clientkpis.local.service.DynamoServer;
import clientkpis.local.service.EventBridge;
import clientkpis.local.service.EventBridgeEndpoint;
import clientkpis.local.service.Loopback;
import clientkpis.local.service.ObjectStore;
import clientkpis.local.service.QueuePolicies;
import clientkpis.local.service.Queues;
import clientkpis.local.template.Resource;
import clientkpis.local.template.Template;
import clientkpis.local.template.Template.Place;
import clientkpis.local.trigger.Deliveries.Delivery;
import clientkpis.local.trigger.Settling;
import clientkpis.local.trigger.Triggers;
import clientkpis.reading.TempFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// A SAM template, running in this JVM: its tables, buckets, queues, buses and rules behind the AWS wire protocols on
/// loopback ports, and its functions, invoked by what the template says invokes them. Nothing happens that is not in
/// the template, and anything in the template that is not supported here is an error.
///
/// Plain AWS SDK clients in this JVM reach it by system properties, those of other processes by [#environment]. So a
/// JVM can have only one local cloud at a time.
///
/// One class, because its parts are started, saved and stopped together, in an order that has to be seen at once.
public final class LocalCloud implements AutoCloseable {
    /// How many ports it takes: S3, DynamoDB, SQS, EventBridge, Lambda.
    public static final int PORTS = 5;

    /// The stack's name, which begins the names of resources that the template does not name.
    public static final String STACK = "client-kpis";

    public static final String REGION = "sa-east-1";
    public static final String ACCOUNT = "000000000000";

    private static final System.Logger LOG = System.getLogger(LocalCloud.class.getName());
    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    private final Deque<AutoCloseable> toClose;
    private final Activity activity = new Activity();
    private final Requests requests = new Requests();
    private final AtomicInteger subscriptions = new AtomicInteger();
    private final Template template;
    private final Queues queues;
    private final DeadLetters deadLetters;
    private final EventBridge events;
    private final ObjectStore objects;
    private final DynamoServer dynamo;
    private final Endpoints endpoints;
    private final Functions functions;
    private final Triggers triggers;
    private final Settling settling;

    /// Starts all servers, creates what the template declares and connects it.
    ///
    /// @throws TemplateException when the template says something that is not supported here
    public static LocalCloud start(Path template, Options options) {
        if (!RUNNING.compareAndSet(false, true)) {
            throw new IllegalStateException("This JVM already has a local cloud");
        }
        Deque<AutoCloseable> toClose = new ArrayDeque<>();
        try {
            return new LocalCloud(template, options, toClose);
        } catch (Exception e) {
            close(toClose);
            if (e instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException("The local cloud did not start", e);
        }
    }

    private LocalCloud(Path file, Options options, Deque<AutoCloseable> toClose) throws Exception {
        this.toClose = toClose;
        TempFolder scratch = TempFolder.create("local-cloud");
        onClose(scratch);
        ExecutorService threads = threads();
        onClose(threads::shutdownNow);

        // The servers start concurrently.
        Future<DynamoServer> dynamoServer = starting(threads, () -> new DynamoServer(REGION, options.port(1)));
        Future<Queues> queueServer = starting(threads, () -> new Queues(REGION, ACCOUNT, options.port(2)));
        this.queues = get(queueServer);
        this.template = Template.read(file, new Place(STACK, REGION, ACCOUNT, queues.endpoint()), Map.of());
        List<Resource> templateQueues = template.all("AWS::SQS::Queue");
        this.deadLetters = new DeadLetters(template, queues, options.log());
        QueuePolicies policies = new QueuePolicies(templateQueues, template.all("AWS::SQS::QueuePolicy"));
        this.events = new EventBridge(REGION, ACCOUNT, queues, policies, deadLetters);
        Future<Loopback> eventServer = starting(threads, () -> EventBridgeEndpoint.start(events, options.port(3)));
        Future<ObjectStore> objectServer =
                starting(threads, () -> new ObjectStore(events, options.port(0), options.saved()));
        queues.create(templateQueues);
        template.all("AWS::Events::EventBus").forEach(bus -> events.createBus(bus.name()));
        template.all("AWS::Events::Rule").forEach(rule -> events.create(rule, templateQueues));
        this.objects = get(objectServer);
        template.all("AWS::S3::Bucket").forEach(objects::create);
        this.dynamo = get(dynamoServer);
        for (Resource table : template.all("AWS::DynamoDB::Table")) {
            dynamo.create(table, options.saved());
        }

        Engine engine = new Engine(queues, activity, threads, deadLetters, requests, options.faults(), options.log());
        AsynchronousInvocations asynchronous = new AsynchronousInvocations(engine);
        Map<String, LambdaFunction> byName = new ConcurrentHashMap<>();
        Loopback lambda = LambdaEndpoint.start(byName, asynchronous, activity, options.port(4));
        onClose(lambda);
        this.endpoints = new Endpoints(
                objects.endpoint(),
                dynamo.endpoint(),
                queues.endpoint(),
                get(eventServer).endpoint(),
                lambda.endpoint());
        endpoints.setSystemProperties();
        var inProcess = options.inProcess();
        if (inProcess != null) {
            inProcess.accept(dynamo.endpoint(), dynamo.inProcess(RequestRecorder::refuseDead));
            onClose(() -> inProcess.accept(dynamo.endpoint(), null));
        }
        this.functions = new Functions(scratch.path(), endpoints.environment(), options.ownProcesses(), engine);
        onClose(functions);
        Path folder = file.toAbsolutePath().resolveSibling("");
        template.all("AWS::Serverless::Function").forEach(function -> functions.add(template, function, folder));
        functions.all().forEach(function -> byName.put(function.resource().name(), function));

        this.triggers = new Triggers(
                template, dynamo, engine, asynchronous, options.deliveries(), options.recorded(), options.patient());
        functions.all().forEach(triggers::add);
        onClose(triggers);
        triggers.start();
        this.settling = triggers.settling();
        functions.warmUp();
    }

    private static ExecutorService threads() {
        AtomicInteger names = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "local-cloud-" + names.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private <T extends AutoCloseable> Future<T> starting(ExecutorService threads, Callable<T> server) {
        return threads.submit(() -> {
            T running = server.call();
            onClose(running);
            return running;
        });
    }

    private void onClose(AutoCloseable one) {
        synchronized (toClose) {
            toClose.push(one);
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /// The environment variables that lead another process here.
    public Map<String, String> environment() {
        return endpoints.environment();
    }

    /// The physical name of a bucket, by its logical id.
    public String bucket(String id) {
        return template.get(id, "AWS::S3::Bucket").name();
    }

    /// The physical name of a table.
    public String table(String id) {
        return template.get(id, "AWS::DynamoDB::Table").name();
    }

    public String queueUrl(String id) {
        return queues.endpoint() + "/" + ACCOUNT + "/"
                + template.get(id, "AWS::SQS::Queue").name();
    }

    /// The physical name of an event bus.
    public String bus(String id) {
        return template.get(id, "AWS::Events::EventBus").name();
    }

    /// The physical name of a function.
    public String function(String id) {
        return template.get(id, "AWS::Serverless::Function").name();
    }

    /// The template's outputs.
    public Map<String, String> outputs() {
        return template.outputs();
    }

    public Template template() {
        return template;
    }

    /// Every function as it would be started in its own process.
    public List<FunctionConfiguration> functions() {
        return functions.all().stream().map(LambdaFunction::configuration).toList();
    }

    /// From now on notifications and events without a time of their own have this time; null: the real time.
    public void clock(@Nullable Instant time) {
        events.clock(time);
    }

    /// Fires every enabled schedule as if it were this time, without waiting for the functions.
    public void tick(Instant scheduledTime) {
        triggers.schedules().tick(scheduledTime);
    }

    /// Invokes a function and waits for its answer.
    ///
    /// @throws IllegalStateException with the error when the function fails
    public String invoke(String function, String event) throws InterruptedException {
        LambdaFunction called = functions.get(function);
        try (Activity.Span _ = activity.begin("function " + function)) {
            LambdaFunction.Outcome outcome = called.invoke(event);
            if (outcome.failed()) {
                throw new IllegalStateException(outcome.error());
            }
            return outcome.answer();
        }
    }

    /// Subscribes to every event of a bus (its physical name).
    public Subscription subscribe(String busName) {
        String name = "subscriber-" + subscriptions.incrementAndGet();
        return new Subscription(busName, name, SqsClient.create(), EventBridgeClient.create());
    }

    /// Returns when everything has settled: no invocation is running, the queues that functions read are empty
    /// (messages in flight and delayed ones counted), and streams are read to their ends.
    ///
    /// @throws IllegalStateException naming what still moves, when it takes longer
    public void settle(Duration atMost) throws InterruptedException {
        settling.await(atMost);
    }

    /// Writes all tables and objects into a folder, for a local cloud that begins with them. To be called when
    /// everything has settled: what is under way is not kept.
    public void save(Path folder) throws IOException {
        for (Resource table : template.all("AWS::DynamoDB::Table")) {
            dynamo.save(table, folder);
        }
        objects.save(folder);
    }

    /// All work that was given up so far: what is in dead-letter and failure queues, and what has no such queue.
    public List<DeadLetter> deadLetters() throws InterruptedException {
        return deadLetters.all();
    }

    /// Each message that a queue, stream or schedule carried so far, with [Options#withRecord].
    public List<Delivery> carried() {
        return triggers.carried();
    }

    /// Delivers a message once more, as at-least-once delivery may at any later time.
    public void deliverAgain(Delivery delivery) throws InterruptedException {
        triggers.again(delivery);
    }

    /// The AWS requests that functions made.
    public Requests requests() {
        return requests;
    }

    /// Stops everything.
    @Override
    public void close() {
        close(toClose);
    }

    private static void close(Deque<AutoCloseable> toClose) {
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "A server did not stop", e);
            }
        }
        RUNNING.set(false);
    }
}
