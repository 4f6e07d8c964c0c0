package clientkpis.report;

import clientkpis.aws.DataBucket;
import clientkpis.function.Log;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.store.Assessments;
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
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes the report of a recalculated day from the shards that `refresh` exported, and the client table as one CSV. The
/// same shards give the same files, so it is idempotent. `latest` is the report of the newest day.
public final class ReportFunction extends SqsFunction {
    /// How many clients the page contains; the CSV has all.
    static final int SHOWN = 10_000;

    private static final String LATEST = "latest";
    private static final int WEEK = 7;
    private static final int MONTH = 30;

    private final DataBucket bucket;
    private final TenantStore tenants;
    private final DataHealth health;
    private final Assessments assessments;

    public ReportFunction() {
        this(System.getenv());
    }

    public ReportFunction(Map<String, String> variables) {
        super(variables);
        bucket = stack.bucket();
        tenants = stack.tenants();
        assessments = new Assessments(bucket);
        health = new DataHealth(stack.ledger(), bucket);
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        JsonNode event = body.path("detail");
        Tenant tenant = Tenant.of(event.path("tenant").asText());
        LocalDate day = LocalDate.parse(event.path("day").asText());
        if (bucket.get(Keys.summary(tenant, day)).isEmpty()) {
            log.warn("Ignored a day that was not recalculated, or whose export is deleted");
            return;
        }
        Portfolio portfolio = new Portfolio(day, SHOWN);
        SortedSet<String> others = new TreeSet<>(CodePoints.ORDER);
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            ExportedShard.join(
                    bucket.open(Keys.export(tenant, day, shard), null),
                    bucket.open(Keys.details(tenant, day, shard), null),
                    (client, details) -> {
                        portfolio.add(client, details);
                        client.fieldNames().forEachRemaining(name -> {
                            if (ClientField.isOpen(name)) {
                                others.add(name);
                            }
                        });
                    });
        }
        csv(tenant, day, others);

        Portfolio.Clients clients = portfolio.clients();
        byte[] page = Page.render(
                tenant.name(), day.toString(), data(tenant, day, event, portfolio, clients.lines()), clients.blocks());
        bucket.put(Keys.report(tenant, day.toString()), page, "text/html; charset=utf-8");
        LocalDate last = tenants.find(tenant).lastRecalculation();
        if (last == null || !last.isAfter(day)) {
            bucket.put(Keys.report(tenant, LATEST), page, "text/html; charset=utf-8");
        }
        log.info("Made a report", "shown", clients.lines().size(), "bytes", page.length);
    }

    private void csv(Tenant tenant, LocalDate day, SortedSet<String> others) throws IOException {
        Path file = Files.createTempFile("clients", ".csv");
        try {
            try (Writer out = Files.newBufferedWriter(file)) {
                ClientsExport csv = new ClientsExport(Tables.load(), others, out);
                for (int shard = 0; shard < Shards.COUNT; shard++) {
                    ExportedShard.forEach(bucket.open(Keys.export(tenant, day, shard), null), csv::add);
                }
            }
            bucket.put(Keys.exportedCsv(tenant, day), file, "text/csv; charset=utf-8");
        } finally {
            Files.delete(file);
        }
    }

    private ObjectNode data(Tenant tenant, LocalDate day, JsonNode event, Portfolio portfolio, ArrayNode lines) {
        ObjectNode data = Json.object()
                .put("tenant", tenant.name())
                .put("day", day.toString())
                .put("csv", Keys.exportedCsv(tenant, day))
                .put("block", Portfolio.BLOCK);
        ObjectNode summaries = data.putObject("summaries");
        summaries.set("today", event);
        summaries.set("week", summary(tenant, day.minusDays(WEEK)));
        summaries.set("month", summary(tenant, day.minusDays(MONTH)));
        data.set("totals", portfolio.totals());
        data.set("measured", portfolio.measured());
        data.set("csmi", Csmi.of(assessments.history(tenant), day));
        ArrayNode columns = data.putArray("columns");
        Portfolio.COLUMNS.forEach(columns::add);
        data.set("clients", lines);
        data.set("fields", fields());
        DataHealth.DayHealth dayHealth = health.find(
                tenant, day, tenants.find(tenant).configuration().formats().timeZone(), portfolio.unregistered());
        data.set("health", dayHealth.json());
        data.set("unregistered", portfolio.unregistered(dayHealth.probably()));
        return data;
    }

    /// The portfolio at the end of a day, as of its last recalculation.
    private @Nullable JsonNode summary(Tenant tenant, LocalDate day) {
        String last = null;
        for (String key : bucket.keys(Keys.summaries(tenant))) {
            if (key.compareTo(Keys.summary(tenant, day)) <= 0) {
                last = key;
            }
        }
        return last == null
                ? null
                : bucket.get(last).map(bytes -> Json.parse(bytes)).orElse(null);
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
                    node.put("formula", field.formula());
                }
            }
        }
        return fields;
    }
}
