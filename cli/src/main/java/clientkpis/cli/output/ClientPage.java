package clientkpis.cli.output;

import clientkpis.cli.words.Words;
import clientkpis.tables.ClientField;
import clientkpis.tables.ClientField.Label;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The page of one client, as text for people.
public final class ClientPage {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final PrintWriter to;
    private final Words words;
    private final FieldText shown;

    /// @param currency of the tenant's amounts
    public ClientPage(PrintWriter to, Words words, Currency currency) {
        this.to = to;
        this.words = words;
        shown = new FieldText(words, currency);
    }

    /// @param client its line in the client table
    /// @param details its line in the details; null: it has none
    /// @param records its line in the records; null: it has none
    /// @param changes its changes of situation, in order
    public void print(JsonNode client, @Nullable JsonNode details, @Nullable JsonNode records, List<JsonNode> changes) {
        to.printf("%s%n", Terminal.safe(client.path("name").asText(words.say("page.not_registered"))));
        to.println(words.say(
                "page.as_of",
                Terminal.safe(client.path("clientId").asText()),
                client.path("asOf").asText()));
        fields(client);
        if (records != null) {
            RecordsText.print(records.path("records"), to, shown);
        }
        if (details != null) {
            score(details);
            WouldChangeText.print(details.path("wouldChange"), to, shown);
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
        to.printf("%n%s%n", words.say("page.others"));
        for (String name : left) {
            field(name, tables.field(name), client);
        }
    }

    private void field(String name, @Nullable ClientField field, JsonNode client) {
        String label = field == null ? name : "%s (%s)".formatted(field.label().in(words.language()), name);
        JsonNode source = client.path("sources").path(name);
        to.printf("  %-46s %-24s %s%n", Terminal.safe(label), shown.field(field, client.path(name)), source(source));
        Label formula = field == null ? null : field.formula();
        if (formula != null && !source.path("source").asText().equals("integration")) {
            to.printf("  %-46s   = %s%n", "", formula.in(words.language()));
        }
        for (JsonNode below = source.path("below"); !below.isMissingNode(); below = below.path("below")) {
            to.printf(
                    "  %-46s %s%n",
                    "", words.say("page.below", shown.field(field, below.path("value")), source(below)));
        }
    }

    private String source(JsonNode source) {
        String kind = source.path("source").asText();
        return switch (kind) {
            case "integration" ->
                words.say(
                        "page.integration",
                        source.path("table").asText(),
                        source.path("upload").asText());
            case "rule" -> words.say("page.rule", source.path("position").asInt());
            case "manual" ->
                words.say(
                        "page.manual",
                        named("page.by", source.path("author")),
                        named("page.because", source.path("reason")),
                        source.has("expiresOn")
                                ? words.say(
                                        "page.through", source.path("expiresOn").asText())
                                : words.say("page.until_withdrawn"));
            default ->
                source.has("table")
                        ? words.say("page.calculated_from", source.path("table").asText())
                        : kind.equals("calculated") ? words.say("page.calculated") : kind;
        };
    }

    private String named(String key, JsonNode text) {
        return text.isMissingNode() ? "" : words.say(key, Terminal.safe(text.asText()));
    }

    private void score(JsonNode details) {
        JsonNode score = details.path("senseScore");
        to.printf(
                "%n%s%n",
                words.say(
                        "page.score",
                        score.has("value") ? shown.number(score.path("value")) : words.say("page.no_score"),
                        score.has("band")
                                ? words.say(
                                        "page.band",
                                        words.term(score.path("band").asText()))
                                : "",
                        score.has("coverage") ? shown.number(score.path("coverage")) : "0",
                        details.path("configuration").path("version").asText(),
                        named("page.since", details.path("configuration").path("since"))));
        if (score.has("below")) {
            to.printf(
                    "  %s%n",
                    words.say("page.by_hand", shown.number(score.path("below").path("value"))));
        }
        to.printf(
                "  %-20s %-20s %10s %14s %10s %14s%n",
                words.say("page.indicator"),
                words.say("page.field"),
                words.say("page.weight"),
                words.say("page.value"),
                words.say("page.points"),
                words.say("page.contribution"));
        for (JsonNode part : score.path("indicators")) {
            to.printf(
                    "  %-20s %-20s %10s %14s %10s %14s%n",
                    Terminal.safe(part.path("name").asText()),
                    Terminal.safe(part.path("field").asText()),
                    shown.number(part.path("weight")),
                    part.has("value")
                            ? shown.field(part.path("field").asText(), part.path("value"))
                            : words.say("page.no_data"),
                    part.has("points") ? shown.number(part.path("points")) : "-",
                    part.has("contribution") ? shown.number(part.path("contribution")) : "-");
        }
    }

    private void history(JsonNode history) {
        LocalDate from = LocalDate.parse(history.path("from").asText());
        int days = history.path("senseScore").size();
        to.printf("%n%s%n", words.say("page.history", from, from.plusDays(days - 1L)));
        if (history.has("reconstructedUntil")) {
            to.printf(
                    "  %s%n",
                    words.say(
                            "page.reconstructed",
                            history.path("reconstructedUntil").asText()));
        }
        to.printf("  %s %s%n", words.say("page.senseScore"), blocks(history.path("senseScore"), 0, 100));
        to.printf("  %s %s%n", words.say("page.engagement"), blocks(history.path("engagementScore"), -100, 100));
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
        to.printf(
                "%n%s%n",
                words.say(
                        "page.situation",
                        client.has("situation")
                                ? words.term(client.path("situation").asText())
                                : words.say("page.none_yet")));
        for (JsonNode comparison : details.path("clause").path("comparisons")) {
            to.printf(
                    Locale.ROOT,
                    "  %-12s %-16s %s %s %s: %s%n",
                    words.term(comparison.path("clause").asText()),
                    comparison.path("of").asText(),
                    operand(comparison.path("left")),
                    operator(comparison.path("operator").asText()),
                    operand(comparison.path("right")),
                    words.say(comparison.path("holds").asBoolean() ? "page.holds" : "page.does_not_hold"));
        }
    }

    private String operator(String operator) {
        return operator.equals("is") ? words.say("page.is") : operator;
    }

    private String operand(JsonNode operand) {
        String name = operand.path("name").asText();
        String text = operand.path("value").asText();
        String value = !operand.has("value")
                ? words.say("page.none")
                : NUMBER.matcher(text).matches() ? words.numbers().exact(new BigDecimal(text)) : words.term(text);
        return operand.has("days")
                ? words.say(
                        "page.days",
                        name,
                        value,
                        words.count(operand.path("days").asLong(), "count.day"))
                : name.equals("band") || name.equals("value") || name.equals("zero") ? value : name + " " + value;
    }

    private void changes(List<JsonNode> changes) {
        to.printf("%n%s%n", words.say(changes.isEmpty() ? "page.no_changes" : "page.changes"));
        for (JsonNode change : changes) {
            to.printf(
                    "  %s  %-11s -> %-11s  %s%s, %s%n",
                    change.path("asOf").asText(),
                    change.has("from") ? words.term(change.path("from").asText()) : words.say("page.first"),
                    words.term(change.path("to").asText()),
                    words.term(change.path("cause").asText()),
                    change.has("upload")
                            ? " (%s, %s)"
                                    .formatted(
                                            change.path("upload").path("table").asText(),
                                            change.path("upload").path("id").asText())
                            : "",
                    words.say(
                            "page.change",
                            change.path("senseScore").has("value")
                                    ? shown.number(change.path("senseScore").path("value"))
                                    : words.say("page.none"),
                            change.path("configuration").path("version").asText()));
        }
    }
}
