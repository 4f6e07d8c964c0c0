package clientkpis.report.money;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.export.Closes;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Shards;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// The movements of a month, from exports as `refresh` writes them.
class PeriodMoneyTest {
    private static final LocalDate A = LocalDate.of(2026, 1, 31);
    private static final LocalDate B = LocalDate.of(2026, 2, 28);
    private static final List<String> GAINS = List.of("new", "reactivation", "expansion");
    private static final List<String> LOSSES = List.of("contraction", "churn");

    /// The lines of each day.
    private final Map<LocalDate, List<ObjectNode>> exports =
            new TreeMap<>(Map.of(A, new ArrayList<>(), B, new ArrayList<>()));

    @Test
    void activeAndRegisteredClientsMoveAndTheOthersAreAtZero() throws IOException {
        both(client("expands", "10.00"), client("expands", "30.00"));
        both(client("goes", "5.00"), client("goes", "0.00"));
        both(client("cancels", "7.00"), inactive(client("cancels", "7.00")));
        both(inactive(client("never", "99.00")), inactive(client("never", "99.00")));
        both(unregistered("stray", "50.00"), unregistered("stray", "60.00"));
        exports.get(A).add(client("vanishes", "1.00"));
        exports.get(B).add(client("comes", "2.00").put("firstMrrOn", "2026-02-10"));
        exports.get(B).add(client("comes back", "3.00").put("firstMrrOn", "2025-06-01"));
        exports.get(B).add(client("credit", "-4.00"));

        JsonNode total = february().path("total");
        assertThat(Json.text(total))
                .isEqualTo("{\"month\":\"2026-02\",\"start\":23.00,\"new\":2.00,\"reactivation\":3.00,"
                        + "\"expansion\":20.00,\"contraction\":0.00,\"churn\":13.00,\"end\":35.00,\"grr\":43.48,"
                        + "\"nrr\":130.43,\"clientsStart\":4,\"clientsChurned\":3,\"logoChurn\":75.00}");
    }

    @Test
    void withoutARegistryAllClientsAreThePortfolio() throws IOException {
        both(unregistered("a", "50.00"), unregistered("a", "60.00"));

        assertThat(february().path("total").path("end").decimalValue()).isEqualTo("60.00");
    }

    @Test
    void aStatusThatARuleGivesDoesNotTakeAClientOutOfThePortfolio() throws IOException {
        ObjectNode ruled = client("ruled", "10.00").put("status", "Cancelado");
        ((ObjectNode) ruled.path("sources"))
                .putObject("status")
                .put("source", "rule")
                .putObject("below")
                .put("value", "Ativo")
                .put("source", "integration");
        both(client("ruled", "10.00"), ruled);

        assertThat(february().path("total").path("end").decimalValue()).isEqualTo("10.00");
    }

    @Test
    void aClientIsInTheSliceOfTheEndAndOneThatChurnedInThatOfTheStart() throws IOException {
        both(client("moves", "10.00").put("cs", "Ana"), client("moves", "15.00").put("cs", "Bia"));
        both(client("goes", "5.00").put("cs", "Ana"), client("goes", "0.00"));
        both(client("nobody's", "1.00"), client("nobody's", "1.00"));

        List<String> byCs = new ArrayList<>();
        for (JsonNode line : february().path("slices")) {
            if (line.path("by").asText().equals("cs")) {
                byCs.add("%s %s %s %s %s"
                        .formatted(
                                line.path("of").asText(),
                                line.path("start"),
                                line.path("expansion"),
                                line.path("churn"),
                                line.path("end")));
            }
        }
        assertThat(byCs)
                .containsExactly(" 1.00 0.00 0.00 1.00", "Ana 5.00 0.00 5.00 0.00", "Bia 10.00 5.00 0.00 15.00");
    }

    @Test
    void ofAFieldWithVeryManyValuesTheRestIsOneSlice() throws IOException {
        for (int i = 0; i < PeriodMoney.VALUES + 500; i++) {
            both(
                    client("c" + i, "1.00").put("plan", "p" + i),
                    client("c" + i, "2.00").put("plan", "p" + i));
        }
        JsonNode month = february();
        int plans = 0;
        BigDecimal others = BigDecimal.ZERO;
        for (JsonNode line : month.path("slices")) {
            if (line.path("by").asText().equals("plan")) {
                plans++;
                others = line.path("of").asText().equals("*") ? line.path("end").decimalValue() : others;
            }
        }
        assertThat(plans).isEqualTo(PeriodMoney.VALUES + 1);
        assertThat(others).isEqualTo("1000.00");
        assertExplained(month);
    }

    @Test
    void cohortsAreThoseWhoFirstHadMrrInOneMonth() throws IOException {
        exports.get(B).add(client("a", "10.00").put("firstMrrOn", "2026-01-05"));
        exports.get(B).add(client("b", "20.00").put("firstMrrOn", "2026-01-31"));
        exports.get(B).add(client("c", "0.00").put("firstMrrOn", "2026-01-20"));
        exports.get(B).add(client("d", "5.00").put("firstMrrOn", "2026-02-01"));
        JsonNode february = february();
        assertThat(Json.text(february.path("cohorts")))
                .isEqualTo("[{\"month\":\"2026-01\",\"clients\":2,\"mrr\":30.00},"
                        + "{\"month\":\"2026-02\",\"clients\":1,\"mrr\":5.00}]");

        NavigableMap<YearMonth, JsonNode> kept = new TreeMap<>();
        kept.put(
                YearMonth.of(2026, 1),
                Json.parse("{\"cohorts\":[{\"month\":\"2026-01\",\"clients\":3,\"mrr\":40.00}]}"));
        kept.put(YearMonth.of(2026, 2), february);
        kept.put(
                YearMonth.of(2026, 3),
                Json.parse("{\"cohorts\":[{\"month\":\"2026-02\",\"clients\":1,\"mrr\":6.00}]}"));
        assertThat(Json.text(
                        new MoneyPage(kept).json(Json.object(), Json.object()).path("cohorts")))
                .isEqualTo("[{\"month\":\"2026-01\",\"clients\":[3,2,0],\"mrr\":[40.00,30.00,0.00]},"
                        + "{\"month\":\"2026-02\",\"clients\":[1,1],\"mrr\":[5.00,6.00]}]");
    }

    @Property(tries = 100)
    void everyLineExplainsTheDifference(@ForAll Random random) throws IOException {
        List<String> people = List.of("Ana", "Bia", "Caio");
        for (int i = 0; i < 60; i++) {
            for (LocalDate day : List.of(A, B)) {
                if (random.nextInt(5) > 0) {
                    BigDecimal mrr = BigDecimal.valueOf(random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000), 2);
                    ObjectNode client = random.nextInt(10) == 0
                            ? unregistered("c" + i, mrr.toString())
                            : client("c" + i, mrr.toString());
                    if (random.nextInt(10) == 0) {
                        inactive(client);
                    }
                    for (String field : PeriodMoney.DIMENSIONS) {
                        if (random.nextBoolean()) {
                            client.put(field, people.get(random.nextInt(people.size())));
                        }
                    }
                    if (random.nextBoolean()) {
                        client.put(
                                "firstMrrOn",
                                A.plusDays(random.nextInt(40) - 20L).toString());
                    }
                    exports.get(day).add(client);
                }
            }
        }
        assertExplained(february());
    }

    /// `end = start + new + reactivation + expansion - contraction - churn` in every line, and the slices of a field
    /// add up to the total.
    private static void assertExplained(JsonNode month) {
        Map<String, BigDecimal> ends = new TreeMap<>();
        List<JsonNode> lines = new ArrayList<>(List.of(month.path("total")));
        month.path("slices").forEach(lines::add);
        for (JsonNode line : lines) {
            BigDecimal sum = line.path("start").decimalValue();
            for (String gain : GAINS) {
                sum = sum.add(line.path(gain).decimalValue());
            }
            for (String loss : LOSSES) {
                sum = sum.subtract(line.path(loss).decimalValue());
            }
            assertThat(sum).as(line.toString()).isEqualTo(line.path("end").decimalValue());
            ends.merge(line.path("by").asText(), line.path("end").decimalValue(), BigDecimal::add);
        }
        ends.values().forEach(end -> assertThat(end).isEqualTo(ends.get("")));
    }

    private void both(ObjectNode atA, ObjectNode atB) {
        exports.get(A).add(atA);
        exports.get(B).add(atB);
    }

    private JsonNode february() throws IOException {
        Closes closes = new Closes(this::shard, new TreeSet<>(exports.keySet()));
        PeriodMoney money = new PeriodMoney(A, closes.place(A), closes.place(B));
        closes.forEach((client, at) -> money.add(at));
        // As it is read again.
        return Json.parse(Json.bytes(money.month(new Month(YearMonth.of(2026, 2), A, B))));
    }

    private InputStream shard(LocalDate day, int shard) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            for (ObjectNode client : exports.get(day).stream()
                    .filter(one -> Shards.of(one.path("clientId").asText()) == shard)
                    .sorted(Comparator.comparing(one -> one.path("clientId").asText(), CodePoints.ORDER))
                    .toList()) {
                packed.write((client + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static ObjectNode client(String id, String mrr) {
        ObjectNode client = unregistered(id, mrr).put("name", "Padaria").put("status", "Ativo");
        ((ObjectNode) client.path("sources"))
                .putObject("name")
                .put("source", "integration")
                .put("table", "clients");
        return client;
    }

    private static ObjectNode unregistered(String id, String mrr) {
        ObjectNode client = Json.object()
                .put("tenant", "acme")
                .put("clientId", id)
                .put("asOf", "2026-02-28")
                .put("mrr", new BigDecimal(mrr))
                .put("nps", new BigDecimal("50.00"));
        client.putObject("sources").putObject("mrr").put("source", "calculated").put("table", "contracts");
        return client;
    }

    private static ObjectNode inactive(ObjectNode client) {
        return client.put("status", "Inativo");
    }
}
