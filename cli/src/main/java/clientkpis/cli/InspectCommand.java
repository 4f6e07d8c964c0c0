package clientkpis.cli;

import clientkpis.cli.input.Exports;
import clientkpis.cli.input.Unreadable;
import clientkpis.cli.input.UsageException;
import clientkpis.cli.inspect.FileReport;
import clientkpis.cli.inspect.ProposalReport;
import clientkpis.cli.inspect.RowsReport;
import clientkpis.cli.output.ConfigurationProblems;
import clientkpis.cli.output.Results;
import clientkpis.cli.words.Words;
import clientkpis.configuration.check.ConfigurationCheck;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kpis inspect`: shows what an upload of a file would do, without uploading it.
@Command(
        name = "inspect",
        description = {
            "Shows what an upload of each file would do, and changes nothing.",
            "",
            "Files are read exactly as an upload is. Shows the encoding, the separator, the header, how each column is"
                    + " understood, a sample of the rows, every problem, and which columns are missing.",
            ""
        },
        exitCodeList = {
            "0:every file would be applied; some rows may be rejected",
            "1:a file would be rejected whole",
            "2:wrong usage",
            "3:the command failed"
        })
final class InspectCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files.")
    private List<Path> files = List.of();

    @Option(
            names = "--table",
            paramLabel = "T",
            description =
                    "The table of all files. Default: the table that the name of each file or of its folder begins"
                            + " with.")
    private @Nullable String tableName;

    @Option(
            names = "--configuration",
            paramLabel = "F",
            description = "The tenant's configuration, with its own headers and formats. Default: the built-in one.")
    private @Nullable Path configurationFile;

    @Option(
            names = "--raw",
            description = {
                "Prints one JSON object per file instead, each on one line: the cells exactly as read.",
                "The header is the one of the table if --table names one, else the first line."
            })
    private boolean raw;

    @Option(
            names = "--rows",
            description =
                    "Prints one JSON object per file instead, each on one line: the rows as they would be stored, and"
                            + " what was made of the others.")
    private boolean rows;

    @Option(
            names = "--propose",
            description = {
                "Proposes a configuration that makes the files count, with the confidence of each part, and asks for"
                        + " what only a person knows.",
                "It is added to the one of --configuration."
            })
    private boolean propose;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "F",
            description = "With --propose: the file that receives the configuration. Default: it is printed.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        Tables tables = Tables.load();
        TableSchema given = tableName == null ? null : tables.find(tableName);
        if (tableName != null && given == null) {
            throw new UsageException(Words.of("table.unknown", tableName, FileReport.names(tables)));
        }
        for (Path file : files) {
            Unreadable.check(file);
        }
        Configuration tenant = configuration();
        Words words = Kpis.words(spec, language());
        Configuration configuration = tenant.in(words.language());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (propose) {
            return propose(tables, given, configuration, out, words);
        }
        FileReport report = new FileReport(out, tables, configuration, words);
        boolean rejected = false;
        for (Path file : files) {
            if (raw) {
                rejected |= !report.printRaw(file, given);
            } else if (rows) {
                TableSchema table = given == null ? Exports.tableOf(file, tables) : given;
                rejected |= !new RowsReport(out, configuration).print(file, table);
            } else {
                rejected |= !report.print(file, given == null ? Exports.tableOf(file, tables) : given);
            }
        }
        out.flush();
        return rejected ? Kpis.REJECTED : 0;
    }

    private int propose(
            Tables tables, @Nullable TableSchema given, Configuration configuration, PrintWriter out, Words words)
            throws IOException {
        PrintWriter notes =
                output == null ? Objects.requireNonNull(spec).commandLine().getErr() : out;
        ObjectNode written = configurationFile == null
                ? Results.JSON.createObjectNode()
                : (ObjectNode) Results.JSON.readTree(configurationFile.toFile());
        ProposalReport report = new ProposalReport(notes, configuration, written, words);
        boolean rejected = false;
        for (Path file : files) {
            rejected |= !report.add(file, given == null ? Exports.tableOf(file, tables) : given);
        }
        String json = Results.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report.finish()) + "\n";
        if (output == null) {
            out.print(json);
        } else {
            Files.writeString(output, json);
            notes.printf("%n%s%n", words.say("inspect.written", output));
        }
        out.flush();
        return rejected ? Kpis.REJECTED : 0;
    }

    private Configuration configuration() throws IOException {
        if (configurationFile == null) {
            return Configuration.DEFAULT;
        }
        Unreadable.check(configurationFile);
        return switch (ConfigurationCheck.check(Files.readAllBytes(configurationFile))) {
            case ConfigurationCheck.Result.Accepted accepted -> accepted.configuration();
            case ConfigurationCheck.Result.Rejected rejected ->
                throw new UsageException(Words.of(
                        "inspect.bad_configuration",
                        configurationFile,
                        ConfigurationProblems.lines(rejected.problems(), Kpis.words(spec, rejected.language()))));
        };
    }

    /// The language that the configuration says, or null.
    private @Nullable Language language() throws IOException {
        return configurationFile != null
                        && Results.JSON.readTree(configurationFile.toFile()).has("language")
                ? configuration().language()
                : null;
    }
}
