package clientkpis.refresh;

import clientkpis.aws.DataBucket;
import clientkpis.aws.EventBus;
import clientkpis.events.RecalculationCompleted;
import clientkpis.function.Evaluations;
import clientkpis.function.Log;
import clientkpis.function.Metric;
import clientkpis.function.SegmentMessage;
import clientkpis.function.Segments;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.score.Distribution;
import clientkpis.store.ClientStore;
import clientkpis.store.DayRuns;
import clientkpis.store.Keys;
import clientkpis.store.Survey;
import clientkpis.store.TenantStore;
import clientkpis.tables.Tables;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;

/// Recalculates the clients of a segment at a day: fields, engagement from the day's survey, score, situation. Writes
/// those that changed and exports all. When every shard is recalculated, it publishes that the day is done.
public final class RefreshFunction extends SqsFunction {
    private final ClientStore clients;
    private final TenantStore tenants;
    private final Evaluations evaluations;
    private final DayRuns runs;
    private final DataBucket bucket;
    private final Survey surveys;
    private final Segments segments;
    private final EventBus bus;
    private final ClientTable table = new ClientTable(Tables.load());

    public RefreshFunction() {
        this(System.getenv());
    }

    public RefreshFunction(Map<String, String> variables) {
        super(variables);
        clients = stack.clients();
        tenants = stack.tenants();
        evaluations = new Evaluations(clients, tenants);
        runs = stack.days();
        bucket = stack.bucket();
        surveys = new Survey(bucket);
        segments = stack.segments(Duration.ofSeconds(60));
        bus = stack.bus();
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        SegmentMessage segment = SegmentMessage.read(body);
        DayRuns.Run run = runs.find(segment.tenant(), segment.day())
                .orElseThrow(() -> new IllegalStateException("There is no run of " + segment.day()));
        Map<String, BigInteger> actions = surveys.actions(run, new DayRuns.Range(segment.from(), segment.to()));
        Distribution portfolio = surveys.portfolio(segment.tenant(), segment.day());
        TenantStore.State tenant = tenants.find(segment.tenant());
        Evaluations.Formula formula =
                (client, current) -> recalculate(client, segment.day(), actions, portfolio, current.active());

        SegmentExport export = new SegmentExport(table, segment, tenant.active());
        int end = segments.walk(segment, context, shard -> {
            try (SegmentExport.Shard exported = export.shard()) {
                clients.forEachPage(
                        segment.tenant(), shard, page -> exported.add(evaluations.evaluate(tenant, page, formula)));
            }
        });
        DayRuns.Done kept = export.keep(bucket);
        DayRuns.Run after = runs.done(segment.tenant(), segment.day(), DayRuns.Phase.REFRESHED, kept);
        segments.sendRest(segment, kept.range().to());
        // `daily` sends an empty segment to finish a day whose last segment died before it did.
        if (end > segment.from()) {
            log(kept, log);
        }
        if (after.isDone(DayRuns.Phase.REFRESHED) && !after.finished()) {
            finish(after, log);
        }
    }

    private static void log(DayRuns.Done kept, Log log) {
        log.info(
                "Recalculated a segment",
                Map.of(
                        Metric.CLIENTS_RECALCULATED,
                        kept.result().path("clients").asLong(),
                        Metric.CLIENTS_CHANGED,
                        kept.result().path("changed").asLong()),
                "fromShard",
                kept.range().from(),
                "toShard",
                kept.range().to());
    }

    private static Client.Evaluation recalculate(
            Client client,
            LocalDate day,
            Map<String, BigInteger> actions,
            Distribution portfolio,
            Configuration.Active configuration) {
        BigInteger own = actions.get(client.clientId());
        BigDecimal engagement = own == null ? null : portfolio.engagementScore(own);
        return client.recalculated(day, engagement, configuration, new Cause.Daily());
    }

    private void finish(DayRuns.Run run, Log log) {
        Summary portfolio = new Summary();
        run.refreshed().values().forEach(done -> portfolio.add(done.result()));
        RecalculationCompleted completed =
                portfolio.completed(run.tenant(), run.day(), Keys.exports(run.tenant(), run.day()));
        bucket.put(Keys.summary(run.tenant(), run.day()), Json.bytes(completed), "application/json");
        bus.publish(completed);
        tenants.recalculated(run.tenant(), run.day(), portfolio.clients());
        runs.finish(run);
        log.info("Recalculated a portfolio", "clients", portfolio.clients());
    }
}
