package clientkpis.readingspeed;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/// Reads files of a million rows without oddities with two versions of the suite, in turns, in one JVM.
public final class ReadingSpeed {
    private static final int ROWS = 1_000_000;
    private static final int WARM_UP = 2;
    private static final double LIMIT = 1.15;

    private ReadingSpeed() {}

    /// @param args rounds, a folder for the files, the class path of the earlier version, that of this one
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        Path folder = Path.of(args[1]);
        Function<Path, String> before = version(args[2]);
        Function<Path, String> now = version(args[3]);
        boolean slow = false;
        System.out.println("| file | earlier, ms of CPU | now | ratio: median (quartiles) | limit |");
        System.out.println("|---|--:|--:|--:|--:|");
        for (Path file : List.of(usage(folder), billing(folder))) {
            double[] earlier = new double[rounds];
            double[] later = new double[rounds];
            double[] ratio = new double[rounds];
            for (int i = -WARM_UP; i < rounds; i++) {
                boolean turn = i % 2 == 0;
                double first = milliseconds(turn ? before : now, file);
                double second = milliseconds(turn ? now : before, file);
                if (i >= 0) {
                    earlier[i] = turn ? first : second;
                    later[i] = turn ? second : first;
                    ratio[i] = later[i] / earlier[i];
                }
                System.err.printf("%s: round %d of %d%n", file.getFileName(), i + WARM_UP + 1, rounds + WARM_UP);
            }
            String rows = now.apply(file);
            Arrays.sort(ratio);
            slow |= median(ratio) > LIMIT;
            System.out.printf(
                    "| %s, %s | %.0f | %.0f | %.2f (%.2f to %.2f) | %.2f |%n",
                    file.getFileName(),
                    rows,
                    median(earlier),
                    median(later),
                    median(ratio),
                    ratio[rounds / 4],
                    ratio[3 * rounds / 4],
                    LIMIT);
        }
        System.exit(slow ? 1 : 0);
    }

    /// The same class once more, with the classes of a version around it.
    @SuppressWarnings("unchecked")
    private static Function<Path, String> version(String classPath) throws ReflectiveOperationException, IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            urls.add(url(entry));
        }
        URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        return (Function<Path, String>)
                loader.loadClass(FileReading.class.getName()).getConstructor().newInstance();
    }

    private static URL url(String entry) throws MalformedURLException {
        return Path.of(entry).toUri().toURL();
    }

    private static double milliseconds(Function<Path, String> version, Path file) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        String rows = version.apply(file);
        if (rows.equals("rejected")) {
            throw new IllegalStateException(file + " is rejected");
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Path usage(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        return write(
                folder.resolve("usage.csv"),
                "client_id;user_id;used_on;actions;accesses",
                i -> "%06d;u%d;%s;%d;%d"
                        .formatted(i % 10_000, i / 10_000, day(random), random.nextInt(100), random.nextInt(10)));
    }

    static Path billing(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        return write(
                folder.resolve("billing.csv"),
                "client_id;title_id;value;due_on;issued_on;paid_on;status",
                i -> "%06d;t%d;%d,%02d;%s;%s;%s;%s"
                        .formatted(
                                i % 10_000,
                                i,
                                random.nextInt(9999),
                                random.nextInt(100),
                                day(random),
                                day(random),
                                i % 3 == 0 ? "" : day(random),
                                List.of("Aberto", "Pago", "Cancelado").get(i % 3)));
    }

    private static String day(SplittableRandom random) {
        return LocalDate.of(2026, 1, 1).plusDays(random.nextInt(270)).format(DateTimeFormatter.ofPattern("dd/MM/yyyy"));
    }

    private static Path write(Path file, String header, Function<Integer, String> row) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(header + "\n");
            for (int i = 0; i < ROWS; i++) {
                writer.write(row.apply(i) + "\n");
            }
        }
        return file;
    }
}
