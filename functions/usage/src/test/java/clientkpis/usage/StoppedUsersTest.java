package clientkpis.usage;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.Value;
import clientkpis.usage.Usage.Use;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StoppedUsersTest {
    private static final LocalDate FROM = LocalDate.parse("2026-09-30");

    @Test
    void aUserWhoStoppedIsShownWithTheLastUseAndTheActionsUpToIt() {
        FieldRecords records = StoppedUsers.of(
                List.of(
                        use("ana", FROM.minusDays(30), 5),
                        use("ana", FROM.minusDays(59), 7),
                        use("ana", FROM.minusDays(60), 9),
                        use("ana", FROM, 0),
                        use("bia", FROM.minusDays(29), 1)),
                FROM);
        assertThat(records.field()).isEqualTo("activeUsers");
        assertThat(records.columns()).containsExactly("user_id", "used_on", "actions30d");
        assertThat(records.at(FROM)).containsExactly(shown("ana", FROM.minusDays(30), 12));
        assertThat(records.at(FROM.plusDays(1)))
                .containsExactly(shown("bia", FROM.minusDays(29), 1), shown("ana", FROM.minusDays(30), 12));
        assertThat(records.countAt(FROM.plusDays(1))).isEqualTo(2);
    }

    /// Also with many users, and with uses in the future, as far as few users have such.
    @Property(tries = 200)
    void theUsersOfEachDayAreThoseThatAFreshLookWouldFind(@ForAll Random random) {
        List<Use> uses = new ArrayList<>();
        int users = 1 + random.nextInt(90);
        for (int user = 0; user < users; user++) {
            int days = random.nextInt(4);
            LocalDate around = FROM.minusDays(random.nextInt(70));
            for (int i = 0; i < days; i++) {
                LocalDate day = around.minusDays(random.nextInt(40));
                uses.add(use(
                        "u%02d".formatted(user), random.nextInt(40) == 0 ? day.plusDays(70) : day, random.nextInt(4)));
            }
        }
        if (uses.isEmpty()) {
            return;
        }
        FieldRecords records = StoppedUsers.of(uses, FROM);
        for (int days = 0; days < 70; days++) {
            LocalDate day = FROM.plusDays(days);
            List<List<Optional<Value>>> stopped = stopped(uses, day);
            assertThat(records.countAt(day)).isEqualTo(stopped.size());
            assertThat(records.at(day))
                    .containsExactlyElementsOf(stopped.stream().limit(20).toList());
        }
    }

    private record Stopped(String user, LocalDate last, long actions) {}

    private static List<List<Optional<Value>>> stopped(List<Use> uses, LocalDate day) {
        List<Stopped> stopped = new ArrayList<>();
        for (String user : uses.stream().map(Use::userId).distinct().toList()) {
            List<Use> own = uses.stream()
                    .filter(use -> use.userId().equals(user)
                            && use.actions() > 0
                            && !use.usedOn().isAfter(day))
                    .toList();
            LocalDate last =
                    own.stream().map(Use::usedOn).max(Comparator.naturalOrder()).orElse(day);
            if (last.isBefore(day.minusDays(29))) {
                stopped.add(new Stopped(
                        user,
                        last,
                        own.stream()
                                .filter(use -> use.usedOn().isAfter(last.minusDays(30)))
                                .mapToLong(Use::actions)
                                .sum()));
            }
        }
        return stopped.stream()
                .sorted(Comparator.comparing(Stopped::last)
                        .thenComparingLong(Stopped::actions)
                        .reversed()
                        .thenComparing(Stopped::user))
                .map(one -> shown(one.user(), one.last(), one.actions()))
                .toList();
    }

    private static List<Optional<Value>> shown(String user, LocalDate last, long actions) {
        return List.of(
                FieldRecords.text(user), FieldRecords.day(last), FieldRecords.number(BigDecimal.valueOf(actions)));
    }

    private static Use use(String user, LocalDate usedOn, long actions) {
        return new Use(user, usedOn, actions, null);
    }
}
