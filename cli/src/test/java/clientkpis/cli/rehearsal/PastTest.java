package clientkpis.cli.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.activities.Activities;
import clientkpis.billing.Billing;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.nps.Nps;
import clientkpis.support.Support;
import clientkpis.usage.Usage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a family says of a past day is what it says of the rows as they were on that day: those whose first date has
/// come, without what came later.
class PastTest {
    private static final LocalDate FROM = LocalDate.of(2026, 3, 1);
    private static final LocalDate OBSERVED = LocalDate.of(2026, 5, 1);

    /// @param first the columns of a row's first date, the first that is not blank
    /// @param blank the column that is blank until its day
    /// @param done the column that says today what the blank column's day brought, with its value before it
    record Case<R>(
            KpiFamily<R> family,
            Function<Random, Map<String, String>> row,
            Function<Map<String, String>, @Nullable LocalDate> first,
            @Nullable String blank,
            @Nullable String done,
            List<String> fields) {
        @Override
        public String toString() {
            return family.table();
        }

        private List<KpiFamily.Read<R>> read(List<Map<String, String>> rows) {
            return rows.stream()
                    .map(cells -> new Row(cells))
                    .map(row -> new KpiFamily.Read<>(row, family.read(row)))
                    .toList();
        }

        /// The fields of a day by the definition; null without a row.
        private @Nullable Map<String, Timeline> naive(List<Map<String, String>> rows, LocalDate day) {
            List<Map<String, String>> known = new ArrayList<>();
            for (Map<String, String> cells : rows) {
                LocalDate date = first.apply(cells);
                if (date == null || !date.isAfter(day)) {
                    Map<String, String> then = new HashMap<>(cells);
                    String later = blank == null ? null : cells.get(blank);
                    if (later != null && LocalDate.parse(later).isAfter(day)) {
                        then.remove(blank);
                        if (done != null) {
                            then.remove(done);
                        }
                    }
                    known.add(then);
                }
            }
            return known.isEmpty()
                    ? null
                    : family.timelines(
                            read(known).stream().map(KpiFamily.Read::read).toList(), day);
        }

        private void check(Random random) {
            List<Map<String, String>> rows = IntStream.range(0, 1 + random.nextInt(8))
                    .mapToObj(i -> {
                        Map<String, String> cells = new HashMap<>(row.apply(random));
                        cells.values().removeIf(String::isEmpty);
                        cells.put(family.table().equals("nps") ? "answer_id" : "title_id", "x" + i);
                        return cells;
                    })
                    .toList();
            KpiFamily.Past past = family.past(read(rows), new KpiFamily.Before(FROM, OBSERVED, null, null))
                    .orElseThrow();
            for (LocalDate day = FROM; day.isBefore(OBSERVED); day = day.plusDays(1)) {
                Map<String, Timeline> naive = naive(rows, day);
                assertThat(day.isBefore(past.since())).as("%s %s", day, rows).isEqualTo(naive == null);
                for (String field : fields) {
                    Timeline told = past.timelines().get(field);
                    Timeline then = naive == null ? null : naive.get(field);
                    assertThat(told == null ? null : told.at(day))
                            .as("%s on %s of %s", field, day, rows)
                            .isEqualTo(then == null ? null : then.at(day));
                }
            }
        }
    }

    private static String day(Random random, boolean blank) {
        return blank && random.nextInt(4) == 0
                ? ""
                : FROM.plusDays(random.nextInt(100) - 20).toString();
    }

    private static String of(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }

    private static @Nullable LocalDate date(Map<String, String> cells, String... columns) {
        for (String column : columns) {
            String cell = cells.get(column);
            if (cell != null) {
                return LocalDate.parse(cell);
            }
        }
        return null;
    }

    private static @Nullable LocalDate earlier(Map<String, String> cells) {
        LocalDate due = date(cells, "due_on");
        LocalDate done = date(cells, "completed_on");
        return due == null || (done != null && done.isBefore(due)) ? done : due;
    }

    static List<Case<?>> families() {
        return List.of(
                new Case<>(
                        new Billing(),
                        random -> Map.of(
                                "value", of(random, "10", "-3", "0", "7.50"),
                                "due_on", day(random, false),
                                "issued_on", day(random, true),
                                "paid_on", day(random, true),
                                "status", of(random, "", "pago", "aberto")),
                        cells -> date(cells, "issued_on", "due_on"),
                        "paid_on",
                        "status",
                        List.of("overdueTitles", "tcv")),
                new Case<>(
                        new Support(),
                        random -> Map.of(
                                "opened_on", day(random, true),
                                "sla_on", day(random, true),
                                "closed_on", day(random, true)),
                        cells -> date(cells, "opened_on", "sla_on", "closed_on"),
                        "closed_on",
                        null,
                        List.of("ticketsAboveSla")),
                new Case<>(
                        new Nps(),
                        random -> Map.of(
                                "score", Integer.toString(random.nextInt(11)),
                                "respondent", of(random, "", "ana", "Ana", "bia"),
                                "answered_on", day(random, false)),
                        cells -> date(cells, "answered_on"),
                        null,
                        null,
                        List.of("nps")),
                new Case<>(
                        new Usage(),
                        random -> Map.of(
                                "user_id", of(random, "u", "v"),
                                "used_on", day(random, false),
                                "actions", Integer.toString(random.nextInt(3)),
                                "accesses", of(random, "", "0", "2")),
                        cells -> date(cells, "used_on"),
                        null,
                        null,
                        List.of("activeUsers", "usersWithActivity", "actions30d")),
                new Case<>(
                        new Activities(),
                        random -> Map.of(
                                "due_on", day(random, true),
                                "completed_on", day(random, true),
                                "status", of(random, "", "concluída")),
                        PastTest::earlier,
                        "completed_on",
                        "status",
                        List.of("overdueActivities")));
    }

    @ParameterizedTest
    @MethodSource("families")
    void aPastDayIsThatOfTheRowsAsTheyWere(Case<?> family) {
        for (int seed = 0; seed < 300; seed++) {
            family.check(new Random(seed));
        }
    }
}
