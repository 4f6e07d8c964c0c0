package clientkpis.reading;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.format.FileFormat;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.HeaderLine;
import clientkpis.reading.propose.ClientJoin;
import clientkpis.reading.propose.Suggestion;
import clientkpis.reading.propose.Suggestions;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import clientkpis.tables.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a tenant should say in its configuration so that a file counts.
public sealed interface Proposal {
    /// Nothing can be said about a file that cannot be read.
    record Unreadable(FileCode code, String message) implements Proposal {}

    /// @param sheet the number of the only one that it is about; 0 for the file
    /// @param sheetName null for the file
    /// @param match how it is understood without any word of the proposal
    /// @param rival a table that it could almost as well be, or is too; or null
    record Readable(
            int sheet,
            @Nullable String sheetName,
            ColumnMatch match,
            @Nullable TableSchema rival,
            List<Suggestion> suggestions)
            implements Proposal {
        public Readable {
            suggestions = List.copyOf(suggestions);
        }

        public TableSchema table() {
            return match.columns().table();
        }

        /// Column to the headers that give it, without any word of the proposal.
        public Map<String, Understood> understood() {
            Map<String, Understood> understood = new LinkedHashMap<>();
            match.found()
                    .forEach((column, found) -> understood.put(
                            column.name(),
                            new Understood(
                                    found.headers().stream()
                                            .map(match.header()::get)
                                            .distinct()
                                            .toList(),
                                    Math.min(100, found.score()))));
            return understood;
        }

        /// What is understood anyway, written out: a table whose headers the tenant names is found before others.
        public List<Suggestion> explicit() {
            List<Suggestion> all = new ArrayList<>();
            understood().forEach((name, by) -> {
                Column column = table().named(name);
                boolean said = suggestions.stream()
                        .anyMatch(suggestion -> suggestion.column().name().equals(name)
                                && suggestion.reading().containsKey("from"));
                if (column != null && !said && !by.headers().isEmpty()) {
                    all.add(new Suggestion(
                            column,
                            Map.of("from", by.headers()),
                            by.confidence(),
                            List.of(Sentence.of("propose.why.found")),
                            List.of()));
                }
            });
            return all;
        }

        /// The header that gives the client's id, or -1.
        public int clientHeader() {
            for (Suggestion suggestion : suggestions) {
                if (suggestion.column().name().equals("client_id")
                        && suggestion.reading().get("from") instanceof List<?> from) {
                    return match.header().indexOf(String.valueOf(from.getFirst()));
                }
            }
            for (var found : match.found().entrySet()) {
                if (found.getKey().name().equals("client_id")
                        && !found.getValue().headers().isEmpty()) {
                    return found.getValue().headers().getFirst();
                }
            }
            return -1;
        }

        /// The same with the client's id from another header.
        public Readable withClient(int header) {
            Column client = Objects.requireNonNull(table().named("client_id"));
            List<Suggestion> all = new ArrayList<>(suggestions);
            all.removeIf(suggestion -> suggestion.column().equals(client));
            all.add(new Suggestion(
                    client,
                    Map.of("from", List.of(match.header().get(header))),
                    ClientJoin.confidence(),
                    List.of(Sentence.of("propose.why.other_files")),
                    List.of()));
            return new Readable(sheet, sheetName, match, rival, all);
        }

        /// Whether every required column is given.
        private boolean isWhole() {
            return match.missing().stream()
                    .allMatch(column -> suggestions.stream()
                            .anyMatch(suggestion -> suggestion.column().equals(column)
                                    && !suggestion.reading().isEmpty()));
        }
    }

    /// How much better a table must be than the next for no question to be asked.
    int CLOSE = 12;

    /// @param fit with what is proposed
    record Candidate(ColumnMatch match, List<Suggestion> suggestions, int fit) {}

    /// @param confidence in percent
    record Understood(List<String> headers, int confidence) {}

    /// @param table null when only the file says it: then the one that it fits best
    /// @return one; of a workbook whose table is not known, one for each sheet whose rows would count, else the nearest
    static List<Proposal> of(Path file, String objectName, @Nullable TableSchema table, Configuration configuration)
            throws IOException {
        try {
            if (table != null) {
                List<ColumnMatch> match = TableMatches.of(file, objectName, List.of(table), configuration);
                return List.of(of(0, null, match, configuration));
            }
            Source source = TableMatches.source(file, objectName, configuration);
            List<Proposal> sheets = new ArrayList<>();
            for (FileFormat.SheetMatches sheet : FileFormat.of(source)
                    .matches(source, TableMatches.columns(TableMatches.candidates(), configuration))) {
                sheets.add(of(sheet.number(), sheet.name(), TableMatches.sorted(sheet), configuration));
            }
            List<Proposal> whole = sheets.stream()
                    .filter(sheet -> sheet instanceof Readable readable && readable.isWhole())
                    .toList();
            return whole.isEmpty() ? List.of(Collections.max(sheets, Comparator.comparingInt(Proposal::fit))) : whole;
        } catch (FileRejectedException e) {
            return List.of(new Unreadable(e.code(), e.sentence().in(configuration.language())));
        }
    }

    private static int fit(Proposal sheet) {
        return sheet instanceof Readable readable ? readable.match.fit() : Integer.MIN_VALUE;
    }

    private static Proposal of(
            int sheet, @Nullable String name, List<ColumnMatch> matches, Configuration configuration) {
        List<Candidate> candidates = new ArrayList<>();
        for (ColumnMatch match : matches) {
            List<Suggestion> suggestions = Suggestions.of(match);
            candidates.add(new Candidate(match, suggestions, match.fit() + Suggestions.fit(match, suggestions)));
        }
        candidates.sort(Comparator.comparingInt(Candidate::fit).reversed());
        if (candidates.isEmpty()
                || HeaderLine.isData(candidates.getFirst().match.scores().row().sample())) {
            return new Unreadable(
                    FileCode.UNKNOWN_TABLE,
                    Sentence.of(candidates.isEmpty() ? "unknown_table.no_header" : "unknown_table.data")
                            .in(configuration.language()));
        }
        Candidate best = candidates.getFirst();
        return new Readable(sheet, name, best.match, rival(best, candidates), best.suggestions);
    }

    /// The next table, where it fits hardly less; or the registry, where rows of contracts or persons, one a client,
    /// are rows of it as well.
    private static @Nullable TableSchema rival(Candidate best, List<Candidate> candidates) {
        for (int i = 1; i < candidates.size(); i++) {
            Candidate other = candidates.get(i);
            TableSchema table = other.match.columns().table();
            boolean both =
                    Suggestions.isRegistry(best.match) && table.primaryKey().size() == 1 && other.match.isComplete();
            if (both || (i == 1 && best.fit - other.fit < CLOSE)) {
                return table;
            }
        }
        return null;
    }
}
