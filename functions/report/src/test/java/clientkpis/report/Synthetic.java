package clientkpis.report;

import clientkpis.json.Json;
import clientkpis.kpi.Shards;
import clientkpis.kpi.score.Band;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// Made-up parts of any number of clients, and the page that is made of them: `FILE CLIENTS`. Beyond 100,000 clients
/// all parts have the same ones, which is nothing to what reads them.
final class Synthetic {
    private static final int DIFFERENT = 100_000;
    private static final LocalDate DAY = LocalDate.of(2026, 9, 30);
    private static final List<String> WORDS = List.of(
            "Padaria", "Café", "Doce", "Central", "Real", "Santa", "Luz", "Norte", "Vila", "Boa", "Serra", "Azul");

    private Synthetic() {}

    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        int clients = Integer.parseInt(args[1]);
        int inShard = Math.max(1, clients / Shards.COUNT);
        Portfolio portfolio = new Portfolio(
                DAY, ReportFunction.SHOWN, new Band.Cuts(BigDecimal.valueOf(50), BigDecimal.valueOf(75)), true);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        ByteArrayOutputStream details = new ByteArrayOutputStream();
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            if (shard == 0 || clients <= DIFFERENT) {
                lines.reset();
                details.reset();
                try (GZIPOutputStream left = new GZIPOutputStream(lines);
                        GZIPOutputStream right = new GZIPOutputStream(details)) {
                    Random random = new Random(shard);
                    for (int i = 0; i < inShard; i++) {
                        client(shard * inShard + i, random, left, right);
                    }
                }
            }
            ExportedShard.join(
                    new ByteArrayInputStream(lines.toByteArray()),
                    new ByteArrayInputStream(details.toByteArray()),
                    portfolio::add);
        }
        ObjectNode data = Json.object()
                .put("tenant", "synthetic")
                .put("day", DAY.toString())
                .put("csv", "exports/synthetic/csv/clients.csv")
                .put("block", Portfolio.BLOCK);
        data.putObject("summaries").set("today", portfolio.totals().summary());
        data.set("totals", portfolio.totals().json());
        data.set("trend", trend(portfolio.totals().summary()));
        ArrayNode columns = data.putArray("columns");
        Portfolio.COLUMNS.forEach(columns::add);
        Portfolio.Clients shown = Portfolio.Clients.of(portfolio.kept(
                (ids, panels) -> panels.stream().map(Synthetic::withRecords).toList()));
        data.set("clients", shown.lines());
        data.set("fields", ReportFunction.fields());
        data.set("measured", portfolio.totals().measured());
        ObjectNode health = data.putObject("health");
        health.putArray("uploads");
        health.putArray("warnings");
        health.putArray("late");
        data.putArray("unregistered");
        data.set("recordColumns", PanelRecords.columns());
        data.set("money", money());
        byte[] page = Page.render("synthetic", DAY.toString(), data, shown.blocks());
        Files.write(Path.of(args[0]), page);
        System.out.printf(
                "%d clients, %d shown, %d bytes, %d ms with the making of the parts%n",
                portfolio.totals().json().path("all").path("clients").asLong(),
                shown.lines().size(),
                page.length,
                (System.nanoTime() - start) / 1_000_000);
    }

    /// As many characters of records as the page has at most, over all its panels that have some.
    private static String withRecords(String panel) {
        Random random = new Random(panel.hashCode());
        ObjectNode json = (ObjectNode) Json.parse(panel);
        ObjectNode records = json.putArray("records")
                .addObject()
                .put("field", "overdueTitles")
                .put("table", "billing")
                .put("count", 20);
        List.of("title_id", "value", "due_on", "daysLate").forEach(records.putArray("columns")::add);
        ArrayNode rows = records.putArray("rows");
        for (int size = 0; size < PanelRecords.LARGEST / PanelRecords.CLIENTS; ) {
            ArrayNode row = rows.addArray()
                    .add("FT-" + random.nextInt(1_000_000))
                    .add(BigDecimal.valueOf(random.nextInt(1_000_000), 2))
                    .add(DAY.minusDays(random.nextInt(200)).toString())
                    .add(random.nextInt(200));
            size += row.toString().length();
        }
        return Json.text(json);
    }

    /// As many months, and as many values of each field, as a page shows at most.
    private static ObjectNode money() {
        Random random = new Random(1);
        ObjectNode money = Json.object();
        ArrayNode months = money.putArray("months");
        ArrayNode slices = money.putArray("slices");
        ArrayNode cohorts = money.putArray("cohorts");
        for (int i = 24; i > 0; i--) {
            String month = YearMonth.from(DAY).minusMonths(i).toString();
            months.add(moved(random).put("month", month));
            for (String by : List.of("cs", "segment", "plan", "size")) {
                for (int of = 0; of < 25; of++) {
                    slices.add(moved(random).put("month", month).put("by", by).put("of", by + " " + of));
                }
            }
            ObjectNode cohort = cohorts.addObject().put("month", month);
            ArrayNode left = cohort.putArray("clients");
            ArrayNode mrr = cohort.putArray("mrr");
            for (int k = 0; k < i; k++) {
                left.add(random.nextInt(1000));
                mrr.add(BigDecimal.valueOf(random.nextInt(100_000_000), 2));
            }
        }
        money.set("last30", moved(random).put("from", "2026-08-31"));
        money.set("last12", moved(random).put("from", "2025-09-30"));
        return money;
    }

    private static ObjectNode moved(Random random) {
        ObjectNode line = Json.object();
        List.of("start", "new", "reactivation", "expansion", "contraction", "churn", "end")
                .forEach(name -> line.put(name, BigDecimal.valueOf(random.nextInt(100_000_000), 2)));
        List.of("grr", "nrr", "logoChurn")
                .forEach(name -> line.put(name, BigDecimal.valueOf(random.nextInt(10_000), 2)));
        return line.put("clientsStart", random.nextInt(1000)).put("clientsChurned", random.nextInt(100));
    }

    /// As many days as a report reads at most.
    private static ArrayNode trend(ObjectNode summary) {
        ArrayNode trend = Json.array();
        for (int i = 130; i > 0; i--) {
            ObjectNode point = trend.addObject().put("day", DAY.minusDays(i).toString());
            point.set("situations", summary.path("situations"));
            point.set("bands", summary.path("bands"));
        }
        return trend;
    }

    private static void client(int i, Random random, GZIPOutputStream left, GZIPOutputStream right) throws IOException {
        // One shard's ids ascend.
        String id = "%09d/0001-%02d".formatted(i, random.nextInt(100));
        BigDecimal score = BigDecimal.valueOf(random.nextInt(10_001), 2);
        BigDecimal engagement = BigDecimal.valueOf(random.nextInt(20_001) - 10_000, 2);
        String situation = List.of("risk", "opportunity", "neutral", "neutral", "neutral", "neutral")
                .get(random.nextInt(6));
        int overdue = random.nextInt(4);
        int nps = random.nextInt(201) - 100;
        ObjectNode client = Json.object()
                .put("tenant", "synthetic")
                .put("clientId", id)
                .put("asOf", DAY.toString())
                .put("engagementScore", engagement)
                .put("senseScore", score)
                .put("senseScoreBand", score.intValue() < 50 ? "red" : score.intValue() < 75 ? "yellow" : "green")
                .put("senseScoreCoverage", new BigDecimal("100.00"))
                .put("senseScoreVariation7d", BigDecimal.valueOf(random.nextInt(20_000), 4))
                .put("situation", situation)
                .put("situationVersion", 3)
                .put("overdueTitles", overdue)
                .put("tcv", BigDecimal.valueOf(random.nextInt(10_000_000), 2))
                .put("name", word(random) + " " + word(random) + " " + word(random))
                .put("status", "Ativo")
                .put("cs", "CS " + random.nextInt(12))
                .put("plan", "Pro")
                .put("segment", "Segmento " + random.nextInt(6))
                .put("stage", "Adoção")
                .put("size", "Tier " + random.nextInt(4))
                .put("sponsorName", word(random) + " " + word(random))
                .put("sponsorEmail", word(random) + random.nextInt(1000) + "@example.com")
                .put("mrr", BigDecimal.valueOf(random.nextInt(1_000_000), 2))
                .put("licences", random.nextInt(50))
                .put("renewalOn", DAY.plusDays(random.nextInt(400)).toString())
                .put("nps", new BigDecimal(nps).setScale(2))
                .put("ticketsAboveSla", 0)
                .put("activeUsers", random.nextInt(40))
                .put("lastInteractionOn", DAY.minusDays(random.nextInt(200)).toString());
        ObjectNode sources = client.objectNode();
        client.fieldNames().forEachRemaining(name -> {
            if (!List.of("tenant", "clientId", "asOf").contains(name)) {
                sources.putObject(name).put("source", "calculated").put("table", "billing");
            }
        });
        client.set("sources", sources);
        ObjectNode detail = Json.object().put("clientId", id).put("asOf", DAY.toString());
        ArrayNode parts = detail.putObject("senseScore").putArray("indicators");
        for (String field : List.of("engagementScore", "nps", "overdueTitles", "ticketsAboveSla")) {
            BigDecimal points = BigDecimal.valueOf(random.nextInt(10_001), 2);
            parts.addObject()
                    .put("name", field)
                    .put("field", field)
                    .put("weight", 25)
                    .set("value", client.get(field));
            ((ObjectNode) parts.get(parts.size() - 1)).put("points", points).put("contribution", points);
        }
        ObjectNode history =
                detail.putObject("history").put("from", DAY.minusDays(59).toString());
        for (String name : List.of("senseScore", "engagementScore")) {
            ArrayNode days = history.putArray(name);
            BigDecimal value = score;
            for (int day = 0; day < 60; day++) {
                // A dozen changes in 60 days.
                value = day % 5 == 0 ? BigDecimal.valueOf(random.nextInt(10_001), 2) : value;
                days.add(value);
            }
        }
        ArrayNode comparisons = detail.putObject("clause").putArray("comparisons");
        for (String clause : List.of("risk", "risk", "opportunity", "opportunity")) {
            ObjectNode comparison =
                    comparisons.addObject().put("clause", clause).put("of", "senseScore");
            comparison
                    .putObject("left")
                    .put("name", "mean60")
                    .put("value", BigDecimal.valueOf(random.nextInt(10_001), 2));
            comparison.put("operator", ">");
            comparison
                    .putObject("right")
                    .put("name", "mean7")
                    .put("value", BigDecimal.valueOf(random.nextInt(10_001), 2));
            comparison.put("holds", random.nextBoolean());
        }
        detail.putArray("transitions")
                .addObject()
                .put("day", DAY.minusDays(random.nextInt(60)).toString())
                .put("to", situation)
                .put("cause", "daily");
        ObjectNode would = detail.putObject("wouldChange");
        ArrayNode healthy = would.putArray("healthy");
        for (String field : List.of("engagementScore", "nps", "overdueTitles", "ticketsAboveSla")) {
            healthy.addObject()
                    .put("indicator", field)
                    .put("field", field)
                    .put("score", BigDecimal.valueOf(random.nextInt(10_001), 2))
                    .put("band", "green");
        }
        would.putObject("nextBand")
                .put("band", "green")
                .put("indicator", "overdueTitles")
                .put("field", "overdueTitles")
                .put("from", 3)
                .put("to", 1)
                .put("score", score);
        detail.putObject("internal")
                .put("overdueSince", DAY.minusDays(random.nextInt(60)).toString());
        left.write(Json.bytes(client));
        left.write('\n');
        right.write(Json.bytes(detail));
        right.write('\n');
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
