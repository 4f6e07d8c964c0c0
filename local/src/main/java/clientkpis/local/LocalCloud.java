package clientkpis.local;

import clientkpis.local.Template.Place;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// A SAM template, running in this JVM: its tables, buckets, queues, buses and rules behind the AWS wire protocols on
/// loopback ports, its functions called by what the template says calls them. What is not in the template does not
/// happen; what the template says and this does not know is an error.
///
/// Plain AWS SDK clients of this JVM reach it by system properties, those of other processes by [#environment]. So
/// there is one local cloud in a JVM at a time.
public final class LocalCloud implements AutoCloseable {
    /// How many ports it takes: S3, DynamoDB, SQS, EventBridge, Lambda.
    public static final int PORTS = 5;

    private static final String ACCESS_KEY = "local";
    private static final String SECRET_KEY = "localsecret";
    private static final System.Logger LOG = System.getLogger(LocalCloud.class.getName());
    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    /// How to run a template.
    ///
    /// @param parameters values of the template's parameters, over their defaults
    /// @param concurrency how many instances of a function a queue may keep busy at most
    /// @param log takes the functions' log lines and the failures of invocations
    /// @param faults decides which requests of functions fail; null: none
    /// @param port the first of [#PORTS] ports that follow each other; 0: the system picks them
    /// @param stack the stack's name, which the names of resources begin with when the template gives none
    public record Options(
            Map<String, String> parameters,
            int concurrency,
            Consumer<String> log,
            @Nullable Faults faults,
            int port,
            String stack,
            String region,
            String account) {

        public static Options defaults() {
            return new Options(Map.of(), 2, line -> {}, null, 0, "client-kpis", "sa-east-1", "000000000000");
        }

        public Options withParameters(Map<String, String> values) {
            return new Options(values, concurrency, log, faults, port, stack, region, account);
        }

        public Options withConcurrency(int most) {
            return new Options(parameters, most, log, faults, port, stack, region, account);
        }

        public Options withLog(Consumer<String> sink) {
            return new Options(parameters, concurrency, sink, faults, port, stack, region, account);
        }

        public Options withFaults(Faults decision) {
            return new Options(parameters, concurrency, log, decision, port, stack, region, account);
        }

        public Options withPort(int first) {
            return new Options(parameters, concurrency, log, faults, first, stack, region, account);
        }

        private int port(int place) {
            return port == 0 ? 0 : port + place;
        }
    }

    /// A function as Lambda would start it.
    ///
    /// @param id its logical id
    /// @param code its zip, as the template names it
    /// @param memory megabytes
    /// @param environment its variables of the template, and those that lead its clients here
    public record FunctionConfiguration(
            String id,
            String name,
            String arn,
            String code,
            String handler,
            int memory,
            Duration timeout,
            Map<String, String> environment) {}

    private final Options options;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<DeadLetter> lost = new ConcurrentLinkedQueue<>();
    private final Requests requests = new Requests();
    private final Activity activity = new Activity();
    private final AtomicInteger subscriptions = new AtomicInteger();
    private final ExecutorService threads;
    private final Queues queues;
    private final DynamoServer dynamo;
    private final EventBridge events;
    private final Template template;
    private final Map<String, LambdaFunction> functions = new LinkedHashMap<>();
    private final Schedules schedules;
    private final Settling settling;
    private final List<Resource> deadLetterQueues;
    private final Path scratch;

    /// Starts all servers, makes what the template names and connects it.
    ///
    /// @throws TemplateException when the template says something that is not known here
    public static LocalCloud start(Path template, Options options) {
        if (!RUNNING.compareAndSet(false, true)) {
            throw new IllegalStateException("There is a local cloud in this JVM already");
        }
        Deque<AutoCloseable> started = new ArrayDeque<>();
        try {
            return new LocalCloud(template, options, started);
        } catch (Exception e) {
            close(started);
            if (e instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException("The local cloud did not start", e);
        }
    }

    private LocalCloud(Path file, Options options, Deque<AutoCloseable> started) throws Exception {
        this.options = options;
        AtomicInteger names = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "local-cloud-" + names.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.scratch = Files.createTempDirectory("local-cloud");
        onClose(started, () -> deleteTree(scratch));
        onClose(started, threads::shutdownNow);

        Future<DynamoServer> dynamoServer =
                starting(started, () -> new DynamoServer(options.region(), options.port(1)));
        Future<Queues> queueServer =
                starting(started, () -> new Queues(options.region(), options.account(), options.port(2)));
        Future<Set<String>> jars = threads.submit(FunctionCode::jarsOfTheApplication);
        this.queues = get(queueServer);
        this.template = Template.read(
                file,
                new Place(options.stack(), options.region(), options.account(), queues.endpoint()),
                options.parameters());
        QueuePolicies policies =
                new QueuePolicies(template.all("AWS::SQS::Queue"), template.all("AWS::SQS::QueuePolicy"));
        this.events = new EventBridge(options.region(), options.account(), queues, policies, this::lose);
        Future<EventBridgeEndpoint> eventServer =
                starting(started, () -> new EventBridgeEndpoint(events, options.port(3)));
        Future<ObjectStore> objectServer =
                starting(started, () -> new ObjectStore(events, ACCESS_KEY, SECRET_KEY, options.port(0)));
        queues.create(template.all("AWS::SQS::Queue"));
        createRules();
        ObjectStore objects = get(objectServer);
        template.all("AWS::S3::Bucket").forEach(objects::create);
        this.dynamo = get(dynamoServer);
        template.all("AWS::DynamoDB::Table").forEach(dynamo::create);

        Map<String, LambdaFunction> byName = new ConcurrentHashMap<>();
        AsynchronousInvocations asynchronous = new AsynchronousInvocations(queues, activity, threads, this::lose);
        LambdaEndpoint lambda = new LambdaEndpoint(byName, asynchronous, activity, options.port(4));
        onClose(started, lambda);
        setEnvironment(objects.endpoint(), get(eventServer).endpoint(), lambda.endpoint());
        createFunctions(file.toAbsolutePath(), jars);
        functions.values().forEach(function -> byName.put(function.resource().name(), function));
        this.schedules = new Schedules(asynchronous, options);
        this.settling = connect();
        this.deadLetterQueues = deadLetterQueues(template);
        warmUp();
        this.toClose.addAll(started);
    }

    private <T extends AutoCloseable> Future<T> starting(Deque<AutoCloseable> started, Callable<T> server) {
        return threads.submit(() -> {
            T running = server.call();
            onClose(started, running);
            return running;
        });
    }

    private static void onClose(Deque<AutoCloseable> started, AutoCloseable one) {
        synchronized (started) {
            started.push(one);
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void createRules() {
        for (Resource bus : template.all("AWS::Events::EventBus")) {
            events.createBus(bus.name());
        }
        for (Resource rule : template.all("AWS::Events::Rule")) {
            String bus = rule.get("EventBusName").asText("default");
            String busName = bus.substring(bus.lastIndexOf('/') + 1);
            try {
                events.putRule(
                        busName,
                        rule.name(),
                        rule.get("EventPattern").toString(),
                        !rule.get("State").asText().equals("DISABLED"));
            } catch (EventBridge.Refused e) {
                throw rule.error(String.valueOf(e.getMessage()));
            }
            for (JsonNode target : rule.get("Targets")) {
                if (template.withArn("AWS::SQS::Queue", target.path("Arn").asText())
                        .isEmpty()) {
                    throw rule.error("the target " + target.path("Arn").asText() + " is no queue of the template");
                }
                events.rule(busName, rule.name())
                        .targets()
                        .put(target.path("Id").asText(), target);
            }
        }
    }

    private void setEnvironment(String s3, String eventBridge, String lambda) {
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", dynamo.endpoint());
        environment.put("AWS_ENDPOINT_URL_S3", s3);
        environment.put("AWS_ENDPOINT_URL_SQS", queues.endpoint());
        environment.put("AWS_ENDPOINT_URL_EVENTBRIDGE", eventBridge);
        environment.put("AWS_ENDPOINT_URL_LAMBDA", lambda);
        environment.put("AWS_REGION", options.region());
        // Python's SDK reads only this one.
        environment.put("AWS_DEFAULT_REGION", options.region());
        environment.put("AWS_ACCESS_KEY_ID", ACCESS_KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", SECRET_KEY);
        System.setProperty("aws.endpointUrlDynamoDb", dynamo.endpoint());
        System.setProperty("aws.endpointUrlDynamoDbStreams", dynamo.endpoint());
        System.setProperty("aws.endpointUrlS3", s3);
        System.setProperty("aws.endpointUrlSqs", queues.endpoint());
        System.setProperty("aws.endpointUrlEventBridge", eventBridge);
        System.setProperty("aws.endpointUrlLambda", lambda);
        System.setProperty("aws.region", options.region());
        System.setProperty("aws.accessKeyId", ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", SECRET_KEY);
        System.setProperty(
                "software.amazon.awssdk.http.service.impl",
                "software.amazon.awssdk.http.apache5.Apache5SdkHttpService");
    }

    private void createFunctions(Path file, Future<Set<String>> jars) {
        Map<Path, FunctionCode> codes = new ConcurrentHashMap<>();
        onClose(toClose, () -> {
            for (FunctionCode code : codes.values()) {
                code.close();
            }
        });
        for (Resource function : template.all("AWS::Serverless::Function")) {
            Path zip = file.resolveSibling(function.text("CodeUri")).normalize();
            if (!Files.isRegularFile(zip)) {
                throw function.error(zip + " is not there: build the functions first");
            }
            Supplier<ClassLoader> code = () -> codes.computeIfAbsent(zip, key -> unpacked(function, key, jars))
                    .loader();
            Invocation scope = new Invocation(function.id(), requests, options.faults(), options.log());
            functions.put(
                    function.id(), new LambdaFunction(function, code, environment, scope, threads, options.log()));
        }
    }

    private FunctionCode unpacked(Resource function, Path zip, Future<Set<String>> jars) {
        try {
            return new FunctionCode(zip, scratch.resolve(function.id()), get(jars));
        } catch (Exception e) {
            throw new IllegalStateException(zip + " could not be unpacked", e);
        }
    }

    private Settling connect() {
        List<SqsMapping> consumers = new ArrayList<>();
        List<StreamMapping> streams = new ArrayList<>();
        for (LambdaFunction function : functions.values()) {
            function.resource().get("Events").properties().forEach(event -> {
                JsonNode properties = event.getValue().path("Properties");
                boolean enabled = properties.path("Enabled").asBoolean(true);
                switch (event.getValue().path("Type").asText()) {
                    case "SQS" -> {
                        Resource queue = source(
                                function,
                                "AWS::SQS::Queue",
                                properties.path("Queue").asText());
                        if (enabled) {
                            consumers.add(
                                    new SqsMapping(function, queue, properties, queues, activity, threads, options));
                        }
                    }
                    case "DynamoDB" -> {
                        String arn = properties.path("Stream").asText().replaceFirst("/stream/.*", "");
                        Resource table = source(function, "AWS::DynamoDB::Table", arn);
                        if (enabled) {
                            streams.add(new StreamMapping(
                                    function, table, properties, dynamo, queues, activity, this::lose, options));
                        }
                    }
                    default -> schedules.add(function, event.getKey(), properties);
                }
            });
        }
        dynamo.onWrite(() -> streams.forEach(StreamMapping::wake));
        List<Future<?>> pollers = new ArrayList<>();
        consumers.forEach(poller -> pollers.add(threads.submit(poller)));
        streams.forEach(poller -> pollers.add(threads.submit(poller)));
        onClose(toClose, () -> pollers.forEach(poller -> poller.cancel(true)));
        return new Settling(activity, queues, consumers, streams);
    }

    private Resource source(LambdaFunction function, String type, String arn) {
        return template.withArn(type, arn)
                .orElseThrow(() -> function.resource().error("the source " + arn + " is not in the template"));
    }

    /// Makes an instance of every function while nobody waits for it.
    private void warmUp() {
        threads.execute(() -> {
            for (LambdaFunction function : functions.values()) {
                try {
                    function.warm();
                } catch (Exception e) {
                    options.log().accept("The function " + function.id() + " could not be started: " + e);
                }
            }
        });
    }

    private void lose(DeadLetter letter) {
        lost.add(letter);
        options.log().accept("Lost: " + letter);
    }

    /// The environment variables that lead the clients of another process here.
    public Map<String, String> environment() {
        return Map.copyOf(environment);
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
        return queues.endpoint() + "/" + options.account() + "/"
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

    /// What a function's policies in the template say.
    public List<Grant> grants(String function) {
        return Grant.of(template.get(function, "AWS::Serverless::Function"));
    }

    /// Every function as it would be started in a process of its own.
    public List<FunctionConfiguration> functions() {
        return functions.values().stream().map(LambdaFunction::configuration).toList();
    }

    /// From now on notifications of objects, and events without a time of their own, carry this time; null: the real
    /// one.
    public void clock(@Nullable Instant time) {
        events.clock(time);
    }

    /// Fires every enabled schedule as if it were that time, without waiting for the functions.
    public void tick(Instant scheduledTime) {
        schedules.tick(scheduledTime);
    }

    /// Calls a function and waits for its answer.
    ///
    /// @throws IllegalStateException with the error when the function fails
    public String invoke(String function, String event) throws InterruptedException {
        LambdaFunction called = functions.get(function);
        if (called == null) {
            throw new IllegalArgumentException("The template has no function " + function);
        }
        try (Activity.Span _ = activity.begin("function " + function)) {
            LambdaFunction.Outcome outcome = called.invoke(event);
            if (outcome.failed()) {
                throw new IllegalStateException(outcome.error());
            }
            return outcome.answer();
        }
    }

    /// Subscribes to everything on a bus (its physical name).
    public Subscription subscribe(String busName) {
        String name = "subscriber-" + subscriptions.incrementAndGet();
        return new Subscription(busName, name, SqsClient.create(), EventBridgeClient.create());
    }

    /// Returns when everything has settled: no invocation under way, the queues that functions read empty (in flight
    /// and delayed messages counted), streams read to their ends.
    ///
    /// @throws IllegalStateException saying what still moves, when it takes longer
    public void settle(Duration atMost) throws InterruptedException {
        settling.await(atMost);
    }

    /// Everything that was given up so far: the messages in dead-letter queues and in queues for failures, and what
    /// there was no such queue for.
    public List<DeadLetter> deadLetters() throws InterruptedException {
        List<DeadLetter> letters = new ArrayList<>(lost);
        for (Resource queue : deadLetterQueues) {
            List<Queues.Message> messages = queues.receive(queue.name(), Integer.MAX_VALUE, Duration.ZERO);
            for (Queues.Message message : messages) {
                letters.add(new DeadLetter(queue.id(), "given up after its retries", message.body()));
                queues.again(queue.name(), message.receipt(), Duration.ZERO);
            }
        }
        return letters;
    }

    private static List<Resource> deadLetterQueues(Template template) {
        List<Resource> found = new ArrayList<>();
        for (Resource queue : template.all("AWS::SQS::Queue")) {
            boolean target = template.all("AWS::SQS::Queue").stream()
                            .anyMatch(other -> other.get("RedrivePolicy")
                                    .path("deadLetterTargetArn")
                                    .asText()
                                    .equals(queue.arn()))
                    || Stream.of("AWS::Serverless::Function", "AWS::Events::Rule")
                            .flatMap(type -> template.all(type).stream())
                            .anyMatch(other -> isFailureDestination(other.properties(), queue.arn()));
            if (target) {
                found.add(queue);
            }
        }
        return found;
    }

    private static boolean isFailureDestination(JsonNode node, String arn) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            boolean names =
                    Set.of("DeadLetterConfig", "DeadLetterQueue", "OnFailure").contains(entry.getKey())
                            && entry.getValue().properties().stream()
                                    .anyMatch(one -> one.getValue().asText().equals(arn));
            if (names || isFailureDestination(entry.getValue(), arn)) {
                return true;
            }
        }
        for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
            if (isFailureDestination(element, arn)) {
                return true;
            }
        }
        return false;
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

    private static void close(Deque<AutoCloseable> started) {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "A server did not stop", e);
            }
        }
        RUNNING.set(false);
    }

    private static void deleteTree(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
