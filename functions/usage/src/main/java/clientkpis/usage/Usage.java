package clientkpis.usage;

import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Retention;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `activeUsers`, `usersWithActivity` and the number that the portfolio is ranked by (fields.md, *Usage*).
public final class Usage implements KpiFamily<Usage.Use> {
    /// What one user did on one day.
    ///
    /// @param actions 0 or more
    /// @param accesses 0 or more; null when the client's system does not count them
    public record Use(
            String userId,
            LocalDate usedOn,
            long actions,
            @Nullable Long accesses) {}

    /// The days of a window, so that a use counts on its own day and the 29 after it: "the last 30 days is `[D-29,
    /// D]`".
    private static final int WINDOW = 30;

    @Override
    public String table() {
        return "usage";
    }

    @Override
    public Use read(Row row) {
        BigDecimal accesses = row.number("accesses");
        return new Use(
                row.required("user_id"),
                LocalDate.parse(row.required("used_on")),
                new BigDecimal(row.required("actions")).longValueExact(),
                accesses == null ? null : accesses.longValueExact());
    }

    /// Besides the fields of the client, `actions30d`: the client's actions in `[D-29, D]`, a whole number. It is the
    /// `u` of `engagementScore`, which only the whole portfolio can give.
    @Override
    public Map<String, Timeline> timelines(List<Use> uses, LocalDate from) {
        Map<String, Timeline> fields = new HashMap<>();
        fields.put("activeUsers", users(uses, use -> use.actions() > 0, from));
        fields.put("actions30d", actions30d(uses, from));
        if (uses.stream().anyMatch(use -> use.accesses() != null)) {
            fields.put("usersWithActivity", users(uses, Usage::hasAccess, from));
        }
        return fields;
    }

    @Override
    public Retention retention(LocalDate day, int days) {
        return rows -> UsageRetention.expired(rows, day.minusDays(days));
    }

    /// "distinct users with at least one action [or access] in `[D-29, D]`".
    private static Timeline users(List<Use> uses, Predicate<Use> counts, LocalDate from) {
        Map<String, TreeSet<LocalDate>> daysOfUsers = new HashMap<>();
        for (Use use : uses) {
            if (counts.test(use)) {
                daysOfUsers.computeIfAbsent(use.userId(), id -> new TreeSet<>()).add(use.usedOn());
            }
        }
        Timeline.Sum users = new Timeline.Sum(from);
        for (TreeSet<LocalDate> days : daysOfUsers.values()) {
            for (LocalDate day : days) {
                users.count(day);
                // A user's window ends where the next one begins, so that the user counts once where they overlap.
                LocalDate end = day.plusDays(WINDOW);
                LocalDate next = days.higher(day);
                users.add(next != null && next.isBefore(end) ? next : end, BigDecimal.ONE.negate());
            }
        }
        return users.rounded(0);
    }

    private static Timeline actions30d(List<Use> uses, LocalDate from) {
        Timeline.Sum actions = new Timeline.Sum(from);
        for (Use use : uses) {
            BigDecimal amount = BigDecimal.valueOf(use.actions());
            actions.add(use.usedOn(), amount);
            actions.add(use.usedOn().plusDays(WINDOW), amount.negate());
        }
        return actions.rounded(0);
    }

    private static boolean hasAccess(Use use) {
        Long accesses = use.accesses();
        return accesses != null && accesses > 0;
    }
}
