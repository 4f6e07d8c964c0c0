package clientkpis.cli.output;

import clientkpis.kpi.Row;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.FoundTable;
import clientkpis.reading.Proposal;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.RowPart;
import clientkpis.reading.TempFolder;
import clientkpis.reading.UploadFile;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.propose.ClientJoin;
import clientkpis.reading.propose.Suggestion;
import clientkpis.tables.Column;
import clientkpis.tables.FileCode;
import clientkpis.tables.TableSchema;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A configuration that makes files count, and what speaks for each part of it.
public final class ProposalReport {
    private final PrintWriter notes;
    private final Configuration configuration;
    private final ObjectNode written;
    private final ProposedReading proposed;
    private final List<String> questions = new ArrayList<>();
    private final List<Read> read = new ArrayList<>();
    private final Map<Path, Look> looks = new LinkedHashMap<>();

    /// @param known whether its table is known whatever the proposal says
    private record Read(Path file, Proposal.Readable readable, boolean known) {}

    /// @param alone what the file gives with what is proposed for it alone
    private record Look(TableSchema table, Outcome alone) {}

    /// @param rows how many count and how many there are, or why none does
    /// @param digest of the rows that count
    private record Outcome(String rows, long digest) {}

    /// @param notes receives what is said to people
    /// @param written the tenant's configuration as it is, which the proposal adds to
    public ProposalReport(PrintWriter notes, Configuration configuration, ObjectNode written) {
        this.notes = notes;
        this.configuration = configuration;
        this.written = written.deepCopy();
        proposed = new ProposedReading(written);
    }

    /// Adds what one file needs.
    ///
    /// @param table null when only the file says it
    /// @return whether it can be read at all
    public boolean add(Path file, @Nullable TableSchema table) throws IOException {
        return switch (Proposal.of(file, String.valueOf(file.getFileName()), table, configuration)) {
            case Proposal.Unreadable(FileCode code, String message) -> {
                notes.printf("%s%n  Rejected   %s: %s%n%n", Terminal.safe(file.toString()), code.label(), message);
                yield false;
            }
            case Proposal.Readable readable -> {
                read.add(new Read(
                        file, readable, table != null || readable.match().source() != null));
                yield true;
            }
        };
    }

    private void add(Path file, Proposal.Readable readable, boolean known) throws IOException {
        String source = readable.match().sourceName();
        TableSchema table = readable.table();
        notes.println(Terminal.safe(file.toString()));
        notes.printf("  Table      %s%s%n", table.name(), source == null ? "" : ", as " + source);
        readable.understood()
                .forEach((column, by) -> notes.printf(
                        Locale.ROOT,
                        "  Understood %s as %s, %d%%%n",
                        by.headers().isEmpty() ? "no header" : Terminal.safe(String.join(", ", by.headers())),
                        column,
                        by.confidence()));
        if (!known && readable.rival() != null) {
            ask(file, "table", "Is it a file of %s? It could be one of %s.".formatted(table, readable.rival()));
        }
        ProposedReading alone = new ProposedReading(written);
        readable.suggestions().forEach(suggestion -> add(file, table, suggestion, alone));
        if (!known && !isFound(file, table, alone)) {
            explicit(readable).forEach(suggestion -> add(file, table, suggestion, alone));
            if (!isFound(file, table, alone)) {
                ask(file, "table", "The file does not say it: upload it to the folder of " + table.name() + ".");
            }
        }
        notes.println();
        looks.put(file, new Look(table, read(file, table, alone.configuration())));
    }

    private void add(Path file, TableSchema table, Suggestion suggestion, ProposedReading alone) {
        String column = suggestion.column().name();
        if (!suggestion.reading().isEmpty()) {
            alone.add(table, suggestion);
            List<String> others = proposed.add(table, suggestion);
            if (!others.isEmpty()) {
                ask(
                        file,
                        column,
                        "Another file of %s needs another `%s`, and a configuration says it once. Upload one of them with headers of its own."
                                .formatted(table.name(), String.join("`, `", others)));
            }
            notes.printf(
                    Locale.ROOT,
                    "  %-10s %s %s %d%%: %s%n",
                    "Proposed",
                    column,
                    Terminal.safe(Results.JSON.valueToTree(suggestion.reading()).toString()),
                    suggestion.confidence(),
                    suggestion.why());
        }
        suggestion.questions().forEach(question -> ask(file, column, question));
    }

    private void ask(Path file, String about, String question) {
        questions.add("%s, %s: %s"
                .formatted(Terminal.safe(String.valueOf(file.getFileName())), about, Terminal.safe(question)));
    }

    private void takeTaxIds() {
        ObjectNode match = Results.JSON.createObjectNode();
        match.withObject("/clientIds").put("match", "cnpj-cpf");
        if (!written.has("clientIds")) {
            written.setAll(match);
            proposed.takeTaxIds();
            notes.printf(
                    "All files%n  %-10s clientIds %s: ids that are a CNPJ or CPF in several forms%n%n",
                    "Proposed", match.get("clientIds"));
        }
    }

    private static boolean isFound(Path file, TableSchema table, ProposedReading with) throws IOException {
        return FoundTable.of(file, String.valueOf(file.getFileName()), with.configuration()).stream()
                .anyMatch(sheet -> sheet.result() instanceof FoundTable.Found(TableSchema found)
                        && found.name().equals(table.name()));
    }

    /// What is understood anyway, written out: a table whose headers the tenant names is found before others.
    private static List<Suggestion> explicit(Proposal.Readable readable) {
        List<Suggestion> all = new ArrayList<>();
        readable.understood().forEach((name, by) -> {
            Column column = readable.table().named(name);
            boolean said = readable.suggestions().stream()
                    .anyMatch(suggestion -> suggestion.column().name().equals(name)
                            && suggestion.reading().containsKey("from"));
            if (column != null && !said && !by.headers().isEmpty()) {
                all.add(new Suggestion(
                        column,
                        Map.of("from", by.headers()),
                        by.confidence(),
                        "so that the table is found",
                        List.of()));
            }
        });
        return all;
    }

    private static Outcome read(Path file, TableSchema table, Configuration with) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (TempFolder work = TempFolder.create("inspect")) {
            return switch (UploadFile.read(file, name, table, ReadingOptions.of(with, table), work.path())) {
                case UploadFile.Accepted accepted -> {
                    long digest = 0;
                    for (RowPart part : accepted.parts()) {
                        try (Stream<Row> rows = part.rows()) {
                            digest += rows.mapToLong(row -> row.cells().hashCode())
                                    .sum();
                        }
                    }
                    yield new Outcome(
                            "%d of %d rows count"
                                    .formatted(
                                            accepted.rows().accepted(),
                                            accepted.rows().read()),
                            digest);
                }
                case UploadFile.Rejected rejected ->
                    new Outcome(
                            "rejected, %s: %s".formatted(rejected.code().label(), Terminal.safe(rejected.message())),
                            0);
            };
        }
    }

    /// The configuration, checked, with what the files give under it.
    public ObjectNode finish() throws IOException {
        List<ColumnMatch> matches =
                read.stream().map(each -> each.readable().match()).toList();
        List<Integer> alone =
                read.stream().map(each -> each.readable().clientHeader()).toList();
        List<Integer> clients = ClientJoin.of(matches, alone);
        if (ClientJoin.haveTaxIdsInSeveralForms(matches, clients)) {
            takeTaxIds();
        }
        if (ClientJoin.haveClientsTwice(
                matches, clients, proposed.configuration().formats().clientIds())) {
            questions.add("Two of the files have the same clients under ids that are written in two ways, so each would"
                    + " count twice. Keep one of them, or upload a table of aliases before them.");
        }
        for (int i = 0; i < read.size(); i++) {
            Read each = read.get(i);
            boolean same = clients.get(i).equals(alone.get(i));
            add(each.file(), same ? each.readable() : each.readable().withClient(clients.get(i)), each.known());
        }
        Configuration together = proposed.configuration();
        for (var look : looks.entrySet()) {
            Path file = look.getKey();
            Outcome outcome = read(file, look.getValue().table(), together);
            notes.printf("%s: %s%n", Terminal.safe(file.toString()), outcome.rows());
            if (!outcome.equals(look.getValue().alone())) {
                ask(
                        file,
                        "all",
                        "Read with what the other files need it gives other rows (alone: %s). Propose for it alone, or give its headers names of their own."
                                .formatted(look.getValue().alone().rows()));
            }
        }
        if (!questions.isEmpty()) {
            notes.println();
            notes.println("Only you know:");
            questions.forEach(question -> notes.println("  - " + question));
        }
        notes.flush();
        return proposed.json();
    }
}
