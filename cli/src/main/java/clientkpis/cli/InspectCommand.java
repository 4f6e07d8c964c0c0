package clientkpis.cli;

import clientkpis.cli.input.Exports;
import clientkpis.cli.input.UsageException;
import clientkpis.cli.output.Results;
import clientkpis.cli.output.Terminal;
import clientkpis.configuration.check.ConfigurationCheck;
import clientkpis.kpi.Row;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.RawFile;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.RowPart;
import clientkpis.reading.TempFolder;
import clientkpis.reading.UploadFile;
import clientkpis.tables.Column;
import clientkpis.tables.FileCode;
import clientkpis.tables.Receipt;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kpis inspect`: what an upload of a file would be, before it is one.
@Command(
        name = "inspect",
        description = {
            "Says what an upload of each file would be, and changes nothing.",
            "",
            "It reads as an upload is read: encoding, separator, header, how each column is understood, a sample of the"
                    + " rows, every problem, and which columns are missing.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Kpis.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every file would be applied; single rows may be rejected",
            "1:a file would be rejected whole",
            "2:wrong usage",
            "3:the command failed"
        })
final class InspectCommand implements Callable<Integer> {
    private static final int SAMPLE = 5;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files.")
    private List<Path> files = List.of();

    @Option(
            names = "--table",
            paramLabel = "T",
            description = "The table of all files. Default: what each file's name, or its folder's, tells.")
    private @Nullable String tableName;

    @Option(
            names = "--configuration",
            paramLabel = "F",
            description = "The tenant's configuration, with its own headers and formats. Default: the default one.")
    private @Nullable Path configurationFile;

    @Option(
            names = "--raw",
            description = {
                "Prints one JSON object a file and line instead: the cells exactly as read.",
                "The header is the table's where --table names one, else the first line."
            })
    private boolean raw;

    @Override
    public Integer call() throws IOException {
        Tables tables = Tables.load();
        TableSchema given = tableName == null ? null : tables.find(tableName);
        if (tableName != null && given == null) {
            throw new UsageException("There is no table %s. The tables are %s.".formatted(tableName, names(tables)));
        }
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new UsageException(file + (Files.exists(file) ? " is no file." : " does not exist."));
            }
        }
        Configuration configuration = configuration();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        boolean rejected = false;
        for (Path file : files) {
            if (raw) {
                rejected |= !printRaw(out, file, given, configuration);
            } else {
                rejected |= !print(out, file, given == null ? Exports.tableOf(file, tables) : given, configuration);
            }
        }
        out.flush();
        return rejected ? Kpis.REJECTED : 0;
    }

    private Configuration configuration() throws IOException {
        if (configurationFile == null) {
            return Configuration.DEFAULT;
        }
        if (!Files.isRegularFile(configurationFile)) {
            throw new UsageException(configurationFile + " is no file.");
        }
        return switch (ConfigurationCheck.check(Files.readAllBytes(configurationFile))) {
            case ConfigurationCheck.Result.Accepted accepted -> accepted.configuration();
            case ConfigurationCheck.Result.Rejected(List<ConfigurationCheck.Problem> problems) ->
                throw new UsageException("%s is no configuration:%n%s"
                        .formatted(
                                configurationFile,
                                problems.stream()
                                        .map(problem -> "  %s: %s".formatted(problem.pointer(), problem.message()))
                                        .collect(Collectors.joining("\n"))));
        };
    }

    /// @return whether it could be read
    private static boolean printRaw(
            PrintWriter out, Path file, @Nullable TableSchema table, Configuration configuration) throws IOException {
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

    /// @return whether it would be applied
    private static boolean print(PrintWriter out, Path file, @Nullable TableSchema table, Configuration configuration)
            throws IOException {
        out.println(Terminal.safe(file.toString()));
        if (table == null) {
            line(out, "Table", "none: neither the file's name nor its folder's begins with a table's");
            line(out, "", "Say --table T, one of " + names(Tables.load()) + ".");
            RawFile.Result result = RawFile.read(
                    file, String.valueOf(file.getFileName()), null, ReadingOptions.of(configuration, null));
            if (result instanceof RawFile.Read read) {
                line(out, "Header", Terminal.safe(String.join(" | ", read.header())));
            }
            out.println();
            return false;
        }
        try (TempFolder work = TempFolder.create("inspect")) {
            UploadFile.Result result = UploadFile.read(
                    file,
                    String.valueOf(file.getFileName()),
                    table,
                    ReadingOptions.of(configuration, table),
                    work.path());
            switch (result) {
                case UploadFile.Rejected rejected -> {
                    line(out, "Table", table.name());
                    format(out, rejected.format());
                    line(out, "Rejected", rejected.code().label() + ": " + Terminal.safe(rejected.message()));
                    if (rejected.code() == FileCode.COLUMNS_MISSING) {
                        line(
                                out,
                                "",
                                "In configuration.json: {\"columns\": {\"%s\": {\"HEADER OF THE FILE\": \"column\"}}}"
                                        .formatted(table.name()));
                    }
                }
                case UploadFile.Accepted accepted -> {
                    line(out, "Table", table.name());
                    format(out, accepted.format());
                    columns(out, table, accepted);
                    rows(out, accepted);
                    problems(out, accepted);
                }
            }
            out.println();
            return result instanceof UploadFile.Accepted;
        }
    }

    private static void format(PrintWriter out, Receipt.@Nullable Format format) {
        if (format == null) {
            return;
        }
        line(
                out,
                "Encoding",
                format.encoding() + (format.compression().equals("none") ? "" : ", " + format.compression()));
        String separator = format.separator();
        if (separator != null) {
            line(out, "Separator", separator.equals("\t") ? "tab" : separator);
        }
        if (format.headerLine() != null) {
            line(out, "Header", "line " + format.headerLine());
        }
        format.skippedLines()
                .forEach(skipped ->
                        line(out, "Skipped", "line %d: %s".formatted(skipped.line(), Terminal.safe(skipped.text()))));
    }

    private static void columns(PrintWriter out, TableSchema table, UploadFile.Accepted file) {
        int width = Stream.concat(file.used().stream().map(Receipt.UsedColumn::header), file.ignored().stream())
                .mapToInt(String::length)
                .max()
                .orElse(1);
        String what = "Columns";
        for (Receipt.UsedColumn used : file.used()) {
            Column column = table.named(used.column());
            String type = column == null
                    ? "any"
                    : column.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            line(out, what, padded(used.header(), width) + " -> %s (%s)".formatted(used.column(), type));
            what = "";
        }
        for (String ignored : file.ignored()) {
            line(out, what, padded(ignored, width) + " -> ignored");
        }
        if (!file.absent().isEmpty()) {
            line(out, "Absent", String.join(", ", file.absent()) + ": blank in every row");
        }
    }

    private static String padded(String header, int width) {
        return String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s", Terminal.safe(header));
    }

    private static void rows(PrintWriter out, UploadFile.Accepted file) {
        Receipt.Rows rows = file.rows();
        line(
                out,
                "Rows",
                "%,d: %,d accepted of %,d clients, %,d rejected, %,d repeated"
                        .formatted(rows.read(), rows.accepted(), file.clients(), rows.rejected(), rows.repeated()));
        String what = "Sample";
        long shown = 0;
        for (RowPart part : file.parts()) {
            if (shown >= SAMPLE) {
                break;
            }
            try (Stream<Row> sample = part.rows()) {
                for (Row row : sample.limit(SAMPLE - shown).toList()) {
                    line(out, what, Terminal.safe(new TreeMap<>(row.cells()).toString()));
                    what = "";
                    shown++;
                }
            }
        }
    }

    /// The first thousand one by one, and every other as its whole row with the reason at its end.
    private static void problems(PrintWriter out, UploadFile.Accepted file) throws IOException {
        if (file.problems().byCode().isEmpty()) {
            line(out, "Problems", "none");
            return;
        }
        line(
                out,
                "Problems",
                file.problems().byCode().entrySet().stream()
                        .map(code -> "%,d %s".formatted(code.getValue(), code.getKey()))
                        .collect(Collectors.joining(", ")));
        for (Receipt.Problem problem : file.problems().first()) {
            line(
                    out,
                    "",
                    "line %d%s: %s, found \"%s\", expected %s"
                            .formatted(
                                    problem.line(),
                                    problem.column() == null ? "" : ", " + problem.column(),
                                    problem.code().label(),
                                    Terminal.safe(problem.cell()),
                                    problem.expected()));
        }
        Path rejected = file.rejectedRows();
        long all = file.problems().byCode().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (all > file.problems().first().size() && rejected != null) {
            line(out, "", "These are the first; all rejected rows, each with its reason:");
            try (BufferedReader lines = Files.newBufferedReader(rejected)) {
                for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                    line(out, "", Terminal.safe(text));
                }
            }
        }
    }

    private static void line(PrintWriter out, String what, String text) {
        out.printf(Locale.ROOT, "  %-10s %s%n", what, text);
    }

    private static String names(Tables tables) {
        return tables.all().stream().map(TableSchema::name).collect(Collectors.joining(", "));
    }
}
