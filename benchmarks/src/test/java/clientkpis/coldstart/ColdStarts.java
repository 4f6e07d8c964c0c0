package clientkpis.coldstart;

import clientkpis.coldstart.FunctionProcess.ColdStart;
import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import clientkpis.local.invoke.FunctionConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Measures cold starts: `ROUNDS JARS FOLDER [functions]`, as `benchmarks/cold-start` calls it. The tables go to
/// stdout.
///
/// One file: a program that measures, from the first process to the last table.
final class ColdStarts {
    /// What Lambda grants a function until it asks for its first event.
    private static final Duration INIT_LIMIT = Duration.ofSeconds(10);

    private static final Duration SILENCE = Duration.ofMillis(50);
    private static final String EVENT = "{\"scheduledTime\": \"2026-09-10T12:00:00Z\"}";
    private static final Pattern ZIP = Pattern.compile("functions/([^/]+)/target/function[.]zip");

    /// Ways to trace, in the order in which the first round measures them.
    private enum Variant {
        PASS_THROUGH("`PassThrough`"),
        /// The same again: what differs between two of a kind is noise.
        AGAIN("`PassThrough`, once more"),
        ACTIVE("`Active`"),
        SUBSEGMENTS("`Active`, with X-Ray's SDK in the zip");

        private final String label;

        Variant(String label) {
            this.label = label;
        }

        boolean traced() {
            return this == ACTIVE || this == SUBSEGMENTS;
        }
    }

    private final LocalCloud cloud;
    private final Path root;
    private final Path jars;
    private final FunctionProcess processes;
    private final SecureRandom random = new SecureRandom();

    private ColdStarts(LocalCloud cloud, Path root, Path jars, Path folder) throws IOException {
        this.cloud = cloud;
        this.root = root;
        this.jars = jars;
        this.processes = new FunctionProcess(jars, folder);
    }

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        Path root = Path.of(System.getProperty("clientkpis.root"));
        System.err.println("Starting the local cloud");
        boolean inTime;
        try (LocalCloud cloud = LocalCloud.start(root.resolve("template.yaml"), Options.defaults())) {
            awaitIdle();
            ColdStarts measured = new ColdStarts(cloud, root, Path.of(args[1]), Path.of(args[2]));
            double before = load();
            Map<Variant, List<ColdStart>> starts = args.length > 3 ? Map.of() : measured.tracing(rounds);
            System.out.printf(
                    Locale.ROOT,
                    "%s, %d processors, Java %s, load %.1f before and %.1f after %d rounds.%n%n",
                    LocalDate.now(ZoneOffset.UTC),
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("java.version"),
                    before,
                    load(),
                    rounds);
            if (!starts.isEmpty()) {
                print(starts);
            }
            inTime = measured.functions(Math.max(1, rounds / 3));
        }
        System.exit(inTime ? 0 : 1);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /// Returns when this JVM, and so the local cloud in it, has nothing more to prepare.
    private static void awaitIdle() throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        long used = cpu();
        while (Instant.now().isBefore(end)) {
            Thread.sleep(2_000);
            long now = cpu();
            if (now - used < Duration.ofMillis(100).toNanos()) {
                return;
            }
            used = now;
        }
        System.err.println("The local cloud is still busy after three minutes");
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /// Round by round one cold start of each variant, in an order that turns; a round before them does not count.
    private Map<Variant, List<ColdStart>> tracing(int rounds) throws IOException, InterruptedException {
        FunctionConfiguration daily = cloud.functions().stream()
                .filter(function -> function.id().equals("dailyFunction"))
                .findFirst()
                .orElseThrow();
        Path zip = root.resolve(daily.code());
        Path plain = processes.unpack(zip, "daily", List.of());
        Path instrumented = processes.unpack(
                zip,
                "daily-xray",
                FunctionProcess.list(jars).stream()
                        .filter(jar -> !jar.getFileName().toString().startsWith("aws-lambda-java-"))
                        .toList());
        Map<Variant, List<ColdStart>> starts = new EnumMap<>(Variant.class);
        Variant[] variants = Variant.values();
        try (TraceHeaders dynamo = new TraceHeaders(daily.environment().getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", ""));
                TracingDaemon daemon = new TracingDaemon()) {
            for (int round = 0; round <= rounds; round++) {
                System.err.println(round == 0 ? "A round that does not count" : "Round " + round + " of " + rounds);
                for (int i = 0; i < variants.length; i++) {
                    Variant variant = variants[(round + i) % variants.length];
                    Path task = variant == Variant.SUBSEGMENTS ? instrumented : plain;
                    ColdStart start = traced(daily, task, variant, dynamo, daemon);
                    if (round > 0) {
                        starts.computeIfAbsent(variant, key -> new ArrayList<>())
                                .add(start);
                    }
                }
            }
        }
        return starts;
    }

    private ColdStart traced(
            FunctionConfiguration function, Path task, Variant variant, TraceHeaders dynamo, TracingDaemon daemon)
            throws IOException, InterruptedException {
        String trace = "1-" + hex(4) + "-" + hex(12);
        String header = variant.traced() ? "Root=" + trace + ";Parent=" + hex(8) + ";Sampled=1" : null;
        Map<String, String> environment = header == null
                ? Map.of("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint())
                : Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        dynamo.endpoint(),
                        "_X_AMZN_TRACE_ID",
                        header,
                        "AWS_XRAY_CONTEXT_MISSING",
                        "LOG_ERROR",
                        "AWS_XRAY_DAEMON_ADDRESS",
                        daemon.address());
        ColdStart start = processes.start(function, task, environment, EVENT.getBytes(StandardCharsets.UTF_8), header);
        if (start.failed()) {
            throw new IllegalStateException(function.id() + " failed: " + start.body());
        }
        prove(variant, header == null ? null : trace, dynamo.drain(), daemon.drain(SILENCE));
        return start;
    }

    private String hex(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    /// A variant that did not do what its name says is not measured.
    private static void prove(
            Variant variant, @Nullable String trace, List<Optional<String>> headers, List<String> segments) {
        boolean passedOn = trace != null
                && headers.stream().allMatch(header -> header.orElse("").contains(trace));
        boolean none = headers.stream().allMatch(Optional::isEmpty);
        boolean told = trace != null
                && segments.stream().anyMatch(segment -> segment.contains("DynamoDb") && segment.contains(trace));
        boolean proven = !headers.isEmpty()
                && switch (variant) {
                    case PASS_THROUGH, AGAIN -> none && segments.isEmpty();
                    case ACTIVE -> passedOn && segments.isEmpty();
                    case SUBSEGMENTS -> passedOn && told;
                };
        if (!proven) {
            throw new IllegalStateException(variant + " is not what was measured: its requests' trace headers are "
                    + headers + ", its segments " + segments);
        }
    }

    private static void print(Map<Variant, List<ColdStart>> starts) {
        List<ColdStart> reference = starts.getOrDefault(Variant.PASS_THROUGH, List.of());
        System.out.println("| daily, ms: median (quartiles) | INIT | until the first answer | more in the same round"
                + " | ratio | CPU until then | more in the same round | ratio |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
        starts.forEach((variant, measured) -> System.out.printf(
                "| %s | %s | %s | %s |%n",
                variant.label,
                quartiles(values(measured, ColdStart::init)),
                compared(measured, reference, ColdStart::first),
                compared(measured, reference, ColdStart::cpu)));
        System.out.println();
    }

    /// The values, how much more they are than the reference's of the same round, and the ratio of the medians.
    private static String compared(
            List<ColdStart> measured, List<ColdStart> reference, ToDoubleFunction<ColdStart> value) {
        List<Double> values = values(measured, value);
        List<Double> others = values(reference, value);
        List<Double> more = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            more.add(values.get(i) - others.get(i));
        }
        return quartiles(values) + " | " + quartiles(more) + " | " + ratio(measured, reference, value);
    }

    private static List<Double> values(List<ColdStart> starts, ToDoubleFunction<ColdStart> value) {
        return starts.stream().map(value::applyAsDouble).toList();
    }

    private static String quartiles(List<Double> values) {
        return String.format(
                Locale.ROOT,
                "%.0f (%.0f to %.0f)",
                quantile(values, 0.5),
                quantile(values, 0.25),
                quantile(values, 0.75));
    }

    private static double quantile(List<Double> values, double fraction) {
        List<Double> sorted = values.stream().sorted().toList();
        double at = fraction * (sorted.size() - 1);
        double below = sorted.get((int) Math.floor(at));
        double above = sorted.get((int) Math.ceil(at));
        return below + (at - Math.floor(at)) * (above - below);
    }

    /// A function that is measured beside the others.
    private record Measured(
            String name, FunctionConfiguration function, Path task, String event, List<ColdStart> starts) {}

    /// Every function's zip and cold starts of it, with the sample of its events, in turns with those of the minimal
    /// handler. The local cloud is empty, so a message about an object or a run is retried as soon as the function has
    /// asked for that.
    ///
    /// @return whether each was up within Lambda's limit
    private boolean functions(int rounds) throws IOException, InterruptedException {
        List<Measured> all = new ArrayList<>();
        for (FunctionConfiguration function : cloud.functions()) {
            Matcher path = ZIP.matcher(function.code());
            if (!path.matches()) {
                throw new IllegalStateException(function.id() + ": " + function.code() + " is no zip of functions/");
            }
            String name = path.group(1);
            Path task = processes.unpack(root.resolve(function.code()), name, List.of());
            if (function.id().equals("dailyFunction")) {
                all.addFirst(minimal(function, "minimal, DynamoDB, S3 and SQS"));
                all.addFirst(minimal(function, "minimal, DynamoDB and SQS"));
                all.addFirst(minimal(function, "minimal, DynamoDB and S3"));
                all.addFirst(minimal(function, "minimal"));
            }
            all.add(new Measured(name, function, task, sample(name), new ArrayList<>()));
        }
        for (int round = 0; round <= rounds; round++) {
            System.err.println("Every function, round " + round + " of " + rounds);
            for (int i = 0; i < all.size(); i++) {
                Measured one = all.get((i + round) % all.size());
                ColdStart start = processes.start(
                        one.function, one.task, Map.of(), one.event.getBytes(StandardCharsets.UTF_8), null);
                if (start.failed()) {
                    throw new IllegalStateException(one.name + " failed: " + start.body());
                }
                if (round > 0) {
                    one.starts.add(start);
                }
            }
        }
        return print(all);
    }

    /// The minimal handler, with the libraries and the environment of a function.
    ///
    /// @param name says which clients it has
    private Measured minimal(FunctionConfiguration like, String name) throws IOException {
        Path task = processes.unpack(root.resolve(like.code()), "minimal", List.of());
        String path = MinimalHandler.class.getName().replace('.', '/') + ".class";
        Path target = task.resolve(path);
        Files.createDirectories(target.getParent());
        try (InputStream code = MinimalHandler.class.getResourceAsStream("/" + path)) {
            Files.write(target, Objects.requireNonNull(code, path).readAllBytes());
        }
        Map<String, String> environment = new HashMap<>(like.environment());
        environment.put(MinimalHandler.CLIENTS, name);
        FunctionConfiguration function = new FunctionConfiguration(
                like.id(),
                like.name(),
                like.arn(),
                like.code(),
                MinimalHandler.class.getName(),
                like.memory(),
                like.timeout(),
                environment);
        return new Measured(name, function, task, EVENT, new ArrayList<>());
    }

    private boolean print(List<Measured> all) throws IOException {
        List<ColdStart> minimal = all.getFirst().starts;
        System.out.println("| function | zip, MB | INIT, ms | of 10 s | of minimal | until the first answer, ms"
                + " | of minimal | CPU until then, ms | of minimal | first event |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|---|");
        boolean inTime = true;
        for (Measured one : all) {
            double slowest = values(one.starts, ColdStart::init).stream()
                    .max(Double::compare)
                    .orElseThrow();
            inTime &= slowest <= INIT_LIMIT.toMillis();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %s | %.2f | %s | %s | %s | %s | %s | %s |%n",
                    one.name,
                    Files.size(root.resolve(one.function.code())) / 1e6,
                    quartiles(values(one.starts, ColdStart::init)),
                    slowest / INIT_LIMIT.toMillis(),
                    ratio(one.starts, minimal, ColdStart::init),
                    quartiles(values(one.starts, ColdStart::first)),
                    ratio(one.starts, minimal, ColdStart::first),
                    quartiles(values(one.starts, ColdStart::cpu)),
                    ratio(one.starts, minimal, ColdStart::cpu),
                    one.starts.getFirst().body().contains("itemIdentifier") ? "is retried" : "done");
        }
        return inTime;
    }

    private static String ratio(List<ColdStart> measured, List<ColdStart> of, ToDoubleFunction<ColdStart> value) {
        return String.format(
                Locale.ROOT, "%.2f", quantile(values(measured, value), 0.5) / quantile(values(of, value), 0.5));
    }

    /// What triggers the function. All families are told the same, each of its own table.
    private String sample(String name) throws IOException {
        Path own = root.resolve("events/samples/" + name + ".json");
        return Files.exists(own)
                ? Files.readString(own)
                : Files.readString(root.resolve("events/samples/family.json")).replace("contracts", name);
    }
}
