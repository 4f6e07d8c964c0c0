package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A program that keeps running, with the lines that it printed so far: `kpis serve`, or a program that reads its
/// events.
final class Serving implements AutoCloseable {
    private static final Duration AT_MOST = Duration.ofMinutes(3);

    final Process process;
    final List<String> printed = new CopyOnWriteArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();

    private Serving(Process process) {
        this.process = process;
        follow(process.inputReader(StandardCharsets.UTF_8), printed);
        follow(process.errorReader(StandardCharsets.UTF_8), told);
    }

    static Serving start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        return new Serving(builder.start());
    }

    /// Starts `kpis serve` and waits until it is up.
    static Serving kpis(Path folder, String... options) throws Exception {
        List<String> command = Program.command(Program.ROOT, List.of());
        command.add("serve");
        command.addAll(Arrays.asList(options));
        Serving serving = start(folder, Map.of(), command);
        serving.await(serving.told, line -> line.startsWith("# Stop:") || line.startsWith("# Parar:"));
        return serving;
    }

    private static void follow(BufferedReader reader, List<String> lines) {
        Thread.ofPlatform().daemon().start(() -> reader.lines().forEach(lines::add));
    }

    /// The variables that it prints to be exported.
    Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        for (String line : told) {
            if (line.startsWith("export ")) {
                String[] parts = line.substring("export ".length()).split("=", 2);
                variables.put(parts[0], parts[1]);
            }
        }
        return variables;
    }

    /// The port of a service's endpoint.
    int port(String service) {
        String endpoint = String.valueOf(environment().get("AWS_ENDPOINT_URL_" + service));
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }

    /// Waits for a line.
    String await(List<String> lines, Predicate<String> which) throws InterruptedException {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (System.nanoTime() < end) {
            for (String line : lines) {
                if (which.test(line)) {
                    return line;
                }
            }
            if (!process.isAlive()) {
                break;
            }
            Thread.sleep(50);
        }
        assertThat(lines)
                .as("Printed %s to stdout and %s to stderr", printed, told)
                .anyMatch(which);
        return lines.stream().filter(which).findFirst().orElseThrow();
    }

    /// Sends a signal by its name and waits for the end.
    ///
    /// @return the exit code
    int stop(String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("It ends within seconds")
                .isTrue();
        return process.exitValue();
    }

    /// A program that ended: what it printed, and its exit code.
    record Ended(int exit, List<String> printed, List<String> told) {}

    static Ended run(Path folder, Map<String, String> environment, List<String> command) throws Exception {
        Serving program = start(folder, environment, new ArrayList<>(command));
        assertThat(program.process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        // The last lines may still be on their way.
        Thread.sleep(200);
        return new Ended(program.process.exitValue(), program.printed, program.told);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
