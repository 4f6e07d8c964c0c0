package clientkpis.cli.output;

import clientkpis.configuration.check.ConfigurationCheck;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.Proposal;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.TempFolder;
import clientkpis.reading.UploadFile;
import clientkpis.reading.match.Suggestion;
import clientkpis.tables.FileCode;
import clientkpis.tables.TableSchema;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A configuration that makes files count, and what speaks for each part of it.
public final class ProposalReport {
    private final PrintWriter notes;
    private final Configuration configuration;
    private final ObjectNode proposed;
    private final List<String> questions = new ArrayList<>();
    private final Map<Path, TableSchema> tables = new LinkedHashMap<>();

    /// @param notes receives what is said to people
    /// @param written the tenant's configuration as it is, which the proposal adds to
    public ProposalReport(PrintWriter notes, Configuration configuration, ObjectNode written) {
        this.notes = notes;
        this.configuration = configuration;
        proposed = written.deepCopy();
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
                add(file, readable);
                yield true;
            }
        };
    }

    private void add(Path file, Proposal.Readable readable) {
        TableSchema table = readable.table();
        tables.put(file, table);
        notes.println(Terminal.safe(file.toString()));
        notes.printf("  Table      %s%s%n", table.name(), readable.source() == null ? "" : ", as " + readable.source());
        readable.understood()
                .forEach((column, headers) ->
                        notes.printf("  Understood %s as %s%n", String.join(", ", headers), column));
        for (Suggestion suggestion : readable.suggestions()) {
            if (!suggestion.reading().isEmpty()) {
                merge(table, suggestion);
                notes.printf(
                        Locale.ROOT,
                        "  %-10s %s %d%%: %s%n",
                        "Proposed",
                        suggestion.column().name() + " " + Results.JSON.valueToTree(suggestion.reading()),
                        suggestion.confidence(),
                        suggestion.why());
            }
            if (suggestion.question() != null) {
                questions.add("%s, %s: %s"
                        .formatted(
                                Terminal.safe(String.valueOf(file.getFileName())),
                                suggestion.column().name(),
                                suggestion.question()));
            }
        }
        notes.println();
    }

    /// Two files of one table may have different headers for a column: all of them are named.
    private void merge(TableSchema table, Suggestion suggestion) {
        ObjectNode column = proposed.withObject(
                "/read/" + table.name() + "/" + suggestion.column().name());
        ObjectNode reading = Results.JSON.valueToTree(suggestion.reading());
        if (reading.has("from") && column.has("from")) {
            ArrayNode all = (ArrayNode) column.get("from");
            reading.get("from").forEach(header -> {
                boolean known = false;
                for (JsonNode each : all) {
                    known |= each.equals(header);
                }
                if (!known) {
                    all.add(header);
                }
            });
        } else if (column.isEmpty() || !(column.has("from") || column.has("key"))) {
            column.setAll(reading);
        } else if (reading.has("key")) {
            column.removeAll();
            column.setAll(reading);
        }
    }

    /// The configuration, checked, with what the files give under it.
    ///
    /// @return null when it is not valid, which is a fault of this program
    public ObjectNode finish() throws IOException {
        ConfigurationCheck.Result result = ConfigurationCheck.check(Results.JSON.writeValueAsBytes(proposed));
        if (!(result instanceof ConfigurationCheck.Result.Accepted(JsonNode json, Configuration checked))) {
            throw new IllegalStateException("The proposal is not a valid configuration: " + result);
        }
        for (var file : tables.entrySet()) {
            try (TempFolder work = TempFolder.create("inspect")) {
                TableSchema table = file.getValue();
                String name = String.valueOf(file.getKey().getFileName());
                notes.printf(
                        "%s: %s%n",
                        Terminal.safe(file.getKey().toString()),
                        switch (UploadFile.read(
                                file.getKey(), name, table, ReadingOptions.of(checked, table), work.path())) {
                            case UploadFile.Accepted accepted ->
                                "%d of %d rows count"
                                        .formatted(
                                                accepted.rows().accepted(),
                                                accepted.rows().read());
                            case UploadFile.Rejected rejected ->
                                "rejected, %s: %s"
                                        .formatted(rejected.code().label(), Terminal.safe(rejected.message()));
                        });
            }
        }
        if (!questions.isEmpty()) {
            notes.println();
            notes.println("Only you know:");
            questions.forEach(question -> notes.println("  - " + question));
        }
        notes.flush();
        return (ObjectNode) json;
    }
}
