package clientkpis.cli.inspect;

import clientkpis.cli.output.Results;
import clientkpis.configuration.check.ConfigurationCheck;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.propose.Suggestion;
import clientkpis.tables.TableSchema;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A configuration to which is added what files need.
final class ProposedReading {
    private final ObjectNode json;

    /// @param written the tenant's configuration as it is
    ProposedReading(ObjectNode written) {
        json = written.deepCopy();
    }

    /// Adds what is said about a column. Two files of one table may have different headers and words for it: all of
    /// them are named. What can be said once only stays as it was said first.
    ///
    /// @return members that the first file said otherwise
    List<String> add(TableSchema table, Suggestion suggestion) {
        ObjectNode column = json.withObject(
                "/read/" + table.name() + "/" + suggestion.column().name());
        ObjectNode reading = Results.JSON.valueToTree(suggestion.reading());
        List<String> others = new ArrayList<>();
        for (var member : reading.properties()) {
            JsonNode before = column.get(member.getKey());
            if (before == null) {
                column.set(member.getKey(), member.getValue());
            } else if (member.getKey().equals("from")) {
                addAll((ArrayNode) before, member.getValue());
            } else if (member.getKey().equals("words")) {
                ((ObjectNode) before).setAll((ObjectNode) member.getValue());
            } else if (!before.equals(member.getValue())) {
                others.add(member.getKey());
            }
        }
        return others;
    }

    private static void addAll(ArrayNode all, JsonNode more) {
        more.forEach(header -> {
            boolean known = false;
            for (JsonNode each : all) {
                known |= each.equals(header);
            }
            if (!known) {
                all.add(header);
            }
        });
    }

    void takeTaxIds() {
        json.withObject("/clientIds").put("match", "cnpj-cpf");
    }

    Configuration configuration() throws IOException {
        return checked().configuration();
    }

    ObjectNode json() throws IOException {
        return (ObjectNode) checked().json();
    }

    private ConfigurationCheck.Result.Accepted checked() throws IOException {
        ConfigurationCheck.Result result = ConfigurationCheck.check(Results.JSON.writeValueAsBytes(json));
        if (result instanceof ConfigurationCheck.Result.Accepted accepted) {
            return accepted;
        }
        throw new IllegalStateException("The proposal is not a valid configuration: " + result);
    }
}
