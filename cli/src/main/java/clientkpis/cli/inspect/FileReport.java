package clientkpis.cli.inspect;

import clientkpis.cli.output.Results;
import clientkpis.cli.output.Terminal;
import clientkpis.cli.words.Words;
import clientkpis.kpi.Row;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.FoundTable;
import clientkpis.reading.RawFile;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.TempFolder;
import clientkpis.reading.UploadFile;
import clientkpis.reading.match.HeaderLine;
import clientkpis.reading.sort.RowPart;
import clientkpis.receipt.ColumnWords;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import clientkpis.receipt.Warning;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an upload of a file would do, as text for people or as JSON.
///
/// One class, because the text and the JSON say the same of a file, part by part.
public final class FileReport {
    private static final int SAMPLE = 5;
    private static final int EXAMPLES = 3;

    private final PrintWriter out;
    private final Tables tables;
    private final Configuration configuration;
    private final Words words;

    /// @param configuration in the language of the words
    public FileReport(PrintWriter out, Tables tables, Configuration configuration, Words words) {
        this.out = out;
        this.tables = tables;
        this.configuration = configuration;
        this.words = words;
    }

    /// @return whether it could be read
    public boolean printRaw(Path file, @Nullable TableSchema table) throws IOException {
        ObjectNode line = Results.JSON.createObjectNode().put("file", file.toString());
        RawFile.Result result =
                RawFile.read(file, String.valueOf(file.getFileName()), table, ReadingOptions.of(configuration, table));
        switch (result) {
            case RawFile.Read read -> {
                line.put("status", "read");
                read.header().forEach(line.putArray("header")::add);
                ArrayNode rows = line.putArray("rows");
                read.rows().forEach(row -> row.forEach(rows.addArray()::add));
                line.put("rejectedRows", read.rejectedRows()).putNull("reason");
            }
            case RawFile.Rejected(FileCode code, String message) -> {
                line.put("status", "rejected").putArray("header");
                line.putArray("rows");
                line.put("rejectedRows", 0).put("reason", code.label() + ": " + message);
            }
        }
        out.println(Results.JSON.writeValueAsString(line));
        return result instanceof RawFile.Read;
    }

    /// @param table null when only the file says it
    /// @return whether it would be applied
    public boolean print(Path file, @Nullable TableSchema table) throws IOException {
        if (table != null) {
            out.println(Terminal.safe(file.toString()));
            return read(file, 0, table, table.name());
        }
        boolean applied = true;
        for (FoundTable.Sheet sheet : FoundTable.of(file, String.valueOf(file.getFileName()), configuration)) {
            out.println(Terminal.safe(
                    sheet.name() == null ? file.toString() : words.say("inspect.sheet", file, sheet.name())));
            applied &= switch (sheet.result()) {
                case FoundTable.Found(TableSchema found) ->
                    read(file, sheet.number(), found, words.say("inspect.by_headers", found.name()));
                case FoundTable.Unknown(FileCode code, String message) -> {
                    unknown(file, sheet.number(), code, message);
                    yield false;
                }
            };
        }
        return applied;
    }

    private void unknown(Path file, int sheet, FileCode code, String message) throws IOException {
        line("inspect.table", words.say("inspect.no_table"));
        line("", words.say("inspect.give_table", names(tables)));
        line("inspect.rejected", code.label() + ": " + Terminal.safe(message));
        RawFile.Result result = RawFile.read(
                file, String.valueOf(file.getFileName()), sheet, null, ReadingOptions.of(configuration, null));
        // A row is not shown as if it were a header.
        if (result instanceof RawFile.Read read && HeaderLine.isLikely(read.header(), read.rows())) {
            line("inspect.header", Terminal.safe(String.join(" | ", read.header())));
        }
        out.println();
    }

    /// @param shown the table, and how it is known
    private boolean read(Path file, int sheet, TableSchema table, String shown) throws IOException {
        try (TempFolder work = TempFolder.create("inspect")) {
            UploadFile.Result result = UploadFile.read(
                    file,
                    String.valueOf(file.getFileName()),
                    sheet,
                    table,
                    ReadingOptions.of(configuration, table),
                    work.path());
            line("inspect.table", shown);
            UploadFile.@Nullable Accepted read = switch (result) {
                case UploadFile.Rejected rejected -> {
                    format(rejected.format());
                    line("inspect.rejected", rejected.code().label() + ": " + Terminal.safe(rejected.message()));
                    if (rejected.code() == FileCode.COLUMNS_MISSING) {
                        line("", words.say("inspect.in_configuration", table.name()));
                    }
                    yield rejected.read();
                }
                case UploadFile.Accepted accepted -> {
                    if (accepted.source() != null) {
                        line("inspect.source", accepted.source());
                    }
                    format(accepted.format());
                    yield accepted;
                }
            };
            if (read != null) {
                columns(table, read);
                words(read.words());
                rows(table, read);
                warnings(read.warnings());
                problems(read.problems());
            }
            out.println();
            return result instanceof UploadFile.Accepted;
        }
    }

    private void format(Receipt.@Nullable Format format) {
        if (format == null) {
            return;
        }
        line(
                "inspect.encoding",
                format.encoding() + (format.compression().equals("none") ? "" : ", " + format.compression()));
        String separator = format.separator();
        if (separator != null) {
            line("inspect.separator", separator.equals("\t") ? words.say("inspect.tab") : separator);
        }
        if (format.headerLine() != null) {
            line("inspect.header", words.say("inspect.line", format.headerLine()));
        }
        format.skippedLines()
                .forEach(skipped -> line(
                        "inspect.skipped",
                        words.say("inspect.skipped_line", skipped.line(), Terminal.safe(skipped.text()))));
    }

    private void columns(TableSchema table, UploadFile.Accepted file) {
        int width = Stream.concat(file.used().stream().map(Receipt.UsedColumn::header), file.ignored().stream())
                .mapToInt(String::length)
                .max()
                .orElse(1);
        String what = "inspect.columns";
        for (Receipt.UsedColumn used : file.used()) {
            Column column = table.named(used.column());
            String type = column == null
                    ? words.say("inspect.any")
                    : words.say("type." + column.type().name().toLowerCase(Locale.ROOT));
            line(what, padded(used.header(), width) + " -> %s (%s)".formatted(used.column(), type));
            what = "";
        }
        for (String ignored : file.ignored()) {
            line(what, padded(ignored, width) + " -> " + words.say("inspect.ignored"));
        }
        for (Receipt.UsedColumn lost : file.lost()) {
            line(what, padded(lost.header(), width) + " -> " + words.say("inspect.lost", lost.column()));
        }
        if (!file.absent().isEmpty()) {
            line("inspect.absent", words.say("inspect.blank_in_every_row", file.absent()));
        }
    }

    private void words(List<ColumnWords> columns) {
        String what = "inspect.words";
        for (ColumnWords column : columns) {
            line(
                    what,
                    column.column() + ": "
                            + column.words().stream()
                                    .map(word -> "%s (%s) %s"
                                            .formatted(
                                                    Terminal.safe(word.word()),
                                                    words.number(word.count()),
                                                    word.meaning()))
                                    .collect(Collectors.joining(", ")));
            what = "";
        }
    }

    private void warnings(List<Warning> warnings) {
        String what = "inspect.warnings";
        for (Warning warning : warnings) {
            String count = warning.count() == 0 ? "" : " (" + words.number(warning.count()) + ")";
            line(what, "%s%s: %s".formatted(warning.code().label(), count, Terminal.safe(warning.message())));
            if (!warning.samples().isEmpty()) {
                line("", "  " + words.say("inspect.such_as", Terminal.safe(String.join("; ", warning.samples()))));
            }
            what = "";
        }
    }

    private static String padded(String header, int width) {
        return String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s", Terminal.safe(header));
    }

    private void rows(TableSchema table, UploadFile.Accepted file) {
        Receipt.Rows rows = file.rows();
        line(
                "inspect.rows",
                words.say(
                        "inspect.rows_are",
                        words.number(rows.read()),
                        words.count(rows.accepted(), "count.accepted"),
                        words.count(file.clients(), "count.client"),
                        words.count(rows.rejected(), "count.rejected_row"),
                        words.count(rows.repeated(), "count.repeated")));
        String what = "inspect.sample";
        long shown = 0;
        for (RowPart part : file.parts()) {
            if (shown >= SAMPLE) {
                break;
            }
            try (Stream<Row> sample = part.rows()) {
                for (Row row : sample.limit(SAMPLE - shown).toList()) {
                    line(what, Terminal.safe(shown(table, row).toString()));
                    what = "";
                    shown++;
                }
            }
        }
    }

    private Map<String, String> shown(TableSchema table, Row row) {
        Map<String, String> cells = new TreeMap<>(row.cells());
        cells.replaceAll((name, cell) -> {
            Column column = table.column(name);
            return column != null && (column.type() == ColumnType.NUMBER || column.type() == ColumnType.INTEGER)
                    ? words.numbers().exact(new BigDecimal(cell))
                    : cell;
        });
        return cells;
    }

    /// By column and code, the most frequent first, each with the first cells.
    private void problems(Receipt.Problems problems) {
        if (problems.byCode().isEmpty()) {
            line("inspect.problems", words.say("inspect.none"));
            return;
        }
        line(
                "inspect.problems",
                problems.byCode().entrySet().stream()
                        .map(code -> words.number(code.getValue()) + " " + code.getKey())
                        .collect(Collectors.joining(", ")));
        record Kind(@Nullable String column, RowCode code) {}
        Map<Kind, List<Receipt.Problem>> kinds = problems.first().stream()
                .collect(Collectors.groupingBy(
                        problem -> new Kind(problem.column(), problem.code()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        kinds.values().stream()
                .sorted(Comparator.comparingInt((List<Receipt.Problem> one) -> one.size())
                        .reversed())
                .forEach(one -> problems(one, counted(one, problems)));
    }

    private void problems(List<Receipt.Problem> one, String count) {
        Receipt.Problem first = one.getFirst();
        line(
                "",
                "%s%s"
                        .formatted(
                                first.column() == null ? "" : named(first) + ": ",
                                words.say(
                                        "inspect.problem",
                                        words.say(first.code().sentence()),
                                        first.code().label(),
                                        count,
                                        first.expected())));
        line(
                "",
                "  "
                        + one.stream()
                                .limit(EXAMPLES)
                                .map(problem -> words.say("inspect.at", problem.line(), Terminal.safe(problem.cell())))
                                .collect(Collectors.joining(", "))
                        + (one.size() > EXAMPLES ? " ..." : ""));
    }

    /// How many rows have a problem of this kind. Beyond the problems that are listed, only those of a code are
    /// counted.
    private String counted(List<Receipt.Problem> one, Receipt.Problems problems) {
        RowCode code = one.getFirst().code();
        long listed = problems.first().stream()
                .filter(problem -> problem.code() == code)
                .count();
        long all = problems.byCode().getOrDefault(code.label(), listed);
        boolean isOnly = listed == one.size();
        long count = isOnly ? Math.max(all, listed) : one.size();
        String counted = words.count(count, "count.row");
        return isOnly || all <= listed ? counted : words.say("inspect.at_least", counted);
    }

    /// The header as written, and the column in parentheses where it is called otherwise.
    private static String named(Receipt.Problem problem) {
        String header = problem.header();
        return header == null || header.equals(problem.column())
                ? String.valueOf(problem.column())
                : "%s (%s)".formatted(Terminal.safe(header), problem.column());
    }

    /// @param what the key of what the line is about; empty where it goes on
    private void line(String what, String text) {
        out.printf(Locale.ROOT, "  %-10s %s%n", what.isEmpty() ? "" : words.say(what), text);
    }

    public static String names(Tables tables) {
        return tables.all().stream().map(TableSchema::name).collect(Collectors.joining(", "));
    }
}
