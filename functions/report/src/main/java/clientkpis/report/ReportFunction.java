package clientkpis.report;

import clientkpis.aws.DataBucket;
import clientkpis.aws.EventBus;
import clientkpis.events.ReportReady;
import clientkpis.export.ClientsCsv;
import clientkpis.function.Log;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.report.money.Money;
import clientkpis.report.money.Summaries;
import clientkpis.store.Assessments;
import clientkpis.store.ClientRecords;
import clientkpis.store.Keys;
import clientkpis.store.TenantStore;
import clientkpis.tables.ClientField;
import clientkpis.tables.Tables;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes the report of a recalculated day from the shards that `refresh` exported, and the client table as one CSV. The
/// same shards give the same files, so it is idempotent. `latest` is the report of the newest day.
public final class ReportFunction extends SqsFunction {
    /// How many clients the page contains; the CSV has all.
    static final int SHOWN = 10_000;

    private static final String LATEST = "latest";
    private static final String CSV = "text/csv; charset=utf-8";
    private static final int WEEK = Totals.WEEK;
    private static final int MONTH = 30;

    private final DataBucket bucket;
    private final TenantStore tenants;
    private final DataHealth health;
    private final Assessments assessments;
    private final Money money;
    private final ClientRecords records;
    private final EventBus bus;

    public ReportFunction() {
        this(System.getenv());
    }

    public ReportFunction(Map<String, String> variables) {
        super(variables);
        bucket = stack.bucket();
        tenants = stack.tenants();
        assessments = new Assessments(bucket);
        money = new Money(bucket);
        bus = stack.bus();
        records = new ClientRecords(stack.records());
        health = new DataHealth(stack.ledger(), bucket);
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        JsonNode event = body.path("detail");
        Tenant tenant = Tenant.of(event.path("tenant").asText());
        LocalDate day = LocalDate.parse(event.path("day").asText());
        Summaries summaries = new Summaries(bucket, tenant);
        if (!summaries.days().contains(day)) {
            log.warn("Ignored a day that was not recalculated, or whose export is deleted");
            return;
        }
        TenantStore.State state = tenants.find(tenant);
        Configuration configuration = state.active().configuration();
        // Without a registry the event counts no client as unregistered: all are the portfolio.
        boolean countsUnregistered = !event.has("unregistered");
        Portfolio portfolio = new Portfolio(day, SHOWN, configuration.scoring().bands(), countsUnregistered);
        SortedSet<String> others = new TreeSet<>(CodePoints.ORDER);
        Exports exports = new Exports(bucket);
        if (summaries.of(day).map(one -> one.path("clients").asLong()).orElse(0L) <= SHOWN) {
            exports.fetch(IntStream.range(0, Shards.COUNT)
                    .boxed()
                    .flatMap(shard -> Stream.of(Keys.export(tenant, day, shard), Keys.details(tenant, day, shard)))
                    .toList());
        }
        forEachClient(exports, tenant, day, (client, details) -> {
            portfolio.add(client, details);
            client.fieldNames().forEachRemaining(name -> {
                if (ClientField.isOpen(name)) {
                    others.add(name);
                }
            });
        });
        List<Portfolio.KeptClient> kept = portfolio.kept(new PanelRecords(records, tenant)::with);
        CsPages csPages = new CsPages(
                tenant, kept, day, countsUnregistered, configuration.report().csNames());
        csv(exports, tenant, day, others, configuration.language(), csPages);

        Portfolio.Clients clients = Portfolio.Clients.of(kept);
        ObjectNode data = data(tenant, day, configuration, portfolio, clients.lines(), new Trend(summaries, day));
        money.at(tenant, day, summaries, (of, shard) -> exports.open(Keys.export(tenant, of, shard)))
                .ifPresent(json -> data.set("money", json));
        others.forEach(data.putArray("otherFields")::add);
        LocalDate reconstructed = state.reconstructedUntil();
        if (reconstructed != null) {
            data.put("reconstructedUntil", reconstructed.toString());
        }
        data.set("departed", Departed.at(bucket, tenant, day));
        byte[] page = Page.render(tenant.name(), day.toString(), data, clients.blocks());
        put(Keys.report(tenant, day.toString()), page);
        for (CsPages.Person person : csPages.people()) {
            Portfolio.Clients own = Portfolio.Clients.of(person.clients());
            put(
                    Keys.csReport(tenant, day.toString(), person.slug()),
                    Page.render(tenant.name(), day.toString(), CsPages.data(data, person, own), own.blocks()));
        }
        LocalDate last = state.lastRecalculation();
        if (last == null || !last.isAfter(day)) {
            put(Keys.report(tenant, LATEST), page);
        }
        publish(new ReportReady(
                tenant + "/" + day,
                tenant,
                day,
                Keys.report(tenant, day.toString()),
                Keys.exportedCsvs(tenant, day),
                csPages.people().stream()
                        .map(person -> new ReportReady.CsPage(
                                Keys.csReport(tenant, day.toString(), person.slug()),
                                person.totals().clients(),
                                person.totals().clients("risk")))
                        .toList()));
        log.info(
                "Made a report",
                "shown",
                clients.lines().size(),
                "bytes",
                page.length,
                "csPages",
                csPages.people().size());
    }

    /// Publishes that the pages of a day are ready, once: a redelivered message makes them again, without a client that
    /// was erased since, for example.
    private void publish(ReportReady ready) {
        String key = Keys.reportReady(ready.tenant(), ready.day());
        if (bucket.get(key).isEmpty()) {
            bus.publish(ready);
            bucket.put(key, Json.bytes(ready), "application/json");
        }
    }

    private void put(String key, byte[] page) {
        bucket.put(key, page, "text/html; charset=utf-8");
    }

    private static void forEachClient(Exports exports, Tenant tenant, LocalDate day, ExportedShard.Sink sink)
            throws IOException {
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            ExportedShard.join(
                    exports.open(Keys.export(tenant, day, shard)),
                    exports.open(Keys.details(tenant, day, shard)),
                    sink);
        }
    }

    /// Writes the client table for machines and for spreadsheets, and counts for each CS.
    private void csv(
            Exports exports, Tenant tenant, LocalDate day, SortedSet<String> others, Language language, CsPages csPages)
            throws IOException {
        Path machines = Files.createTempFile("clients", ".csv");
        Path spreadsheets = Files.createTempFile("clientes", ".csv");
        try {
            try (Writer out = Files.newBufferedWriter(machines);
                    Writer sheet = Files.newBufferedWriter(spreadsheets)) {
                ClientsExport export = new ClientsExport(Tables.load(), others, out);
                ClientsCsv csv = new ClientsCsv(Tables.load(), others, language, sheet);
                forEachClient(exports, tenant, day, (client, details) -> {
                    export.add(client);
                    csv.add(client);
                    csPages.add(client, details);
                });
            }
            bucket.put(Keys.exportedCsv(tenant, day), machines, CSV);
            bucket.put(Keys.exportedSpreadsheet(tenant, day), spreadsheets, CSV);
        } finally {
            Files.delete(machines);
            Files.delete(spreadsheets);
        }
    }

    private ObjectNode data(
            Tenant tenant,
            LocalDate day,
            Configuration configuration,
            Portfolio portfolio,
            ArrayNode lines,
            Trend trend) {
        ObjectNode data = Json.object()
                .put("tenant", tenant.name())
                .put("day", day.toString())
                .put("csv", Keys.exportedCsv(tenant, day))
                .put("language", configuration.language().tag())
                .put("currency", configuration.currency().getCurrencyCode())
                .put("block", Portfolio.BLOCK)
                .put(
                        "rule",
                        configuration.situations().opportunityTrend() == Configuration.Trend.RISING
                                ? "rising"
                                : "falling");
        data.putArray("cuts")
                .add(configuration.scoring().bands().yellow())
                .add(configuration.scoring().bands().green());
        ObjectNode summaries = data.putObject("summaries");
        summaries.set("today", portfolio.totals().summary());
        summaries.set("week", trend.until(WEEK));
        summaries.set("month", trend.until(MONTH));
        data.set("trend", trend.json());
        data.set("totals", portfolio.totals().json());
        data.set("measured", portfolio.totals().measured());
        data.set("csmi", Csmi.of(assessments.history(tenant), day));
        ArrayNode columns = data.putArray("columns");
        Portfolio.COLUMNS.forEach(columns::add);
        data.set("clients", lines);
        data.set("fields", fields());
        data.set("recordColumns", PanelRecords.columns());
        DataHealth.DayHealth dayHealth =
                health.find(tenant, day, configuration.formats().timeZone(), portfolio.unregistered());
        data.set("health", dayHealth.json());
        data.set("unregistered", portfolio.unregistered(dayHealth.probably()));
        return data;
    }

    static ArrayNode fields() {
        ArrayNode fields = Json.array();
        for (ClientField field : Tables.load().fields()) {
            if (!field.internal()) {
                ObjectNode node = fields.addObject()
                        .put("name", field.name())
                        .put("type", field.type().name())
                        .put("pt", field.label().pt())
                        .put("en", field.label().en());
                if (field.scale() != null) {
                    node.put("scale", field.scale());
                }
                if (field.formula() != null) {
                    node.putObject("formula")
                            .put("pt", field.formula().pt())
                            .put("en", field.formula().en());
                }
            }
        }
        return fields;
    }
}
