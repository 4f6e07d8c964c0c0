package clientkpis.cli.output;

import clientkpis.tables.ClientField;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// The page of one client, as text for people.
public final class ClientPage {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private final PrintWriter to;

    public ClientPage(PrintWriter to) {
        this.to = to;
    }

    /// @param client its line in the client table
    /// @param details its line in the details; null: it has none
    /// @param changes its changes of situation, in order
    public void print(JsonNode client, @Nullable JsonNode details, List<JsonNode> changes) {
        to.printf("%s%n", Terminal.safe(client.path("name").asText("(not registered)")));
        to.printf(
                "%s, as of %s%n",
                Terminal.safe(client.path("clientId").asText()),
                client.path("asOf").asText());
        fields(client);
        if (details != null) {
            score(details);
            history(details.path("history"));
            situation(client, details);
        }
        changes(changes);
    }

    private void fields(JsonNode client) {
        Tables tables = Tables.load();
        SequencedSet<String> left = new LinkedHashSet<>();
        client.fieldNames().forEachRemaining(left::add);
        left.removeAll(List.of("tenant", "clientId", "asOf", "sources"));
        for (TableSchema table : tables.all()) {
            List<ClientField> present = table.clientFields().stream()
                    .filter(field -> left.contains(field.name()))
                    .toList();
            if (!present.isEmpty()) {
                to.printf("%n%s%n", table.name());
                for (ClientField field : present) {
                    field(field.name(), field, client);
                    left.remove(field.name());
                }
            }
        }
        to.printf("%nscores, own fields and playbooks%n");
        for (String name : left) {
            field(name, tables.field(name), client);
        }
    }

    private void field(String name, @Nullable ClientField field, JsonNode client) {
        String label = field == null ? name : "%s (%s)".formatted(field.label().pt(), name);
        JsonNode source = client.path("sources").path(name);
        to.printf("  %-46s %-24s %s%n", Terminal.safe(label), value(client.path(name)), source(source));
        String formula = field == null ? null : field.formula();
        if (formula != null && !source.path("source").asText().equals("integration")) {
            to.printf("  %-46s   = %s%n", "", formula);
        }
        for (JsonNode below = source.path("below"); !below.isMissingNode(); below = below.path("below")) {
            to.printf("  %-46s below: %s, %s%n", "", value(below.path("value")), source(below));
        }
    }

    private static String value(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : Terminal.safe(value.asText());
    }

    private static String source(JsonNode source) {
        String kind = source.path("source").asText();
        return switch (kind) {
            case "integration" ->
                "integration, %s, upload %s"
                        .formatted(
                                source.path("table").asText(),
                                source.path("upload").asText());
            case "rule" -> "rule " + source.path("position").asInt();
            case "manual" ->
                "manual%s%s, %s"
                        .formatted(
                                named(", by ", source.path("author")),
                                named(": ", source.path("reason")),
                                source.has("expiresOn")
                                        ? "through " + source.path("expiresOn").asText()
                                        : "until withdrawn");
            default ->
                source.has("table") ? "calculated from " + source.path("table").asText() : kind;
        };
    }

    private static String named(String before, JsonNode text) {
        return text.isMissingNode() ? "" : before + Terminal.safe(text.asText());
    }

    private void score(JsonNode details) {
        JsonNode score = details.path("senseScore");
        to.printf(
                "%nSenseScore: %s%s, coverage %s%%, configuration version %s%s%n",
                score.has("value") ? value(score.path("value")) : "none, no indicator has data",
                named(", ", score.path("band")),
                score.has("coverage") ? value(score.path("coverage")) : "0",
                details.path("configuration").path("version").asText(),
                named(" since ", details.path("configuration").path("since")));
        if (score.has("below")) {
            to.printf(
                    "  set by hand; calculated: %s%n", value(score.path("below").path("value")));
        }
        to.printf(
                "  %-20s %-20s %10s %14s %10s %14s%n",
                "indicator", "field", "weight", "value", "points", "contribution");
        for (JsonNode part : score.path("indicators")) {
            to.printf(
                    "  %-20s %-20s %10s %14s %10s %14s%n",
                    Terminal.safe(part.path("name").asText()),
                    Terminal.safe(part.path("field").asText()),
                    value(part.path("weight")),
                    part.has("value") ? value(part.path("value")) : "no data",
                    part.has("points") ? value(part.path("points")) : "-",
                    part.has("contribution") ? value(part.path("contribution")) : "-");
        }
    }

    private void history(JsonNode history) {
        LocalDate from = LocalDate.parse(history.path("from").asText());
        int days = history.path("senseScore").size();
        to.printf(
                "%nHistory, one block per day from %s to %s, · for a day without a value%n",
                from, from.plusDays(days - 1L));
        to.printf("  SenseScore  0 to 100     %s%n", blocks(history.path("senseScore"), 0, 100));
        to.printf("  Engagement  -100 to 100  %s%n", blocks(history.path("engagementScore"), -100, 100));
    }

    static String blocks(JsonNode values, double least, double greatest) {
        StringBuilder blocks = new StringBuilder();
        for (JsonNode value : values) {
            if (value.isNull()) {
                blocks.append('·');
            } else {
                double share = (value.asDouble() - least) / (greatest - least);
                blocks.append(BLOCKS.charAt(Math.clamp((long) (share * BLOCKS.length()), 0, BLOCKS.length() - 1)));
            }
        }
        return blocks.toString();
    }

    private void situation(JsonNode client, JsonNode details) {
        to.printf("%nSituation: %s%n", client.path("situation").asText("none yet"));
        for (JsonNode comparison : details.path("clause").path("comparisons")) {
            to.printf(
                    Locale.ROOT,
                    "  %-12s %-16s %s %s %s: %s%n",
                    comparison.path("clause").asText(),
                    comparison.path("of").asText(),
                    operand(comparison.path("left")),
                    comparison.path("operator").asText(),
                    operand(comparison.path("right")),
                    comparison.path("holds").asBoolean() ? "holds" : "does not hold");
        }
    }

    private static String operand(JsonNode operand) {
        String name = operand.path("name").asText();
        String value = operand.path("value").asText("none");
        return operand.has("days")
                ? "%s %s (%s days)".formatted(name, value, operand.path("days").asText())
                : name.equals("band") || name.equals("value") || name.equals("zero") ? value : name + " " + value;
    }

    private void changes(List<JsonNode> changes) {
        to.printf("%nChanges of situation%s%n", changes.isEmpty() ? ": none was published" : "");
        for (JsonNode change : changes) {
            to.printf(
                    "  %s  %-11s -> %-11s  %s%s, SenseScore %s, configuration version %s%n",
                    change.path("asOf").asText(),
                    change.path("from").asText("(first)"),
                    change.path("to").asText(),
                    change.path("cause").asText(),
                    change.has("upload")
                            ? " (%s, %s)"
                                    .formatted(
                                            change.path("upload").path("table").asText(),
                                            change.path("upload").path("id").asText())
                            : "",
                    change.path("senseScore").path("value").asText("none"),
                    change.path("configuration").path("version").asText());
        }
    }
}
