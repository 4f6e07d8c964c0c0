package clientkpis.activities;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.activities.Activities.Activity;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ActivitiesTest {
    private static final Activities FAMILY = new Activities();
    private static final LocalDate FROM = LocalDate.parse("2026-09-30");

    @Test
    void overdueAndUpcomingActivitiesArePendingTogether() {
        assertThat(at(FROM, due("2026-09-01"), due("2026-12-01")))
                .containsEntry("pendingActivities", Value.Number.of(2))
                .containsEntry("overdueActivities", Value.Number.of(1));
    }

    @Test
    void activityDueTodayIsPendingAndNotOverdue() {
        assertThat(at(FROM, due("2026-09-30")))
                .containsEntry("pendingActivities", Value.Number.of(1))
                .containsEntry("overdueActivities", Value.Number.of(0));
    }

    @Test
    void activityFallsOverdueTheDayAfterItIsDue() {
        assertThat(at(LocalDate.parse("2026-10-05"), due("2026-10-05")))
                .containsEntry("overdueActivities", Value.Number.of(0));
        assertThat(at(LocalDate.parse("2026-10-06"), due("2026-10-05")))
                .containsEntry("overdueActivities", Value.Number.of(1));
    }

    @Test
    void activityWithoutADueDayIsPendingAndNeverOverdue() {
        assertThat(at(FROM.plusYears(10), new Activity(null, null, null)))
                .containsEntry("pendingActivities", Value.Number.of(1))
                .containsEntry("overdueActivities", Value.Number.of(0));
    }

    @Test
    void cancelledActivityIsNotPending() {
        assertThat(at(FROM, new Activity(LocalDate.parse("2026-09-01"), null, "Cancelada")))
                .containsEntry("pendingActivities", Value.Number.of(0))
                .containsEntry("overdueActivities", Value.Number.of(0));
    }

    @Test
    void aStatusCompletesAnActivityButIsNotAnInteraction() {
        assertThat(at(FROM, new Activity(LocalDate.parse("2026-09-01"), null, "Concluída")))
                .containsEntry("pendingActivities", Value.Number.of(0))
                .containsEntry("overdueActivities", Value.Number.of(0))
                .doesNotContainKey("lastInteractionOn");
    }

    @Test
    void lastInteractionIsTheLatestCompletion() {
        assertThat(at(FROM, completed("2026-09-10"), completed("2026-09-20"), completed("2026-08-20")))
                .containsEntry("pendingActivities", Value.Number.of(0))
                .containsEntry("lastInteractionOn", new Value.Day(LocalDate.parse("2026-09-20")));
    }

    @Test
    void withoutACompletedActivityThereIsNoLastInteraction() {
        assertThat(at(FROM, due("2026-09-01"))).doesNotContainKey("lastInteractionOn");
    }

    @Test
    void readsTheColumnsOfItsTable() {
        assertThat(FAMILY.read(new Row(Map.of(
                        "client_id", "1",
                        "activity_id", "A1",
                        "due_on", "2026-09-03",
                        "completed_on", "2026-09-02",
                        "status", "Feita"))))
                .isEqualTo(new Activity(LocalDate.parse("2026-09-03"), LocalDate.parse("2026-09-02"), "Feita"));
        assertThat(FAMILY.read(new Row(Map.of("activity_id", "A1")))).isEqualTo(new Activity(null, null, null));
    }

    @Property
    void everyDayOfATimelineIsTheFormulaOnThatDay(@ForAll("activities") List<Activity> activities) {
        Map<String, Timeline> timelines = FAMILY.timelines(activities, FROM);
        for (LocalDate day = FROM; !day.isAfter(FROM.plusDays(90)); day = day.plusDays(1)) {
            assertThat(at(timelines, day)).as("on %s", day).isEqualTo(formula(activities, day));
        }
    }

    @Property
    void theOrderOfRowsMeansNothing(@ForAll("activities") List<Activity> activities, @ForAll Random random) {
        List<Activity> shuffled = new ArrayList<>(activities);
        Collections.shuffle(shuffled, random);
        assertThat(FAMILY.timelines(shuffled, FROM)).isEqualTo(FAMILY.timelines(activities, FROM));
    }

    @Property
    void whatIsAskedForLaterContinuesWhatWasAskedForBefore(
            @ForAll("activities") List<Activity> activities, @ForAll @IntRange(max = 45) int start) {
        LocalDate later = FROM.plusDays(start);
        Map<String, Timeline> fromThen = FAMILY.timelines(activities, later);
        Map<String, Timeline> fromBefore = FAMILY.timelines(activities, FROM);
        for (LocalDate day = later; !day.isAfter(FROM.plusDays(90)); day = day.plusDays(1)) {
            assertThat(at(fromThen, day)).as("on %s", day).isEqualTo(at(fromBefore, day));
        }
    }

    private static Map<String, Value> formula(List<Activity> activities, LocalDate day) {
        List<Activity> pending = activities.stream()
                // Of the words that are generated, both end an activity.
                .filter(activity -> activity.completedOn() == null && activity.status() == null)
                .toList();
        long overdue = pending.stream()
                .filter(activity -> activity.dueOn() != null && activity.dueOn().isBefore(day))
                .count();
        Map<String, Value> fields = new HashMap<>();
        fields.put("pendingActivities", Value.Number.of(pending.size()));
        fields.put("overdueActivities", Value.Number.of(overdue));
        activities.stream()
                .map(Activity::completedOn)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .ifPresent(last -> fields.put("lastInteractionOn", new Value.Day(last)));
        return fields;
    }

    @Provide
    static Arbitrary<List<Activity>> activities() {
        return Combinators.combine(
                        days().injectNull(0.2),
                        days().injectNull(0.6),
                        Arbitraries.of("cancelled", "done").injectNull(0.3))
                .as(Activity::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    private static Arbitrary<LocalDate> days() {
        return Arbitraries.integers().between(-70, 130).map(FROM::plusDays);
    }

    private static Map<String, Value> at(Map<String, Timeline> timelines, LocalDate day) {
        Map<String, Value> values = new HashMap<>();
        timelines.forEach((field, timeline) -> {
            Value value = timeline.at(day);
            if (value != null) {
                values.put(field, value);
            }
        });
        return values;
    }

    private static Map<String, Value> at(LocalDate day, Activity... activities) {
        return at(FAMILY.timelines(List.of(activities), FROM), day);
    }

    private static Activity due(String dueOn) {
        return new Activity(LocalDate.parse(dueOn), null, null);
    }

    private static Activity completed(String completedOn) {
        return new Activity(null, LocalDate.parse(completedOn), null);
    }
}
