package clientkpis.usage;

import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Retention;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    static final int WINDOW = 30;

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
    public List<FieldRecords> records(List<Read<Use>> uses, LocalDate from) {
        return List.of(StoppedUsers.of(uses.stream().map(use -> use.read()).toList(), from));
    }

    /// A use counts on its own days anyway. What the client's system did not count yet is absent, not 0.
    @Override
    public Optional<Past> past(List<Read<Use>> rows, Before before) {
        List<Use> uses = rows.stream().map(row -> row.read()).toList();
        LocalDate since = before.since(uses, use -> before.first(use.usedOn()));
        Map<String, Timeline> fields = new HashMap<>(timelines(uses, since));
        List<Use> counted = uses.stream().filter(use -> use.accesses() != null).toList();
        if (!counted.isEmpty()) {
            fields.put(
                    "usersWithActivity",
                    users(counted, Usage::hasAccess, before.since(counted, use -> before.first(use.usedOn()))));
        }
        return Optional.of(new Past(since, fields));
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
