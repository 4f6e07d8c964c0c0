package clientkpis.daily;

import clientkpis.aws.DataBucket;
import clientkpis.aws.MessageQueue;
import clientkpis.function.EventFunction;
import clientkpis.function.Log;
import clientkpis.function.LogContext;
import clientkpis.function.Metric;
import clientkpis.function.SegmentMessage;
import clientkpis.json.Json;
import clientkpis.kpi.Shards;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.store.DayRuns;
import clientkpis.store.Keys;
import clientkpis.store.TenantStore;
import clientkpis.store.UploadLedger;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Plans the daily recalculation. Every hour it starts, for each tenant, the newest date that is due, unless it was
/// recalculated already, and re-sends what is stalled. A missed date is not backfilled.
public final class DailyFunction extends EventFunction {
    private static final Duration STALLED_AFTER = Duration.ofHours(1);

    private final TenantStore tenants;
    private final DayRuns runs;
    private final UploadLedger ledger;
    private final DataBucket bucket;
    private final MessageQueue survey;
    private final MessageQueue refresh;

    public DailyFunction() {
        this(System.getenv());
    }

    public DailyFunction(Map<String, String> variables) {
        super(variables);
        tenants = stack.tenants();
        runs = stack.days();
        ledger = stack.ledger();
        bucket = stack.bucket();
        survey = stack.surveyQueue();
        refresh = stack.refreshQueue();
    }

    @Override
    protected JsonNode answer(JsonNode event, Log log, Context context) {
        Instant scheduled = Instant.parse(event.path("scheduledTime").asText());
        List<TenantStore.State> all = tenants.all();
        measure(all, scheduled, log);
        int failed = 0;
        for (TenantStore.State tenant : all) {
            Log about = log.about(LogContext.of(tenant.tenant(), due(tenant.configuration(), scheduled)));
            try {
                plan(tenant, scheduled, about);
            } catch (RuntimeException e) {
                about.error("The recalculation of a tenant was not planned; it will be retried", e);
                failed++;
            }
        }
        if (failed > 0) {
            throw new IllegalStateException(failed + " tenants were not planned");
        }
        return Json.object().put("tenants", all.size());
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

    private void plan(TenantStore.State tenant, Instant scheduled, Log log) {
        LocalDate due = due(tenant.configuration(), scheduled);
        if (tenant.lastRecalculation() == null || tenant.lastRecalculation().isBefore(due)) {
            recalculate(tenant, due, scheduled, log);
        }
        for (UploadLedger.Entry entry : ledger.unfinished(tenant.tenant(), scheduled.minus(STALLED_AFTER))) {
            resend(entry, log);
        }
    }

    /// The newest date that is due: today, or yesterday before the hour of the recalculation.
    static LocalDate due(Configuration configuration, Instant scheduled) {
        ZonedDateTime local = scheduled.atZone(configuration.formats().timeZone());
        return local.toLocalTime().isBefore(configuration.recalculateAt())
                ? local.toLocalDate().minusDays(1)
                : local.toLocalDate();
    }

    private void recalculate(TenantStore.State tenant, LocalDate day, Instant scheduled, Log log) {
        if (runs.start(tenant.tenant(), day, scheduled)) {
            log.info("Started a recalculation");
            send(survey, tenant, day, DayRuns.segments(tenant.clients()));
            return;
        }
        // It was started before and is not done: what is missing is sent again. Segments are idempotent.
        runs.find(tenant.tenant(), day).ifPresent(run -> {
            DayRuns.Phase phase = run.isDone(DayRuns.Phase.SURVEYED) ? DayRuns.Phase.REFRESHED : DayRuns.Phase.SURVEYED;
            log.warn("Re-sending stalled segments", "phase", phase);
            List<DayRuns.Range> gaps = new ArrayList<>(gaps(run, phase));
            if (gaps.isEmpty() || phase == DayRuns.Phase.REFRESHED) {
                // An empty segment finishes the phase, in case the last segment died before it did.
                gaps.add(new DayRuns.Range(Shards.COUNT, Shards.COUNT));
            }
            send(phase == DayRuns.Phase.SURVEYED ? survey : refresh, tenant, day, gaps);
        });
    }

    /// The shards that no range covers.
    static List<DayRuns.Range> gaps(DayRuns.Run run, DayRuns.Phase phase) {
        List<DayRuns.Range> gaps = new ArrayList<>();
        int next = 0;
        while (next < Shards.COUNT) {
            DayRuns.Done done = run.of(phase).get(next);
            if (done != null) {
                next = done.range().to();
                continue;
            }
            int from = next;
            while (next < Shards.COUNT && !run.of(phase).containsKey(next)) {
                next++;
            }
            gaps.add(new DayRuns.Range(from, next));
        }
        return gaps;
    }

    private static void send(MessageQueue queue, TenantStore.State tenant, LocalDate day, List<DayRuns.Range> ranges) {
        queue.send(SegmentMessage.bodies(tenant.tenant(), day, ranges));
    }

    /// Has S3 emit the creation of the parts that are not done again.
    private void resend(UploadLedger.Entry entry, Log log) {
        log.about(LogContext.of(entry.upload())).warn("Re-sending stalled parts");
        for (int part = 0; part < entry.parts(); part++) {
            if (!entry.done().containsKey(part) || entry.isComplete()) {
                bucket.touch(Keys.part(entry.upload(), part));
            }
        }
    }
}
