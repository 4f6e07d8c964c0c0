package clientkpis.coldstart;

import clientkpis.local.invoke.FunctionConfiguration;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Starts functions as Lambda's Java runtime does: the zip unpacked in the working folder, the runtime interface client
/// alone on the class path, one event, and the process is over.
final class FunctionProcess {
    private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String NATIVE_LIBRARY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    /// One cold start, in milliseconds.
    ///
    /// @param init from the start of the process until it asked for its first event
    /// @param first from the start of the process until its first answer
    /// @param cpu of all its threads until the first answer
    record ColdStart(double init, double first, double cpu, boolean failed, String body) {}

    private final List<Path> runtime;
    private final Path nativeLibrary;
    private final Path folder;

    /// @param jars a folder with the runtime interface client's jars, among others
    /// @param folder for what is unpacked, and logs
    FunctionProcess(Path jars, Path folder) throws IOException {
        this.folder = folder;
        this.runtime = list(jars).stream()
                .filter(jar -> jar.getFileName().toString().startsWith("aws-lambda-java-"))
                .toList();
        this.nativeLibrary = nativeLibrary();
    }

    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /// The client's library outside its jar, as it lies in Lambda. Otherwise the client writes it, in every start, to a
    /// file that all processes of the machine share.
    private Path nativeLibrary() throws IOException {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        String name = "jni/libaws-lambda-jni.linux-" + machine + ".so";
        for (Path jar : runtime) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                ZipEntry entry = zip.getEntry(name);
                if (entry != null) {
                    Path library = folder.resolve("aws-lambda-jni.so");
                    try (InputStream content = zip.getInputStream(entry)) {
                        Files.write(library, content.readAllBytes());
                    }
                    return library;
                }
            }
        }
        throw new IOException("No jar of " + runtime + " has " + name);
    }

    /// Unpacks a zip, with those of the jars added to its own that it has not.
    Path unpack(Path zip, String name, List<Path> jars) throws IOException {
        Path task = folder.resolve(name);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                if (!entry.isDirectory()) {
                    Path target = task.resolve(entry.getName());
                    Files.createDirectories(target.getParent());
                    try (InputStream content = file.getInputStream(entry)) {
                        Files.write(target, content.readAllBytes());
                    }
                }
            }
        }
        for (Path jar : jars) {
            Path target = task.resolve("lib").resolve(jar.getFileName().toString());
            if (!Files.exists(target)) {
                Files.copy(jar, target);
            }
        }
        return task;
    }

    /// @param environment variables over the function's own
    /// @param traceHeader what Lambda says of the event's trace; null: nothing
    ColdStart start(
            FunctionConfiguration function,
            Path task,
            Map<String, String> environment,
            byte[] event,
            @Nullable String traceHeader)
            throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        try (RuntimeApi api = new RuntimeApi(event, function.arn(), function.timeout(), traceHeader)) {
            ProcessBuilder builder = new ProcessBuilder(command(function))
                    .directory(task.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment(function, task, api.address()));
            builder.environment().putAll(environment);
            long begin = System.nanoTime();
            Process process = builder.start();
            try {
                CompletableFuture<RuntimeApi.Answer> ended = process.onExit().thenApply(silent -> {
                    throw new IllegalStateException("The process ended with exit code " + silent.exitValue());
                });
                RuntimeApi.Answer answer = api.answer()
                        .applyToEither(ended, first -> first)
                        .get(function.timeout().toSeconds(), TimeUnit.SECONDS);
                Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
                return new ColdStart(
                        (answer.polled() - begin) / 1e6,
                        (answer.answered() - begin) / 1e6,
                        cpu.toMillis(),
                        answer.failed(),
                        answer.body());
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException(
                        function.id() + " did not answer; it said\n" + Files.readString(log), e);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private List<String> command(FunctionConfiguration function) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        // As Lambda's runtime: the compiler that starts fast, one collector's thread, the rest of the memory for it.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-Xshare:auto");
        command.add(String.format(Locale.ROOT, "-Xmx%dm", function.memory() * 85 / 100));
        command.add("-D" + NATIVE_LIBRARY + "=" + nativeLibrary);
        command.add("-cp");
        command.add(runtime.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(MAIN);
        command.add(function.handler());
        return command;
    }

    private static Map<String, String> environment(FunctionConfiguration function, Path task, String runtimeApi) {
        Map<String, String> environment = new HashMap<>(function.environment());
        environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memory()));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "cold-start");
        environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        environment.put("LAMBDA_TASK_ROOT", task.toString());
        environment.put("_HANDLER", function.handler());
        environment.put("LANG", "en_US.UTF-8");
        environment.put("TZ", ":UTC");
        return environment;
    }
}
