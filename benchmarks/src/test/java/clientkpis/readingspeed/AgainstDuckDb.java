package clientkpis.readingspeed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/// Reads a million rows of billing and writes them sorted, with the suite and with DuckDB, in turns. Each way has a
/// process of its own, which answers a line with what a round took.
final class AgainstDuckDb {
    private static final int WARM_UP = 2;
    private static final double GOAL = 1.5;

    private AgainstDuckDb() {}

    /// One way to do it, while its process runs.
    private record Way(String name, Path folder, Process process, Writer in, BufferedReader out, List<Took> rounds) {
        static Way start(String name, Path folder, List<String> command) throws IOException {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Way(
                    name,
                    folder,
                    process,
                    process.outputWriter(StandardCharsets.UTF_8),
                    process.inputReader(StandardCharsets.UTF_8),
                    new ArrayList<>());
        }

        Took round() throws IOException {
            in.write("once\n");
            in.flush();
            String answer = out.readLine();
            if (answer == null) {
                throw new IOException(name + " ended without an answer");
            }
            String[] nanoseconds = answer.split(" ", -1);
            return new Took(Long.parseLong(nanoseconds[0]) / 1e9, Long.parseLong(nanoseconds[1]) / 1e9);
        }

        double median(ToDoubleFunction<Took> of) {
            return AgainstDuckDb.median(rounds.stream().mapToDouble(of).toArray());
        }
    }

    /// Seconds.
    private record Took(double clock, double processors) {}

    private record Pair(String name, Way duckDb, Way suite) {
        /// How many times as fast the suite is, of each round.
        double[] ratios(ToDoubleFunction<Took> of) {
            double[] ratios = new double[suite.rounds.size()];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = of.applyAsDouble(duckDb.rounds.get(i)) / of.applyAsDouble(suite.rounds.get(i));
            }
            Arrays.sort(ratios);
            return ratios;
        }
    }

    /// @param args rounds, a folder for the files, a Python with DuckDB, the script of its rounds, the class path of
    ///     [PartsRounds]
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        Path folder = Path.of(args[1]);
        Path file = ReadingSpeed.billing(folder);
        List<String> python = List.of(args[2], args[3], file.toString());
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1300m",
                "-XX:+UseSerialGC",
                "-cp",
                args[4]);
        List<Way> ways = new ArrayList<>();
        try {
            Way one = duckDb(ways, folder, "0", python, "1", "all");
            Way last = duckDb(ways, folder, "0", python, "1", "last");
            Way two = duckDb(ways, folder, "0,1", python, "2", "all");
            Way suite = suite(ways, folder, "0", file, java);
            Way suiteOnTwo = suite(ways, folder, "0,1", file, java);
            Way asInLambda = suite(ways, folder, "0", file, java, "-XX:TieredStopAtLevel=1");
            for (int i = -WARM_UP; i < rounds; i++) {
                for (Way way : ways) {
                    Took took = way.round();
                    System.err.printf(
                            "round %d of %d: %s: %.2f s, %.2f s of CPU%n",
                            i + WARM_UP + 1, rounds + WARM_UP, way.name, took.clock, took.processors);
                    if (i >= 0) {
                        way.rounds.add(took);
                    }
                }
            }
            checkSame(one, suite);
            checkSame(last, suite);
            List<Pair> pairs = List.of(
                    new Pair("1 core; 1 thread", one, suite),
                    new Pair("2 cores; 2 threads", two, suiteOnTwo),
                    new Pair("1 core; 1 thread; the suite with C1 only, as Lambda runs it", one, asInLambda),
                    new Pair("1 core; 1 thread; DuckDB, too, keeps the last row of each key only", last, suite));
            print(pairs);
            System.exit(median(pairs.getFirst().ratios(Took::processors)) < GOAL ? 1 : 0);
        } finally {
            ways.forEach(way -> way.process.destroy());
        }
    }

    private static Way duckDb(
            List<Way> ways, Path folder, String cores, List<String> python, String threads, String which)
            throws IOException {
        Path out = folder.resolve(ways.size() + ".json.gz");
        return start(ways, "DuckDB", out, cores, python, List.of(out.toString(), threads, which));
    }

    private static Way suite(List<Way> ways, Path folder, String cores, Path file, List<String> java, String... options)
            throws IOException {
        Path out = folder.resolve("parts-" + ways.size());
        List<String> rest = new ArrayList<>(List.of(options));
        rest.addAll(List.of(PartsRounds.class.getName(), file.toString(), out.toString()));
        return start(ways, "suite", out, cores, java, rest);
    }

    private static Way start(
            List<Way> ways, String name, Path out, String cores, List<String> program, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", cores));
        command.addAll(program);
        command.addAll(arguments);
        Way way = Way.start(ways.size() + 1 + " " + name, out, command);
        ways.add(way);
        return way;
    }

    private static void print(List<Pair> pairs) {
        System.out.println(
                "| | DuckDB: s, of CPU | suite: s, of CPU | times as fast, by the clock: median (quartiles) |"
                        + " by CPU | goal |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        for (Pair pair : pairs) {
            System.out.printf(
                    "| %s | %.2f, %.2f | %.2f, %.2f | %s | %s | %.1f |%n",
                    pair.name,
                    pair.duckDb.median(Took::clock),
                    pair.duckDb.median(Took::processors),
                    pair.suite.median(Took::clock),
                    pair.suite.median(Took::processors),
                    shown(pair.ratios(Took::clock)),
                    shown(pair.ratios(Took::processors)),
                    GOAL);
        }
    }

    private static String shown(double[] sorted) {
        return "%.2f (%.2f to %.2f)"
                .formatted(median(sorted), sorted[sorted.length / 4], sorted[3 * sorted.length / 4]);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void checkSame(Way duckDb, Way suite) throws IOException {
        long[] theirs = sum(duckDb.folder, 0);
        long[] ours = new long[2];
        try (Stream<Path> parts = Files.list(suite.folder)) {
            for (Path part : parts.toList()) {
                long[] one = sum(part, 1);
                ours[0] += one[0];
                ours[1] += one[1];
            }
        }
        if (!Arrays.equals(theirs, ours)) {
            throw new IllegalStateException(
                    "DuckDB wrote %,d rows, and the suite %,d, or they differ".formatted(theirs[0], ours[0]));
        }
    }

    /// How many rows a file has, and the sum of their checksums.
    ///
    /// @param head how many lines are before them
    private static long[] sum(Path file, int head) throws IOException {
        ObjectMapper json = new ObjectMapper();
        long[] sum = new long[2];
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8))) {
            for (int i = 0; i < head; i++) {
                lines.readLine();
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, String> cells = new TreeMap<>();
                for (Map.Entry<String, JsonNode> cell : json.readTree(line).properties()) {
                    if (!cell.getValue().isNull()) {
                        cells.put(cell.getKey(), cell.getValue().asText());
                    }
                }
                cells.computeIfPresent(
                        "value",
                        (name, cell) ->
                                new BigDecimal(cell).stripTrailingZeros().toPlainString());
                CRC32 row = new CRC32();
                row.update(cells.toString().getBytes(StandardCharsets.UTF_8));
                sum[0]++;
                sum[1] += row.getValue();
            }
        }
        return sum;
    }
}
