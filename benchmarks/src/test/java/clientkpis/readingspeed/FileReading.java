package clientkpis.readingspeed;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.UploadFile;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads a file, named after its table, as intake does, with whatever version of the suite its class loader has.
public final class FileReading implements Function<Path, String> {

    /// @return how many rows count
    @Override
    public String apply(Path file) {
        try {
            Path work = Files.createTempDirectory("reading");
            String name = Objects.requireNonNull(file.getFileName()).toString();
            TableSchema table = Objects.requireNonNull(Tables.load().find(name.substring(0, name.indexOf('.'))));
            UploadFile.Result result =
                    UploadFile.read(file, name, table, ReadingOptions.of(Configuration.DEFAULT, table), work);
            try (Stream<Path> left = Files.walk(work)) {
                for (Path path :
                        List.copyOf(left.sorted(Comparator.reverseOrder()).toList())) {
                    Files.delete(path);
                }
            }
            return result instanceof UploadFile.Accepted accepted
                    ? "%,d of %,d rows"
                            .formatted(
                                    accepted.rows().accepted(), accepted.rows().read())
                    : "rejected";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
