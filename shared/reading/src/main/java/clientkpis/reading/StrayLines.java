package clientkpis.reading;

import clientkpis.kpi.Texts;
import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.format.UploadRow;
import clientkpis.reading.format.UploadRows;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import clientkpis.tables.Column;
import clientkpis.tables.Headers;
import clientkpis.tables.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lines below a header that are not rows: the header once more, totals, the footer of a report. They are skipped and
/// counted.
final class StrayLines {
    /// A second header line, in another language or for machines, is among the first lines.
    private static final int HEADERS = 3;

    private static final Set<String> TOTALS =
            Set.of("total", "totals", "totais", "subtotal", "grand total", "total geral", "soma", "sum");
    private static final List<String> BEGINNINGS = List.of(
            "total", "subtotal", "sub-total", "grand total", "soma", "copyright", "confidential", "confidencial");
    private static final List<String> CONNECTIVES =
            List.of(" de ", " do ", " da ", " dos ", " das ", " of ", " geral ");

    private final TableSchema table;
    private final List<Column> columns;
    private final int client;
    private @Nullable String @Nullable [] headers;
    private int first = -1;
    private long seen;
    private long repeatedHeaders;
    private final List<String> headerSamples = new ArrayList<>();
    private long totals;
    private final List<String> totalSamples = new ArrayList<>();

    /// @param columns in the order of a row's cells
    StrayLines(TableSchema table, List<Column> columns) {
        this.table = table;
        this.columns = columns;
        client = columns.stream().map(Column::name).toList().indexOf("client_id");
    }

    /// Whether the line is not a row.
    boolean has(UploadRow row, UploadRows rows) {
        if (headers == null) {
            headers = headers(rows);
        }
        if (first < 0 || row.fault() != null) {
            return false;
        }
        String filled = firstFilled(row.written());
        if (filled == null) {
            return true; // Cells that are quoted and empty.
        }
        seen++;
        if (isHeader(row.cells(), headers)) {
            repeatedHeaders++;
            add(headerSamples, row);
            return true;
        }
        if (isTotal(row, filled)) {
            totals++;
            add(totalSamples, row);
            return true;
        }
        return false;
    }

    private static void add(List<String> samples, UploadRow row) {
        if (samples.size() < Warning.SAMPLES) {
            samples.add("line %d: %s".formatted(row.line(), String.join(" | ", row.written())));
        }
    }

    /// The headers of the columns that are one cell as written: a header line says nothing else.
    private @Nullable String[] headers(UploadRows rows) {
        @Nullable String[] found = new @Nullable String[columns.size()];
        if (rows.format().headerLine() == null) {
            return found;
        }
        List<String> names = columns.stream().map(Column::name).toList();
        for (Receipt.UsedColumn used : rows.used()) {
            int position = names.indexOf(used.column());
            if (position >= 0 && isOneCell(rows.layout().reading(position))) {
                found[position] = Headers.normal(rows.layout().headerOf(position));
                first = first < 0 ? position : first;
            }
        }
        return found;
    }

    private static boolean isOneCell(ColumnReading reading) {
        return reading.key().isEmpty()
                && reading.join().isEmpty()
                && !reading.count()
                && reading.paidWhenZero() == null;
    }

    private boolean isHeader(@Nullable String[] cells, @Nullable String[] header) {
        String cell = cells[first];
        if (cell == null || (seen > HEADERS && !mayBe(cell, header[first]))) {
            return false;
        }
        int same = 0;
        for (int i = 0; i < cells.length; i++) {
            String each = cells[i];
            if (each == null || Blank.is(each) || header[i] == null) {
                continue;
            }
            if (!columns.get(i).equals(table.column(each))
                    && !Headers.normal(each).equals(header[i])) {
                return false;
            }
            same++;
        }
        return same > 1;
    }

    /// Cheap, since it is asked of every row.
    private static boolean mayBe(String cell, @Nullable String header) {
        return header != null
                && !cell.isEmpty()
                && cell.length() >= header.length()
                && cell.length() <= header.length() * 2 + 4
                && Headers.normal(cell).equals(header);
    }

    private boolean isTotal(UploadRow row, String cell) {
        if (!mayBeTotal(cell.charAt(0))) {
            return false;
        }
        String text = Texts.fold(cell);
        String beginning = BEGINNINGS.stream()
                .filter(word -> begins(text, word))
                .findFirst()
                .orElse(null);
        if (beginning == null) {
            return false;
        }
        String of = client < 0 ? null : row.cells()[client];
        if (client >= 0 && (of == null || Blank.is(of))) {
            return true;
        }
        if (of != null && !Blank.trim(of).equals(cell)) {
            return false;
        }
        // In the column of the clients it could be a client's name.
        long filled = row.written().stream().filter(each -> !Blank.is(each)).count();
        boolean sparse = filled * 2 <= row.written().size();
        return filled == 1
                || TOTALS.contains(text.replaceAll("[\\s:]+$", ""))
                || (sparse && CONNECTIVES.stream().anyMatch((text + " ").substring(beginning.length())::startsWith));
    }

    private static boolean mayBeTotal(char c) {
        return switch (c) {
            case 't', 'T', 's', 'S', 'g', 'G', 'c', 'C' -> true;
            default -> false;
        };
    }

    private static boolean begins(String text, String word) {
        return text.startsWith(word)
                && (text.length() == word.length()
                        || !Character.isLetterOrDigit(text.charAt(word.length()))
                        || TOTALS.contains(text));
    }

    private static @Nullable String firstFilled(List<String> cells) {
        for (String cell : cells) {
            if (!Blank.is(cell)) {
                return Blank.trim(cell);
            }
        }
        return null;
    }

    List<Warning.Finding> warnings() {
        List<Warning.Finding> warnings = new ArrayList<>();
        if (repeatedHeaders > 0) {
            warnings.add(Warning.of(WarningCode.REPEATED_HEADERS, repeatedHeaders, headerSamples));
        }
        if (totals > 0) {
            warnings.add(Warning.of(WarningCode.SKIPPED_TOTALS, totals, totalSamples));
        }
        return warnings;
    }
}
