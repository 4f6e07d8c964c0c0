package clientkpis.reading.format;

import clientkpis.reading.cell.Blank;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Likeness;
import clientkpis.tables.Column;
import clientkpis.tables.Receipt;
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
    static String message(long line, int lines, ColumnMatch match) {
        TableSchema table = match.columns().table();
        Set<Integer> taken = new HashSet<>();
        List<String> understood = new ArrayList<>();
        match.found().forEach((column, found) -> {
            taken.addAll(found.headers());
            found.headers()
                    .forEach(header -> understood.add(quoted(match.header().get(header)) + " is " + column.name()));
        });
        List<String> others = new ArrayList<>();
        for (int i = 0; i < match.header().size(); i++) {
            if (!taken.contains(i) && !Blank.is(match.header().get(i))) {
                others.add(match.header().get(i));
            }
        }
        StringBuilder message = new StringBuilder(
                "None of the first %d lines is a header with all required columns of %s.".formatted(lines, table));
        message.append(" Closest is line ").append(line).append(". Missing: ");
        message.append(String.join(
                ", ", match.missing().stream().map(MissingColumns::described).toList()));
        message.append(". ");
        if (!understood.isEmpty()) {
            message.append("Understood: ").append(String.join(", ", understood)).append(". ");
        }
        message.append("Found: ");
        message.append(String.join(
                ", ",
                match.header().stream()
                        .limit(LISTED)
                        .map(MissingColumns::quoted)
                        .toList()));
        message.append('.');
        for (Column column : match.missing()) {
            String header = Likeness.probably(column, others);
            if (header != null) {
                message.append(" Probably %s is meant as %s.".formatted(quoted(header), column.name()));
            }
        }
        return message.append(" Rename the headers, or map them in the configuration under columns.")
                .append(table)
                .append("; `kpis inspect --propose FILE` writes one that does.")
                .toString();
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
