package clientkpis.cli;

import clientkpis.cli.input.UsageException;
import clientkpis.cli.output.Output;
import clientkpis.cli.output.Results;
import clientkpis.cli.output.Terminal;
import clientkpis.kpi.Texts;
import clientkpis.tables.ClientField;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kpis explain`: one client's page.
@Command(
        name = "explain",
        description = {
            "Prints one client's page: each field with its value, source and formula; how the SenseScore came about;"
                    + " the history; the situation with both sides of each comparison; the changes so far.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Kpis.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the client is there", "1:there is no such client", "2:wrong usage", "3:the command failed"})
final class ExplainCommand implements Callable<Integer> {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final int SIMILAR = 10;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CLIENT", description = "The client's id, as in clients.jsonl.")
    private String clientId = "";

    @Option(
            names = "--out",
            paramLabel = "OUT",
            description = "The folder that `kpis run` wrote. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("out");

    @Override
    public Integer call() throws IOException {
        for (String name : List.of(Output.CLIENTS, Output.DETAILS, Output.EVENTS)) {
            if (!Files.isRegularFile(out.resolve(name))) {
                throw new UsageException(
                        "%s has no %s. Give the folder that kpis run wrote, with --out.".formatted(out, name));
            }
        }
        PrintWriter to = Objects.requireNonNull(spec).commandLine().getOut();
        JsonNode client =
                first(Output.CLIENTS, json -> json.path("clientId").asText().equals(clientId));
        if (client == null) {
            nobody(spec.commandLine().getErr());
            return Kpis.REJECTED;
        }
        JsonNode details =
                first(Output.DETAILS, json -> json.path("clientId").asText().equals(clientId));
        to.printf("%s%n", Terminal.safe(client.path("name").asText("(not registered)")));
        to.printf("%s, as of %s%n", Terminal.safe(clientId), client.path("asOf").asText());
        fields(to, client);
        if (details != null) {
            score(to, details);
            history(to, details.path("history"));
            situation(to, client, details);
        }
        changes(to);
        to.flush();
        return 0;
    }

    private void nobody(PrintWriter to) throws IOException {
        to.println("There is no client %s in %s.".formatted(Terminal.safe(clientId), out));
        String digits = alike(clientId);
        String text = Texts.fold(clientId);
        List<String> similar = new ArrayList<>();
        forEach(Output.CLIENTS, json -> {
            String id = json.path("clientId").asText();
            String name = json.path("name").asText();
            if (similar.size() < SIMILAR
                    && (alike(id).equals(digits) || Texts.fold(name).contains(text))) {
                similar.add(id + "  " + name);
            }
        });
        if (!similar.isEmpty()) {
            to.println("Probably one of");
            similar.forEach(one -> to.println("  " + Terminal.safe(one)));
        }
        to.flush();
    }

    private static String alike(String id) {
        return id.replaceAll("[^\\p{L}\\p{N}]", "").replaceFirst("^0+", "");
    }

    private static void fields(PrintWriter to, JsonNode client) {
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
                    field(to, field.name(), field, client);
                    left.remove(field.name());
                }
            }
        }
        to.printf("%nscores, own fields and playbooks%n");
        for (String name : left) {
            field(to, name, tables.field(name), client);
        }
    }

    private static void field(PrintWriter to, String name, @Nullable ClientField field, JsonNode client) {
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

    private static void score(PrintWriter to, JsonNode details) {
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

    private static void history(PrintWriter to, JsonNode history) {
        LocalDate from = LocalDate.parse(history.path("from").asText());
        int days = history.path("senseScore").size();
        to.printf("%nHistory, a block a day from %s to %s, · where there was none%n", from, from.plusDays(days - 1L));
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

    private static void situation(PrintWriter to, JsonNode client, JsonNode details) {
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

    private void changes(PrintWriter to) throws IOException {
        List<JsonNode> changes = new ArrayList<>();
        forEach(Output.EVENTS, event -> {
            JsonNode detail = event.path("detail");
            if (event.path("detail-type").asText().equals("SituationChanged")
                    && detail.path("clientId").asText().equals(clientId)) {
                changes.add(detail);
            }
        });
        changes.sort((a, b) ->
                Long.compare(a.path("version").asLong(), b.path("version").asLong()));
        to.printf("%nChanges of situation%s%n", changes.isEmpty() ? ": none was published" : "");
        long last = 0;
        for (JsonNode change : changes) {
            if (change.path("version").asLong() == last) {
                continue; // Told twice.
            }
            last = change.path("version").asLong();
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

    /// The first line of a file that is meant; the others are not parsed into memory at once.
    private @Nullable JsonNode first(String name, Predicate<JsonNode> meant) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(out.resolve(name))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode json = Results.JSON.readTree(line);
                if (meant.test(json)) {
                    return json;
                }
            }
        }
        return null;
    }

    private void forEach(String name, java.util.function.Consumer<JsonNode> line) throws IOException {
        first(name, json -> {
            line.accept(json);
            return false;
        });
    }
}
