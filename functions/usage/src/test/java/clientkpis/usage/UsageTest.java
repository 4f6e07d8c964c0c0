package clientkpis.usage;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.usage.Usage.Use;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final Usage FAMILY = new Usage();
    private static final LocalDate FROM = LocalDate.parse("2026-09-30");

    @Test
    void aUseCountsOnItsDayAndTheTwentyNineAfterIt() {
        Use use = use("ana", "2026-10-01", 5);
        assertThat(activeUsers("2026-09-30", use)).isEqualTo(0);
        assertThat(activeUsers("2026-10-01", use)).isEqualTo(1);
        assertThat(activeUsers("2026-10-30", use)).isEqualTo(1);
        assertThat(activeUsers("2026-10-31", use)).isEqualTo(0);
    }

    @Test
    void windowThatOpenedBeforeTheFirstDayClosesInTime() {
        Use use = use("ana", "2026-09-02", 5);
        assertThat(activeUsers("2026-10-01", use)).isEqualTo(1);
        assertThat(activeUsers("2026-10-02", use)).isEqualTo(0);
        assertThat(activeUsers("2026-09-30", use("ana", "2026-08-31", 5))).isEqualTo(0);
    }

    @Test
    void userOfManyDaysCountsOnce() {
        Use[] uses = {use("ana", "2026-09-20", 1), use("ana", "2026-09-30", 1), use("bia", "2026-09-30", 1)};
        assertThat(activeUsers("2026-09-30", uses)).isEqualTo(2);
        assertThat(activeUsers("2026-10-29", uses)).isEqualTo(2);
        assertThat(activeUsers("2026-10-30", uses)).isEqualTo(0);
    }

    @Test
    void userWhoComesBackTheDayTheWindowClosesStays() {
        Use[] uses = {use("ana", "2026-09-10", 1), use("ana", "2026-10-10", 1)};
        assertThat(activeUsers("2026-10-09", uses)).isEqualTo(1);
        assertThat(activeUsers("2026-10-10", uses)).isEqualTo(1);
        assertThat(activeUsers("2026-11-09", uses)).isEqualTo(0);
    }

    @Test
    void userIdsCompareExactly() {
        assertThat(activeUsers("2026-09-30", use("Ana", "2026-09-30", 1), use("ana", "2026-09-30", 1)))
                .isEqualTo(2);
    }

    @Test
    void userWithoutAnActionIsNotActive() {
        assertThat(activeUsers("2026-09-30", use("ana", "2026-09-30", 0))).isEqualTo(0);
    }

    @Test
    void userWithAnAccessAndNoActionHasActivityAndIsNotActive() {
        Use use = new Use("ana", FROM, 0, 2L);
        assertThat(at(FROM, use))
                .containsEntry("activeUsers", Value.Number.of(0))
                .containsEntry("usersWithActivity", Value.Number.of(1));
    }

    @Test
    void usersWithActivityAreAbsentWhenTheClientNeverSentAccesses() {
        assertThat(at(FROM, use("ana", "2026-09-30", 5))).doesNotContainKey("usersWithActivity");
    }

    @Test
    void usersWithActivityAreZeroWhenAccessesWereSentAndThereWasNone() {
        assertThat(at(FROM, new Use("ana", FROM, 5, 0L), use("bia", "2026-09-30", 5)))
                .containsEntry("usersWithActivity", Value.Number.of(0));
    }

    @Test
    void actionsAreThoseOfTheLastThirtyDays() {
        Use[] uses = {use("ana", "2026-09-01", 7), use("bia", "2026-09-30", 5), use("bia", "2026-10-02", 100)};
        assertThat(at(FROM, uses)).containsEntry("actions30d", Value.Number.of(12));
        assertThat(at(FROM.plusDays(1), uses)).containsEntry("actions30d", Value.Number.of(5));
        assertThat(at(FROM.plusDays(2), uses)).containsEntry("actions30d", Value.Number.of(105));
    }

    @Test
    void clientWhoseUseIsOverIsCountedWithZero() {
        assertThat(at(FROM.plusYears(1), use("ana", "2026-09-30", 5)))
                .isEqualTo(Map.of("activeUsers", Value.Number.of(0), "actions30d", Value.Number.of(0)));
    }

    @Test
    void actionsOfFifteenDigitsAreExact() {
        assertThat(at(FROM, use("ana", "2026-09-30", 999_999_999_999_999L), use("bia", "2026-09-30", 1)))
                .containsEntry("actions30d", Value.Number.of(1_000_000_000_000_000L));
    }

    @Test
    void readsTheColumnsOfItsTable() {
        assertThat(FAMILY.read(new Row(Map.of(
                        "client_id", "1", "user_id", "ana", "used_on", "2026-09-30", "actions", "5", "accesses", "2"))))
                .isEqualTo(new Use("ana", FROM, 5, 2L));
        assertThat(FAMILY.read(new Row(Map.of("user_id", "ana", "used_on", "2026-09-30", "actions", "0"))))
                .isEqualTo(new Use("ana", FROM, 0, null));
    }

    @Property
    void everyDayOfATimelineIsTheFormulaOnThatDay(@ForAll("uses") List<Use> uses) {
        Map<String, Timeline> timelines = FAMILY.timelines(uses, FROM);
        for (LocalDate day = FROM; !day.isAfter(FROM.plusDays(90)); day = day.plusDays(1)) {
            assertThat(at(timelines, day)).as("on %s", day).isEqualTo(formula(uses, day));
        }
    }

    @Property
    void theOrderOfRowsMeansNothing(@ForAll("uses") List<Use> uses, @ForAll Random random) {
        List<Use> shuffled = new ArrayList<>(uses);
        Collections.shuffle(shuffled, random);
        assertThat(FAMILY.timelines(shuffled, FROM)).isEqualTo(FAMILY.timelines(uses, FROM));
    }

    @Property
    void whatIsAskedForLaterContinuesWhatWasAskedForBefore(
            @ForAll("uses") List<Use> uses, @ForAll @IntRange(max = 45) int start) {
        LocalDate later = FROM.plusDays(start);
        Map<String, Timeline> fromThen = FAMILY.timelines(uses, later);
        Map<String, Timeline> fromBefore = FAMILY.timelines(uses, FROM);
        for (LocalDate day = later; !day.isAfter(FROM.plusDays(90)); day = day.plusDays(1)) {
            assertThat(at(fromThen, day)).as("on %s", day).isEqualTo(at(fromBefore, day));
        }
    }

    private static Map<String, Value> formula(List<Use> uses, LocalDate day) {
        List<Use> window = uses.stream()
                .filter(use -> !use.usedOn().isBefore(day.minusDays(29))
                        && !use.usedOn().isAfter(day))
                .toList();
        Map<String, Value> fields = new HashMap<>();
        fields.put(
                "activeUsers",
                Value.Number.of(window.stream()
                        .filter(use -> use.actions() >= 1)
                        .map(Use::userId)
                        .distinct()
                        .count()));
        fields.put(
                "actions30d",
                Value.Number.of(window.stream().mapToLong(Use::actions).sum()));
        if (uses.stream().anyMatch(use -> use.accesses() != null)) {
            fields.put(
                    "usersWithActivity",
                    Value.Number.of(window.stream()
                            .filter(use -> use.accesses() != null && use.accesses() >= 1)
                            .map(Use::userId)
                            .distinct()
                            .count()));
        }
        return fields;
    }

    @Provide
    static Arbitrary<List<Use>> uses() {
        return Combinators.combine(
                        Arbitraries.of("ana", "bia", "caio"),
                        days(),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.longs().between(0, 2).injectNull(0.4))
                .as(Use::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(15);
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

    private static Map<String, Value> at(LocalDate day, Use... uses) {
        return at(FAMILY.timelines(List.of(uses), FROM), day);
    }

    private static int activeUsers(String day, Use... uses) {
        return ((Value.Number) at(LocalDate.parse(day), uses).get("activeUsers"))
                .number()
                .intValueExact();
    }

    private static Use use(String user, String usedOn, long actions) {
        return new Use(user, LocalDate.parse(usedOn), actions, null);
    }
}
