package clientkpis.reading;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.format.FileFormat;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Columns;
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
    private static final Comparator<ColumnMatch> BEST_FIRST =
            Comparator.comparingInt(ColumnMatch::fit).reversed();

    private TableMatches() {}

    /// The tables that a file can be where nothing but the file says it.
    static List<TableSchema> candidates() {
        return Tables.load().all().stream().filter(TableSchema::isOfClients).toList();
    }

    /// The columns of each table as the tenant writes them.
    static List<Columns> columns(List<TableSchema> tables, Configuration configuration) {
        return tables.stream()
                .map(table -> ReadingOptions.of(configuration, table).of(table))
                .toList();
    }

    /// @throws clientkpis.reading.bytes.FileRejectedException when it is not a file that can be read
    static Source source(Path file, String objectName, Configuration configuration) throws IOException {
        return Source.judge(
                () -> Files.newInputStream(file),
                objectName,
                ReadingOptions.of(configuration, null).limits());
    }

    /// The best fit first; of equal ones the first in the order of the tables.
    static List<ColumnMatch> sorted(FileFormat.SheetMatches sheet) {
        return sheet.matches().stream().sorted(BEST_FIRST).toList();
    }

    /// Of a workbook, each table by the sheet that is nearest to it.
    ///
    /// @param objectName the object's name
    /// @return the best fit first; of equal ones the first in the order of the tables
    /// @throws clientkpis.reading.bytes.FileRejectedException when it cannot be read as any table
    static List<ColumnMatch> of(Path file, String objectName, List<TableSchema> tables, Configuration configuration)
            throws IOException {
        Source source = source(file, objectName, configuration);
        FileFormat format = FileFormat.of(source);
        List<ColumnMatch> matches = new ArrayList<>();
        for (Columns columns : columns(tables, configuration)) {
            matches.add(format.match(source, columns));
        }
        matches.sort(BEST_FIRST);
        return matches;
    }
}
