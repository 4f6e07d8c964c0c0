package clientkpis.readingspeed;

import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.UploadFile;
import clientkpis.reading.sort.RowPart;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Part;
import clientkpis.upload.Upload;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;

/// Reads a file and writes its parts, as intake does, once for each line of its input, and answers each with the
/// nanoseconds that this took on the clock and on the processors.
final class PartsRounds {
    private PartsRounds() {}

    /// @param args the file, and a new folder for the parts
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        while (in.readLine() != null) {
            long clock = System.nanoTime();
            long processors = process.getProcessCpuTime();
            round(Path.of(args[0]), Path.of(args[1]));
            System.out.printf("%d %d%n", System.nanoTime() - clock, process.getProcessCpuTime() - processors);
        }
    }

    private static void round(Path file, Path folder) throws IOException {
        delete(folder);
        Path work = Files.createDirectories(folder.resolve("work"));
        String name = Objects.requireNonNull(file.getFileName()).toString();
        TableSchema table = Objects.requireNonNull(Tables.load().find("billing"));
        UploadFile.Accepted read = (UploadFile.Accepted)
                UploadFile.read(file, name, table, ReadingOptions.of(Configuration.DEFAULT, table), work);
        Upload upload =
                new Upload(Tenant.of("acme"), "billing", Instant.EPOCH, "uploads/acme/billing/" + name, "0", null, 0);
        for (RowPart part : read.parts()) {
            Path object = folder.resolve(part.number() + ".jsonl.gz");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(object))) {
                new Part(
                                upload,
                                LocalDate.EPOCH,
                                part.number() - 1,
                                read.parts().size(),
                                null)
                        .write(part::write, out);
            }
        }
        delete(work);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
