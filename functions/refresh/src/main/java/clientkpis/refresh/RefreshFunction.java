package clientkpis.refresh;

import clientkpis.aws.DataBucket;
import clientkpis.aws.EventBus;
import clientkpis.events.ClientChurned;
import clientkpis.events.ClientReturned;
import clientkpis.events.RecalculationCompleted;
import clientkpis.function.DayPhase;
import clientkpis.function.Evaluations;
import clientkpis.function.Log;
import clientkpis.function.Metric;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Tenure;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.score.Distribution;
import clientkpis.message.SegmentMessage;
import clientkpis.store.ClientStore;
import clientkpis.store.DayRuns;
import clientkpis.store.Keys;
import clientkpis.store.Survey;
import clientkpis.store.TenantStore;
import clientkpis.tables.ClientStatus;
import clientkpis.tables.Tables;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Recalculates the clients of a day, shard by shard: fields, engagement from the day's survey, score, situation.
/// Writes those that changed and exports all. When every shard is recalculated, it publishes that the day is done.
public final class RefreshFunction extends SqsFunction {
    private final ClientStore clients;
    private final TenantStore tenants;
    private final Evaluations evaluations;
    private final DayPhase phase;
    private final DataBucket bucket;
    private final Survey surveys;
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
        phase = stack.phase(DayRuns.Phase.REFRESH);
        bucket = stack.bucket();
        surveys = new Survey(bucket);
        bus = stack.bus();
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) {
        SegmentMessage segment = SegmentMessage.read(body);
        LocalDate day = segment.day();
        Map<Integer, JsonNode> recalculated = new ConcurrentSkipListMap<>();
        try {
            phase.work(
                    segment,
                    context,
                    () -> {
                        TenantStore.State tenant = tenants.find(segment.tenant());
                        Distribution portfolio = surveys.portfolio(segment.tenant(), day);
                        return shard -> recalculated.put(shard, recalculate(tenant, day, shard, portfolio, log));
                    },
                    () -> end(segment.tenant(), day, recalculated, log));
        } finally {
            if (!recalculated.isEmpty()) {
                log(recalculated, log);
            }
        }
    }

    /// @return the shard's sums
    private JsonNode recalculate(TenantStore.State tenant, LocalDate day, int shard, Distribution portfolio, Log log) {
        Map<String, BigInteger> actions = surveys.actions(tenant.tenant(), day, shard);
        Tenure.Terms terms = new Tenure.Terms(ClientStatus::isInactive, tenant.hasMrr());
        Evaluations.Formula formula =
                (client, current) -> recalculate(client, day, actions, portfolio, current.active(), terms);
        ShardExport export = new ShardExport(table, tenant, day, shard);
        Departures departures = new Departures(bucket, tenant.tenant(), shard, terms);
        clients.forEachPage(tenant.tenant(), shard, page -> {
            Evaluations.Outcome outcome = evaluations.evaluate(tenant, page, formula, log);
            export.add(outcome);
            outcome.clients().forEach(client -> departures.add(client, client.dayFrom(day)));
        });
        JsonNode sums = export.keep(bucket);
        // After the clients are written: whoever tries again finds them, and publishes the same.
        List<ClientChurned> churned = departures.churned();
        List<ClientReturned> returned = departures.returned();
        ShardExport.keep(bucket, Keys.departures(tenant.tenant(), day, shard), churned, returned);
        bus.publishAll(ClientChurned.class, churned);
        bus.publishAll(ClientReturned.class, returned);
        return sums;
    }

    private static void log(Map<Integer, JsonNode> recalculated, Log log) {
        Summary summary = new Summary();
        recalculated.values().forEach(summary::add);
        log.info(
                "Recalculated a segment",
                Map.of(
                        Metric.CLIENTS_RECALCULATED, summary.clients(),
                        Metric.CLIENTS_CHANGED, summary.changed()),
                "shards",
                recalculated.keySet());
    }

    private static Client.Evaluation recalculate(
            Client client,
            LocalDate day,
            Map<String, BigInteger> actions,
            Distribution portfolio,
            Configuration.Active configuration,
            Tenure.Terms terms) {
        BigInteger own = actions.get(client.clientId());
        BigDecimal engagement = own == null ? null : portfolio.engagementScore(own);
        return client.recalculated(day, engagement, configuration, new Cause.Daily(), terms);
    }

    /// @param known the sums of shards, as they are kept
    private void end(Tenant tenant, LocalDate day, Map<Integer, JsonNode> known, Log log) {
        Summary portfolio = new Summary();
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            JsonNode sums = known.get(shard);
            portfolio.add(sums == null ? ShardExport.sums(bucket, tenant, day, shard) : sums);
        }
        RecalculationCompleted completed = portfolio.completed(tenant, day, Keys.exports(tenant, day));
        bucket.put(Keys.summary(tenant, day), Json.bytes(completed), "application/json");
        bus.publish(completed);
        tenants.recalculated(tenant, day, portfolio.clients(), portfolio.hasMrr());
        log.info("Recalculated a portfolio", "clients", portfolio.clients());
    }
}
