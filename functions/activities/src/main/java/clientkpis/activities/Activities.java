package clientkpis.activities;

import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.tables.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `pendingActivities`, `overdueActivities` and `lastInteractionOn` (fields.md, *Activities*).
public final class Activities implements KpiFamily<Activities.Activity> {
    private static final Vocabulary STATUS = Vocabulary.of("activities", "status");

    private static final Comparator<@Nullable LocalDate> LAST = Comparator.nullsLast(Comparator.naturalOrder());

    /// Something to do with or for the client.
    public record Activity(
            @Nullable LocalDate dueOn,
            @Nullable LocalDate completedOn,
            @Nullable String status) {

        /// Neither completed, by its date or its status, nor cancelled.
        public boolean isPending() {
            return completedOn == null && !STATUS.means(status, "completed") && !STATUS.means(status, "cancelled");
        }
    }

    @Override
    public String table() {
        return "activities";
    }

    @Override
    public Activity read(Row row) {
        return new Activity(row.date("due_on"), row.date("completed_on"), row.text("status"));
    }

    @Override
    public Map<String, Timeline> timelines(List<Activity> activities, LocalDate from) {
        List<Activity> pending = activities.stream().filter(Activity::isPending).toList();
        Map<String, Timeline> fields = new HashMap<>();
        fields.put("pendingActivities", Timeline.constant(from, Value.Number.of(pending.size())));
        fields.put("overdueActivities", overdueActivities(pending, from));
        // "latest `completedOn`"
        activities.stream()
                .map(Activity::completedOn)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .ifPresent(day -> fields.put("lastInteractionOn", Timeline.constant(from, new Value.Day(day))));
        return fields;
    }

    /// Behind `pendingActivities` those that are pending, the most days late first, what has no due day last.
    @Override
    public List<FieldRecords> records(List<Read<Activity>> activities, LocalDate from) {
        List<Read<Activity>> pending = activities.stream()
                .filter(activity -> activity.read().isPending())
                .sorted(Comparator.comparing(
                        (Read<Activity> activity) -> activity.read().dueOn(), LAST))
                .toList();
        return List.of(new FieldRecords(
                "pendingActivities",
                List.of("activity_id", "due_on", "status", FieldRecords.Days.LATE.column()),
                Timeline.constant(from, Value.Number.of(pending.size())),
                pending.stream()
                        .limit(FieldRecords.MOST)
                        .map(activity -> new FieldRecords.Kept(
                                activity.read().dueOn(),
                                List.of(
                                        FieldRecords.text(activity.row().required("activity_id")),
                                        FieldRecords.day(activity.read().dueOn()),
                                        FieldRecords.text(activity.read().status()))))
                        .toList()));
    }

    /// An activity is there from its due day or its completion on, the earlier, and pending until it is completed,
    /// whatever its status says today.
    @Override
    public Optional<Past> past(List<Read<Activity>> activities, Before before) {
        LocalDate since = before.since(activities, activity -> first(activity.read(), before));
        Timeline.Sum overdue = new Timeline.Sum(since);
        for (Read<Activity> row : activities) {
            LocalDate dueOn = row.read().dueOn();
            LocalDate completedOn = row.read().completedOn();
            if (dueOn == null || STATUS.means(row.read().status(), "cancelled")) {
                continue;
            }
            LocalDate late = before.first(dueOn.plusDays(1));
            if (completedOn == null ? row.read().isPending() : completedOn.isAfter(late)) {
                overdue.count(late);
                if (completedOn != null) {
                    overdue.add(completedOn, BigDecimal.ONE.negate());
                }
            }
        }
        return Optional.of(new Past(since, Map.of("overdueActivities", overdue.rounded(0))));
    }

    private static LocalDate first(Activity activity, Before before) {
        LocalDate dueOn = activity.dueOn();
        LocalDate completedOn = activity.completedOn();
        return before.first(
                dueOn == null || (completedOn != null && completedOn.isBefore(dueOn)) ? completedOn : dueOn);
    }

    /// "pending, and `dueOn < D`". What has no due day is pending and never overdue.
    private static Timeline overdueActivities(List<Activity> pending, LocalDate from) {
        Timeline.Sum overdue = new Timeline.Sum(from);
        for (Activity activity : pending) {
            LocalDate dueOn = activity.dueOn();
            if (dueOn != null) {
                overdue.count(dueOn.plusDays(1));
            }
        }
        return overdue.rounded(0);
    }
}
