package clientkpis.daily;

import clientkpis.aws.MessageQueue;
import clientkpis.function.Log;
import clientkpis.function.LogContext;
import clientkpis.function.Metric;
import clientkpis.function.PartDispatch;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.message.SegmentMessage;
import clientkpis.store.DayRuns;
import clientkpis.store.TenantStore;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plans the daily recalculation and the daily sweep. The schedule calls it every hour; it sends itself a message per
/// tenant, so that no tenant's failure is another's. For a tenant it starts the newest date that is due, unless that
/// was started already, and re-sends what is stalled. A missed date is not backfilled.
public final class DailyFunction extends SqsFunction {
    private static final String SCHEDULED = "scheduledTime";

    /// When most tenants are asleep, in UTC.
    private static final int SWEEP_HOUR = 4;

    private final TenantStore tenants;
    private final DayRuns runs;
    private final StalledUploads uploads;
    private final MessageQueue own;
    private final MessageQueue survey;
    private final MessageQueue refresh;
    private final MessageQueue sweep;

    public DailyFunction() {
        this(System.getenv());
    }

    public DailyFunction(Map<String, String> variables) {
        super(variables);
        tenants = stack.tenants();
        runs = stack.days();
        uploads = new StalledUploads(
                stack.ledger(), new PartDispatch(stack.ledger(), stack::partsQueue), stack.intakeQueue());
        own = stack.ownQueue();
        survey = stack.surveyQueue();
        refresh = stack.refreshQueue();
        sweep = stack.sweepQueue();
    }

    /// The schedule's event is not a batch of messages.
    @Override
    protected JsonNode answer(JsonNode event, Log log, Context context) throws IOException {
        return event.has(SCHEDULED)
                ? Json.object().put("tenants", plan(scheduled(event), log))
                : super.answer(event, log, context);
    }

    /// A tenant's message. Or the schedule's event, if it comes back from the dead-letter queue.
    @Override
    protected void handle(JsonNode body, Log log, Context context) {
        if (body.has("tenant")) {
            plan(Tenant.of(body.path("tenant").asText()), scheduled(body), log);
        } else {
            plan(scheduled(body), log);
        }
    }

    private static Instant scheduled(JsonNode json) {
        return Instant.parse(json.path(SCHEDULED).asText());
    }

    /// @return how many tenants there are
    private int plan(Instant scheduled, Log log) {
        Map<Tenant, Optional<TenantStore.State>> all = tenants.all();
        measure(all.values().stream().flatMap(Optional::stream).toList(), scheduled, log);
        own.send(all.keySet().stream()
                .map(tenant ->
                        Json.text(Json.object().put("tenant", tenant.name()).put(SCHEDULED, scheduled.toString())))
                .toList());
        if (scheduled.atOffset(ZoneOffset.UTC).getHour() == SWEEP_HOUR) {
            sweep.send(Json.text(Json.object().put(SCHEDULED, scheduled.toString())));
        }
        return all.size();
    }

    /// Reports how many days the tenant furthest behind is behind.
    private static void measure(List<TenantStore.State> all, Instant scheduled, Log log) {
        long most = 0;
        int behind = 0;
        Log about = log;
        for (TenantStore.State tenant : all) {
            long days = daysSinceRecalculation(tenant, due(tenant.configuration(), scheduled));
            behind += days > 1 ? 1 : 0;
            if (days > most && days > 1) {
                about = log.about(LogContext.of(tenant.tenant()));
            }
            most = Math.max(most, days);
        }
        about.info(
                "Checked which recalculations are due",
                Map.of(Metric.DAYS_SINCE_RECALCULATION, most),
                "tenants",
                all.size(),
                "behind",
                behind);
    }

    /// From the last day that was recalculated, or the day before the tenant's first, to the one that is due: 0 if that
    /// is done, 1 if it is the next.
    static long daysSinceRecalculation(TenantStore.State tenant, LocalDate due) {
        LocalDate last = tenant.lastRecalculation();
        LocalDate first = tenant.active().since();
        if (last == null) {
            last = (first == null ? due : first).minusDays(1);
        }
        return Math.max(0, ChronoUnit.DAYS.between(last, due));
    }

    /// The newest date that is due: today, or yesterday before the hour of the recalculation.
    static LocalDate due(Configuration configuration, Instant scheduled) {
        ZonedDateTime local = scheduled.atZone(configuration.formats().timeZone());
        return local.toLocalTime().isBefore(configuration.recalculateAt())
                ? local.toLocalDate().minusDays(1)
                : local.toLocalDate();
    }

    private void plan(Tenant tenant, Instant scheduled, Log log) {
        TenantStore.State state = tenants.find(tenant);
        if (!state.exists()) {
            // It was removed after the schedule saw it.
            return;
        }
        LocalDate due = due(state.configuration(), scheduled);
        int stalled = recalculate(state, due, scheduled, log.about(LogContext.of(tenant, due))) ? 1 : 0;
        stalled += uploads.sendAgain(tenant, scheduled, log);
        if (stalled > 0) {
            log.warn("Days or uploads are stalled", Map.of(Metric.RUNS_STALLED, stalled));
        }
    }

    /// Starts the day that is due, or re-sends what it lacks if that is stalled.
    ///
    /// @return whether it is stalled
    private boolean recalculate(TenantStore.State tenant, LocalDate due, Instant scheduled, Log log) {
        LocalDate last = tenant.lastRecalculation();
        if (last != null && !last.isBefore(due)) {
            return false;
        }
        Optional<DayRuns.Run> newest = runs.newest(tenant.tenant());
        if (newest.isEmpty() || newest.get().day().isBefore(due)) {
            runs.start(tenant.tenant(), due, scheduled);
            newest = runs.find(tenant.tenant(), due);
        }
        // A message of an earlier day comes late if it finds the run of a newer one.
        return newest.filter(run -> run.day().equals(due))
                .map(run -> advance(run, tenant.clients(), scheduled, log))
                .orElse(false);
    }

    private boolean advance(DayRuns.Run run, long clients, Instant scheduled, Log log) {
        if (run.isPast(DayRuns.Phase.REFRESH)) {
            return false;
        }
        if (run.sending().isDue(scheduled)) {
            MessageQueue queue = run.phase() == DayRuns.Phase.SURVEY ? survey : refresh;
            if (run.sending().at() == null) {
                queue.send(SegmentMessage.all(run.tenant(), run.day(), clients));
                log.info("Started a recalculation");
            } else {
                // By themselves, so that a shard that fails does not hold up the others.
                queue.send(SegmentMessage.each(run.tenant(), run.day(), run.missing(run.phase())));
                log.warn("Re-sending stalled segments", "phase", run.phase());
            }
            runs.sent(run, scheduled);
        }
        return run.sending().isStalled(scheduled);
    }
}
