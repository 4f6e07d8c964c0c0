package clientkpis.reading.format;

import clientkpis.reading.cell.Blank;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Likeness;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import clientkpis.tables.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a person reads whose file lacks a required column.
final class MissingColumns {
    private static final int LISTED = 50;

    private MissingColumns() {}

    /// @param line of the header that comes closest
    static Sentence message(long line, int lines, ColumnMatch match) {
        TableSchema table = match.columns().table();
        Set<Integer> taken = new HashSet<>();
        List<Sentence> understood = new ArrayList<>();
        match.found().forEach((column, found) -> {
            taken.addAll(found.headers());
            found.headers()
                    .forEach(header -> understood.add(Sentence.of(
                            "columns_missing.is", quoted(match.header().get(header)), column.name())));
        });
        List<String> others = new ArrayList<>();
        for (int i = 0; i < match.header().size(); i++) {
            if (!taken.contains(i) && !Blank.is(match.header().get(i))) {
                others.add(match.header().get(i));
            }
        }
        List<Sentence> probably = new ArrayList<>();
        for (Column column : match.missing()) {
            String header = Likeness.probably(column, others);
            if (header != null) {
                probably.add(Sentence.of("columns_missing.probably", quoted(header), column.name()));
            }
        }
        return Sentence.count(
                lines,
                "columns_missing",
                lines,
                table,
                line,
                match.missing().stream().map(MissingColumns::described).toList(),
                understood.isEmpty() ? "" : Sentence.of("columns_missing.understood", understood),
                match.header().stream()
                        .limit(LISTED)
                        .map(MissingColumns::quoted)
                        .toList(),
                probably.isEmpty() ? "" : Sentence.of("columns_missing.meant", probably));
    }

    /// What a person reads whose file has no header.
    ///
    /// @param line that is read as the header
    static Sentence ofData(long line, ColumnMatch match) {
        return Sentence.of(
                "columns_missing.data",
                line,
                match.header().stream()
                        .limit(LISTED)
                        .map(MissingColumns::quoted)
                        .toList(),
                match.columns().table().requiredColumns().stream()
                        .map(Column::name)
                        .toList());
    }

    private static String quoted(String header) {
        return "`" + Receipt.Problem.shown(Blank.trim(header)) + "`";
    }

    private static String described(Column column) {
        List<String> names = column.aliases().isEmpty() ? new ArrayList<>(column.names()) : column.aliases();
        names = names.stream().filter(name -> !name.equals(column.name())).toList();
        return names.isEmpty() ? column.name() : "%s (%s)".formatted(column.name(), String.join(", ", names));
    }
}
