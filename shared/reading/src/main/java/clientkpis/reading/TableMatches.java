package clientkpis.reading;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.format.FileFormat;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How a file would be read as each of several tables.
final class TableMatches {
    private TableMatches() {}

    /// The tables that a file can be where nothing but the file says it.
    static List<TableSchema> candidates() {
        return Tables.load().all().stream().filter(TableSchema::isOfClients).toList();
    }

    /// @param objectName the object's name
    /// @return the best fit first; of equal ones the first in the order of the tables
    /// @throws FileRejectedException when it cannot be read as any table
    static List<ColumnMatch> of(Path file, String objectName, Iterable<TableSchema> tables, Configuration configuration)
            throws IOException {
        Source source = Source.judge(
                () -> Files.newInputStream(file),
                objectName,
                ReadingOptions.of(configuration, null).limits());
        FileFormat format = FileFormat.of(source);
        List<ColumnMatch> matches = new ArrayList<>();
        for (TableSchema table : tables) {
            matches.add(
                    format.match(source, ReadingOptions.of(configuration, table).of(table)));
        }
        matches.sort(Comparator.comparingInt(ColumnMatch::fit).reversed());
        return matches;
    }
}
