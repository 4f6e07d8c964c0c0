package clientkpis.kpi.client;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Value;
import clientkpis.kpi.rehearsal.churn.Cause;
import clientkpis.kpi.rehearsal.churn.Churn;
import clientkpis.kpi.rehearsal.churn.CustomerHistory;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.churn.Stint;
import clientkpis.kpi.rehearsal.churn.TableDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is found out day by day is what the whole history says.
class TenureTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 150;
    private static final Tenure.Terms TERMS = new Tenure.Terms("inactive"::equals, true);

    /// A day of a client in the table.
    private record Line(
            boolean inactive,
            @Nullable LocalDate notice,
            @Nullable BigDecimal mrr) {
        Map<String, Value> fields() {
            Map<String, Value> fields = new HashMap<>();
            fields.put("status", new Value.Text(inactive ? "inactive" : "active"));
            if (notice != null) {
                fields.put("cancelledOn", new Value.Day(notice));
            }
            if (mrr != null) {
                fields.put("mrr", new Value.Number(mrr));
            }
            return fields;
        }
    }

    @Test
    void itFindsEachChurnOnTheDayOnWhichTheHistoryFirstHasIt() {
        int churns = 0;
        int returns = 0;
        for (int seed = 0; seed < 400; seed++) {
            List<@Nullable Line> lines = lines(new Random(seed));
            Tenure tenure = Tenure.NONE;
            for (int day = 0; day < DAYS; day++) {
                LocalDate date = FIRST.plusDays(day);
                Line line = lines.get(day);
                Tenure next = line == null ? tenure.without(date) : tenure.at(date, line.fields(), TERMS);
                assertThat(line == null ? next.without(date) : next.at(date, line.fields(), TERMS))
                        .as("a day that is evaluated again")
                        .isEqualTo(next);
                CustomerHistory now = history(lines, day + 1);
                Churn churn = openChurn(now);
                Tenure.Left left = next.left();
                boolean isNew = left != null && date.equals(left.churnedAt());
                if (isNew) {
                    churns++;
                    assertThat(churn).as("seed %d, %s", seed, date).isNotNull();
                    assertThat(next.churnedOn()).isEqualTo(FIRST.plusDays(churn.day()));
                    assertThat(
                                    left.notice() != null
                                            ? Cause.CANCELLED
                                            : left.inactive() ? Cause.INACTIVE : Cause.LAPSED)
                            .isEqualTo(churn.cause());
                } else if (churn != null) {
                    assertThat(left == null ? null : left.churnedAt())
                            .as("seed %d, %s: it was found before", seed, date)
                            .isNotNull()
                            .isBefore(date);
                }
                assertThat(next.since() != null && next.left() == null && line != null)
                        .as("seed %d, %s: a customer", seed, date)
                        .isEqualTo(now.isCustomer(day));
                assertThat(next.since()).isEqualTo(since(now));
                if (date.equals(next.returnedOn())) {
                    returns++;
                    assertThat(tenure.left()).isNotNull();
                    assertThat(tenure.left().churnedAt())
                            .as("seed %d, %s: it had left", seed, date)
                            .isNotNull();
                    assertThat(openChurn(now)).isNull();
                }
                tenure = next;
            }
            assertThat(table(lines, DAYS).tenure(true)).as("seed %d", seed).isEqualTo(tenure);
        }
        assertThat(churns).isGreaterThan(300);
        assertThat(returns).isGreaterThan(50);
    }

    /// The churn that the client has not come back from.
    private static @Nullable Churn openChurn(CustomerHistory history) {
        List<Stint> stints = history.stints();
        return stints.isEmpty() ? null : stints.getLast().churn();
    }

    private static @Nullable LocalDate since(CustomerHistory history) {
        List<Stint> stints = history.stints();
        return stints.isEmpty() ? null : FIRST.plusDays(stints.getLast().from());
    }

    private static CustomerHistory history(List<@Nullable Line> lines, int days) {
        return CustomerHistory.of(table(lines, days), true);
    }

    private static TableDays table(List<@Nullable Line> lines, int days) {
        Period period = new Period(FIRST, FIRST.plusDays(Math.max(1, days) - 1L));
        TableDays table = new TableDays(period);
        for (int day = 0; day < days; day++) {
            Line line = lines.get(day);
            if (line != null) {
                table.put(period.date(day), line.inactive, line.notice, line.mrr);
            }
        }
        return table;
    }

    /// Runs of days of one kind: customer, without MRR, inactive, with a notice that has come or comes, out of the
    /// table.
    private static List<@Nullable Line> lines(Random random) {
        List<@Nullable Line> lines = new ArrayList<>();
        while (lines.size() < DAYS) {
            int kind = random.nextInt(7);
            int length = 1 + random.nextInt(random.nextBoolean() ? 6 : 45);
            LocalDate notice = FIRST.plusDays(lines.size() - 20L + random.nextInt(40));
            for (int i = 0; i < length; i++) {
                lines.add(
                        switch (kind) {
                            case 0, 1, 2 -> new Line(false, null, BigDecimal.TEN.setScale(2));
                            case 3 -> new Line(false, null, random.nextBoolean() ? null : BigDecimal.ZERO.setScale(2));
                            case 4 -> new Line(true, null, BigDecimal.TEN.setScale(2));
                            case 5 -> new Line(false, notice, BigDecimal.TEN.setScale(2));
                            default -> null;
                        });
            }
        }
        return lines.subList(0, DAYS);
    }
}
