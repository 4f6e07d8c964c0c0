package clientkpis.usage;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.Timeline;
import clientkpis.usage.Usage.Use;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Behind `activeUsers` the users who are missing in it: those with an action before the last 30 days and none since,
/// the last to stop first, of one day those with the most actions.
final class StoppedUsers {
    /// A user's absence.
    ///
    /// @param lastUse the last day with an action before it
    /// @param until its last day; null as long as there is no newer use
    /// @param actions in the 30 days up to `lastUse`
    private record Absence(
            String userId, LocalDate lastUse, @Nullable LocalDate until, BigDecimal actions) {
        LocalDate from() {
            return lastUse.plusDays(Usage.WINDOW);
        }
    }

    private static final Comparator<Absence> NEWEST = Comparator.comparing(Absence::lastUse)
            .thenComparing(Absence::actions)
            .reversed()
            .thenComparing(Absence::userId, CodePoints.ORDER);

    private StoppedUsers() {}

    static FieldRecords of(List<Use> uses, LocalDate from) {
        List<Absence> absences = absences(uses, from);
        Timeline.Sum count = new Timeline.Sum(from);
        for (Absence absence : absences) {
            count.count(absence.from());
            if (absence.until() != null) {
                count.add(absence.until().plusDays(1), BigDecimal.ONE.negate());
            }
        }
        return new FieldRecords(
                "activeUsers",
                List.of("user_id", "used_on", "actions30d"),
                count.rounded(0),
                kept(absences, from).stream()
                        .map(absence -> new FieldRecords.Kept(
                                absence.from(),
                                absence.until(),
                                null,
                                List.of(
                                        FieldRecords.text(absence.userId()),
                                        FieldRecords.day(absence.lastUse()),
                                        FieldRecords.number(absence.actions()))))
                        .toList());
    }

    private static List<Absence> absences(List<Use> uses, LocalDate from) {
        Map<String, TreeMap<LocalDate, BigDecimal>> users = new HashMap<>();
        for (Use use : uses) {
            if (use.actions() > 0) {
                users.computeIfAbsent(use.userId(), id -> new TreeMap<>())
                        .merge(use.usedOn(), BigDecimal.valueOf(use.actions()), BigDecimal::add);
            }
        }
        List<Absence> absences = new ArrayList<>();
        users.forEach((user, days) -> {
            for (LocalDate day : days.keySet()) {
                LocalDate next = days.higherKey(day);
                LocalDate until = next == null ? null : next.minusDays(1);
                if (until == null || (!until.isBefore(from) && !until.isBefore(day.plusDays(Usage.WINDOW)))) {
                    BigDecimal actions =
                            days.subMap(day.minusDays(Usage.WINDOW - 1L), true, day, true).values().stream()
                                    .reduce(BigDecimal.ZERO, BigDecimal::add);
                    absences.add(new Absence(user, day, until, actions));
                }
            }
        });
        absences.sort(NEWEST);
        return absences;
    }

    /// As many as may be among the first of a day: of those who have stopped, and of each day on which others will. An
    /// absence that ends, before a use in the future, takes no place from the others.
    private static List<Absence> kept(List<Absence> absences, LocalDate from) {
        List<Absence> kept = new ArrayList<>();
        Map<LocalDate, Integer> begun = new HashMap<>();
        int ending = 0;
        for (Absence absence : absences) {
            LocalDate day = absence.from().isBefore(from) ? from : absence.from();
            if (absence.until() == null
                    ? begun.merge(day, 1, Integer::sum) <= FieldRecords.MOST
                    : ++ending <= FieldRecords.KEPT) {
                kept.add(absence);
            }
        }
        return kept;
    }
}
