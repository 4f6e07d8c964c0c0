package clientkpis.reading;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.propose.ClientJoin;
import clientkpis.reading.propose.Suggestion;
import clientkpis.reading.propose.Suggestions;
import clientkpis.tables.Column;
import clientkpis.tables.FileCode;
import clientkpis.tables.Sentence;
import clientkpis.tables.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /// @param match how the file is understood without any word of the proposal
    /// @param rival a table that the file could almost as well be, or null
    record Readable(ColumnMatch match, @Nullable TableSchema rival, List<Suggestion> suggestions) implements Proposal {
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
            return new Readable(match, rival, all);
        }
    }

    /// How much better a table must be than the next for no question to be asked.
    int CLOSE = 12;

    /// @param fit with what is proposed
    record Candidate(ColumnMatch match, List<Suggestion> suggestions, int fit) {}

    /// @param confidence in percent
    record Understood(List<String> headers, int confidence) {}

    /// @param table null when only the file says it: then the one that it fits best
    static Proposal of(Path file, String objectName, @Nullable TableSchema table, Configuration configuration)
            throws IOException {
        try {
            List<TableSchema> tables = table == null ? TableMatches.candidates() : List.of(table);
            List<Candidate> candidates = new ArrayList<>();
            for (ColumnMatch match : TableMatches.of(file, objectName, tables, configuration)) {
                List<Suggestion> suggestions = Suggestions.of(match);
                candidates.add(new Candidate(match, suggestions, match.fit() + Suggestions.fit(match, suggestions)));
            }
            candidates.sort(Comparator.comparingInt(Candidate::fit).reversed());
            Candidate best = candidates.getFirst();
            boolean close = candidates.size() > 1 && best.fit - candidates.get(1).fit < CLOSE;
            return new Readable(
                    best.match, close ? candidates.get(1).match.columns().table() : null, best.suggestions);
        } catch (FileRejectedException e) {
            return new Unreadable(e.code(), e.sentence().in(configuration.language()));
        }
    }
}
