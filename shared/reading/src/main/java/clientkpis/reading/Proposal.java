package clientkpis.reading;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Suggestion;
import clientkpis.reading.match.Suggestions;
import clientkpis.tables.FileCode;
import clientkpis.tables.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a tenant should say in its configuration so that a file counts.
public sealed interface Proposal {
    /// Nothing can be said about a file that cannot be read.
    record Unreadable(FileCode code, String message) implements Proposal {}

    /// @param source the known source of the file, or null
    /// @param understood column to the headers that give it, without any word of the tenant
    record Readable(
            TableSchema table,
            @Nullable String source,
            Map<String, List<String>> understood,
            List<Suggestion> suggestions)
            implements Proposal {
        public Readable {
            understood = Collections.unmodifiableMap(new LinkedHashMap<>(understood));
            suggestions = List.copyOf(suggestions);
        }
    }

    /// @param table null when only the file says it: then the one that it fits best
    static Proposal of(Path file, String objectName, @Nullable TableSchema table, Configuration configuration)
            throws IOException {
        try {
            List<TableSchema> tables = table == null ? TableMatches.candidates() : List.of(table);
            ColumnMatch best =
                    TableMatches.of(file, objectName, tables, configuration).getFirst();
            return new Readable(best.columns().table(), best.sourceName(), understood(best), Suggestions.of(best));
        } catch (FileRejectedException e) {
            return new Unreadable(e.code(), e.message());
        }
    }

    private static Map<String, List<String>> understood(ColumnMatch match) {
        Map<String, List<String>> understood = new LinkedHashMap<>();
        match.found()
                .forEach((column, found) -> understood.put(
                        column.name(),
                        found.headers().stream().map(match.header()::get).toList()));
        return understood;
    }
}
