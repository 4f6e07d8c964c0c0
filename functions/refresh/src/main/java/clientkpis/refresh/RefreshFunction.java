package clientkpis.refresh;

import clientkpis.aws.DataBucket;
import clientkpis.aws.EventBus;
import clientkpis.aws.MessageQueue;
import clientkpis.events.RecalculationCompleted;
import clientkpis.function.Evaluations;
import clientkpis.function.Log;
import clientkpis.function.Metric;
import clientkpis.function.SegmentMessage;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Recalculates the clients of some shards at a day: fields, engagement from the day's survey, score, situation. Writes
/// those that changed and exports all. The last one tells that the day is done.
public final class RefreshFunction extends SqsFunction {
    private static final long ENOUGH_MILLIS = 60_000;
    private static final String TO = "to";
    private static final String SUMMARY = "summary";

    private final ClientStore clients;
    private final TenantStore tenants;
    private final Evaluations evaluations;
    private final DayRuns runs;
    private final DataBucket bucket;
    private final Survey surveys;
    private final MessageQueue own;
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
        own = stack.ownQueue();
        bus = stack.bus();
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        SegmentMessage segment = SegmentMessage.read(body);
        DayRuns.Run run = runs.find(segment.tenant(), segment.day())
                .orElseThrow(() -> new IllegalStateException("There is no run of " + segment.day()));
        DayRuns.Range range = segment.shards();

        Map<String, BigInteger> actions = surveys.actions(run, range);
        Distribution portfolio = surveys.portfolio(segment.tenant(), segment.day());
        TenantStore.State tenant = tenants.find(segment.tenant());
        Summary summary = new Summary();
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        List<byte[]> details = new ArrayList<>();
        int shard = range.from();
        try (GZIPOutputStream lines = new GZIPOutputStream(export)) {
            while (shard < range.to()
                    && (shard == range.from() || context.getRemainingTimeInMillis() > ENOUGH_MILLIS)) {
                ByteArrayOutputStream explained = new ByteArrayOutputStream();
                try (GZIPOutputStream ofShard = new GZIPOutputStream(explained)) {
                    clients.forEachPage(segment.tenant(), shard, page -> {
                        Evaluations.Outcome outcome = evaluations.evaluate(
                                tenant,
                                page,
                                (client, current) ->
                                        recalculate(client, segment, actions, portfolio, current.configuration()));
                        summary.changed(outcome.changed());
                        write(outcome.clients(), segment, tenant.configuration(), lines, ofShard, summary);
                    });
                }
                details.add(explained.toByteArray());
                shard++;
            }
        }

        // The first export of a shard stands: a retry takes over what it says, and how far it went.
        String key = Keys.export(segment.tenant(), segment.day(), range.from());
        JsonNode counted = summary.toJson();
        // Without a shard it is only asked whether the day is done.
        boolean nothing = details.isEmpty();
        boolean first = nothing
                || bucket.putIfAbsent(
                        key,
                        export.toByteArray(),
                        "application/gzip",
                        Map.of(TO, Integer.toString(shard), SUMMARY, Json.text(counted)));
        if (!first) {
            Map<String, String> kept = bucket.metadata(key);
            shard = Integer.parseInt(kept.getOrDefault(TO, Integer.toString(shard)));
            counted = Json.parse(kept.getOrDefault(SUMMARY, Json.text(counted)));
        }
        if (shard - range.from() > details.size()) {
            throw new IllegalStateException("An earlier try exported more shards; this one has to come again");
        }
        ByteArrayOutputStream explained = new ByteArrayOutputStream();
        details.subList(0, shard - range.from()).forEach(explained::writeBytes);
        if (!nothing) {
            bucket.put(
                    Keys.details(segment.tenant(), segment.day(), range.from()),
                    explained.toByteArray(),
                    "application/gzip");
        }
        DayRuns.Run after = runs.done(
                segment.tenant(),
                segment.day(),
                DayRuns.Phase.REFRESHED,
                new DayRuns.Done(new DayRuns.Range(range.from(), shard), counted));
        if (shard < range.to()) {
            own.send(new SegmentMessage(segment.tenant(), segment.day(), new DayRuns.Range(shard, range.to())).body());
        }
        if (!nothing) {
            log.info(
                    "Recalculated a segment",
                    Map.of(
                            Metric.CLIENTS_RECALCULATED,
                            counted.path("clients").asLong(),
                            Metric.CLIENTS_CHANGED,
                            counted.path("changed").asLong()),
                    "fromShard",
                    range.from(),
                    "toShard",
                    shard);
        }
        if (after.isDone(DayRuns.Phase.REFRESHED) && !after.finished()) {
            finish(after, log);
        }
    }

    private static Client.Evaluation recalculate(
            Client client,
            SegmentMessage segment,
            Map<String, BigInteger> actions,
            Distribution portfolio,
            Configuration configuration) {
        BigInteger own = actions.get(client.clientId());
        BigDecimal engagement = own == null ? null : portfolio.engagementScore(own);
        return client.recalculated(segment.day(), engagement, configuration, new Cause.Daily());
    }

    private void write(
            List<Client> evaluated,
            SegmentMessage segment,
            Configuration configuration,
            GZIPOutputStream lines,
            GZIPOutputStream details,
            Summary summary) {
        try {
            for (Client client : evaluated.stream()
                    .filter(Client::exists)
                    .sorted(Comparator.comparing(Client::clientId, CodePoints.ORDER))
                    .toList()) {
                LocalDate day = client.dayFrom(segment.day());
                lines.write(Json.bytes(table.row(segment.tenant(), client, day)));
                lines.write('\n');
                details.write(Json.bytes(table.details(client, day, configuration)));
                details.write('\n');
                summary.add(client, day);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
