package clientkpis.activities;

import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.tables.Vocabulary;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `pendingActivities`, `overdueActivities` and `lastInteractionOn` (fields.md, *Activities*).
public final class Activities implements KpiFamily<Activities.Activity> {
    private static final Vocabulary STATUS = Vocabulary.of("activities", "status");

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
