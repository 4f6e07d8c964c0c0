package clientkpis.cli.inspect;

import clientkpis.cli.output.Results;
import clientkpis.cli.output.Terminal;
import clientkpis.cli.words.Words;
import clientkpis.kpi.Row;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.FoundTable;
import clientkpis.reading.Proposal;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.TempFolder;
import clientkpis.reading.UploadFile;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.propose.ClientJoin;
import clientkpis.reading.propose.Suggestion;
import clientkpis.reading.sort.RowPart;
import clientkpis.receipt.FileCode;
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
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A configuration that makes files count, and what speaks for each part of it.
public final class ProposalReport {
    private final PrintWriter notes;
    private final Configuration configuration;
    private final ObjectNode written;
    private final Words words;
    private final ProposedReading proposed;
    private final List<String> questions = new ArrayList<>();
    private final List<Read> read = new ArrayList<>();
    /// What each gives with what is proposed for it alone.
    private final Map<Read, Outcome> looks = new LinkedHashMap<>();

    /// @param shown the file, and its sheet if it is about one
    /// @param known whether its table is known whatever the proposal says
    private record Read(Path file, String shown, Proposal.Readable readable, boolean known) {}

    /// @param rows how many count and how many there are, or why none does
    /// @param digest of the rows that count
    private record Outcome(String rows, long digest) {}

    /// @param notes receives what is said to people
    /// @param written the tenant's configuration as it is, which the proposal adds to
    public ProposalReport(PrintWriter notes, Configuration configuration, ObjectNode written, Words words) {
        this.notes = notes;
        this.words = words;
        this.configuration = configuration.in(words.language());
        this.written = written.deepCopy();
        proposed = new ProposedReading(written);
    }

    /// Adds what one file needs.
    ///
    /// @param table null when only the file says it
    /// @return whether it can be read at all
    public boolean add(Path file, @Nullable TableSchema table) throws IOException {
        boolean readable = true;
        for (Proposal proposal : Proposal.of(file, String.valueOf(file.getFileName()), table, configuration)) {
            switch (proposal) {
                case Proposal.Unreadable(FileCode code, String message) -> {
                    notes.printf(
                            "%s%n  %-10s %s: %s%n%n",
                            Terminal.safe(file.toString()), words.say("inspect.rejected"), code.label(), message);
                    readable = false;
                }
                case Proposal.Readable sheet ->
                    read.add(new Read(
                            file,
                            shown(file.toString(), sheet.sheetName()),
                            sheet,
                            table != null || sheet.match().source() != null));
            }
        }
        return readable;
    }

    private String shown(String file, @Nullable String sheet) {
        return Terminal.safe(sheet == null ? file : words.say("inspect.sheet", file, sheet));
    }

    private void add(Read each) throws IOException {
        Proposal.Readable readable = each.readable();
        String source = readable.match().sourceName();
        TableSchema table = readable.table();
        notes.println(each.shown());
        notes.printf(
                "  %-10s %s%s%n",
                words.say("inspect.table"), table.name(), source == null ? "" : words.say("proposal.source", source));
        readable.understood()
                .forEach((column, by) -> notes.printf(
                        Locale.ROOT,
                        "  %-10s %s%n",
                        words.say("proposal.understood"),
                        words.say(
                                "proposal.column",
                                by.headers().isEmpty()
                                        ? words.say("proposal.no_header")
                                        : Terminal.safe(String.join(", ", by.headers())),
                                column,
                                by.confidence())));
        if (!each.known() && readable.rival() != null) {
            ask(each, words.say("proposal.about_table"), words.say("proposal.rival", table.name(), readable.rival()));
        }
        ProposedReading alone = new ProposedReading(written);
        readable.suggestions().forEach(suggestion -> add(each, suggestion, alone));
        if (!each.known() && !isFound(each, alone)) {
            readable.explicit().forEach(suggestion -> add(each, suggestion, alone));
            if (!isFound(each, alone)) {
                ask(each, words.say("proposal.about_table"), words.say("proposal.upload_to", table.name()));
            }
        }
        notes.println();
        looks.put(each, read(each, alone.configuration(), row -> {}));
    }

    private void add(Read each, Suggestion suggestion, ProposedReading alone) {
        TableSchema table = each.readable().table();
        String column = suggestion.column().name();
        if (!suggestion.reading().isEmpty()) {
            alone.add(table, suggestion);
            List<String> others = proposed.add(table, suggestion);
            if (!others.isEmpty()) {
                ask(each, column, words.say("proposal.another", table.name(), String.join("`, `", others)));
            }
            notes.printf(
                    Locale.ROOT,
                    "  %-10s %s %s %d%%: %s%n",
                    words.say("proposal.proposed"),
                    column,
                    Terminal.safe(Results.JSON.valueToTree(suggestion.reading()).toString()),
                    suggestion.confidence(),
                    whys(suggestion));
        }
        suggestion.questions().forEach(question -> ask(each, column, words.say(question)));
    }

    private String whys(Suggestion suggestion) {
        return suggestion.whys().stream().map(words::say).collect(Collectors.joining("; "));
    }

    private void ask(Read each, String about, String question) {
        questions.add("%s, %s: %s"
                .formatted(
                        shown(
                                String.valueOf(each.file().getFileName()),
                                each.readable().sheetName()),
                        about,
                        Terminal.safe(question)));
    }

    private void takeTaxIds() {
        ObjectNode match = Results.JSON.createObjectNode();
        match.withObject("/clientIds").put("match", "cnpj-cpf");
        if (!written.has("clientIds")) {
            written.setAll(match);
            proposed.takeTaxIds();
            notes.printf(
                    "%s%n  %-10s clientIds %s: %s%n%n",
                    words.say("proposal.all_files"),
                    words.say("proposal.proposed"),
                    match.get("clientIds"),
                    words.say("proposal.tax_ids"));
        }
    }

    /// Says which clients the ids of a table's files are.
    private void join(TableSchema table, Suggestion suggestion) {
        proposed.add(table, suggestion);
        Map<?, ?> spelt =
                (Map<?, ?>) Objects.requireNonNull(suggestion.reading().get("words"));
        var first = spelt.entrySet().iterator().next();
        notes.printf(
                Locale.ROOT,
                "%n%s%n  %-10s %s%n",
                words.say("proposal.all_files_of", table.name()),
                words.say("proposal.proposed"),
                words.say(
                        "proposal.spelt",
                        spelt.size(),
                        Terminal.safe(String.valueOf(first.getKey())),
                        Terminal.safe(String.valueOf(first.getValue())),
                        suggestion.confidence(),
                        whys(suggestion)));
    }

    private static boolean isFound(Read each, ProposedReading with) throws IOException {
        Path file = each.file();
        return FoundTable.of(file, String.valueOf(file.getFileName()), with.configuration()).stream()
                .filter(sheet -> sheet.number() == each.readable().sheet())
                .anyMatch(sheet -> sheet.result() instanceof FoundTable.Found(TableSchema found)
                        && found.name().equals(each.readable().table().name()));
    }

    private Outcome read(Read of, Configuration with, Consumer<Row> each) throws IOException {
        Path file = of.file();
        TableSchema table = of.readable().table();
        String name = String.valueOf(file.getFileName());
        try (TempFolder work = TempFolder.create("inspect")) {
            return switch (UploadFile.read(
                    file,
                    name,
                    of.readable().sheet(),
                    table,
                    ReadingOptions.of(with.in(words.language()), table),
                    work.path())) {
                case UploadFile.Accepted accepted -> {
                    long digest = 0;
                    for (RowPart part : accepted.parts()) {
                        try (Stream<Row> rows = part.rows()) {
                            digest += rows.peek(each)
                                    .mapToLong(row -> row.cells().hashCode())
                                    .sum();
                        }
                    }
                    yield new Outcome(
                            words.counted(
                                    accepted.rows().accepted(),
                                    "proposal.rows",
                                    accepted.rows().accepted(),
                                    words.count(accepted.rows().read(), "count.row")),
                            digest);
                }
                case UploadFile.Rejected rejected ->
                    new Outcome(
                            words.say("proposal.rejected", rejected.code().label(), Terminal.safe(rejected.message())),
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
        for (int i = 0; i < read.size(); i++) {
            Read each = read.get(i);
            boolean same = clients.get(i).equals(alone.get(i));
            add(
                    same
                            ? each
                            : new Read(
                                    each.file(),
                                    each.shown(),
                                    each.readable().withClient(clients.get(i)),
                                    each.known()));
        }
        Configuration together = proposed.configuration();
        ClientSpellings spellings = new ClientSpellings();
        for (var look : looks.entrySet()) {
            Read each = look.getKey();
            Outcome outcome = read(each, together, spellings.of(each.readable().table())::add);
            notes.printf("%s: %s%n", each.shown(), outcome.rows());
            if (!outcome.equals(look.getValue())) {
                ask(
                        each,
                        words.say("proposal.about_all"),
                        words.say("proposal.other_rows", look.getValue().rows()));
            }
        }
        Map<TableSchema, Suggestion> joins = spellings.suggestions();
        joins.forEach(this::join);
        if (joins.isEmpty()
                && ClientJoin.haveClientsTwice(
                        matches, clients, together.formats().clientIds())) {
            questions.add(words.say("proposal.twice"));
        }
        if (!questions.isEmpty()) {
            notes.println();
            notes.println(words.say("proposal.only_you"));
            questions.forEach(question -> notes.println("  - " + question));
        }
        notes.flush();
        return proposed.json();
    }
}
