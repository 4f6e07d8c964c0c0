package clientkpis.local.invoke;

import clientkpis.local.instance.InstanceProcess;
import clientkpis.local.instance.LambdaContext;
import clientkpis.local.instance.Wire;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An instance in a process of its own, with the memory that the template gives it: what needs more ends, as in Lambda.
final class ProcessInstance implements FunctionInstance {
    /// How much of a function's memory Lambda's Java runtime gives the heap, in percent.
    private static final int HEAP = 85;

    private final Process process;
    private final DataOutputStream events;
    private final DataInputStream answers;

    /// @param classPath of the function alone
    /// @param log receives what the process writes
    ProcessInstance(FunctionConfiguration function, List<Path> classPath, Consumer<String> log) throws IOException {
        String path = Stream.concat(classPath.stream(), Stream.of(own()))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        // As Lambda's runtime: the compiler that starts fast, and one collector's thread.
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                String.format(Locale.ROOT, "-Xmx%dm", function.memory() * HEAP / 100),
                "-cp",
                path,
                InstanceProcess.class.getName(),
                function.handler());
        builder.environment().clear();
        builder.environment().putAll(function.environment());
        process = builder.start();
        events = new DataOutputStream(process.getOutputStream());
        answers = new DataInputStream(process.getInputStream());
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines = process.errorReader()) {
                lines.lines().forEach(log);
            } catch (IOException | UncheckedIOException e) {
                log.accept(function.id() + " said no more: " + e);
            }
        });
    }

    /// Where the classes of [InstanceProcess] are.
    private static Path own() {
        try {
            return Path.of(InstanceProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String handle(String event, LambdaContext context) throws Exception {
        boolean failed;
        String answer;
        try {
            events.writeInt(context.getRemainingTimeInMillis());
            Wire.write(events, context.getAwsRequestId());
            Wire.write(events, context.getInvokedFunctionArn());
            Wire.write(events, event);
            events.flush();
            failed = answers.readBoolean();
            answer = Wire.read(answers);
        } catch (EOFException e) {
            throw new ExitedException("Runtime exited with code " + process.waitFor());
        } catch (IOException e) {
            close();
            throw new ExitedException("Runtime exited: " + e.getMessage());
        }
        if (failed) {
            throw new IllegalStateException(answer);
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
