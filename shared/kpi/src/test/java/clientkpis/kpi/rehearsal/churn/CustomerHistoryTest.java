package clientkpis.kpi.rehearsal.churn;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A client's days are written as one character each: `c` a customer, `i` with an inactive status, `l` without MRR, `n`
/// on which the day of notice has come, `.` out of the table.
class CustomerHistoryTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

    @Test
    void customerIsInTheTableNotInactiveNotNoticedAndPays() {
        CustomerHistory history = of("ciln.c");

        assertThat(history.isCustomer(0)).isTrue();
        assertThat(List.of(1, 2, 3, 4)).noneMatch(history::isCustomer);
        assertThat(history.isCustomer(5)).isTrue();
        assertThat(history.isCustomer(-1)).isFalse();
    }

    @Test
    void noticeAheadLeavesACustomer() {
        TableDays table = table("ccc");
        table.put(FIRST.plusDays(1), false, FIRST.plusDays(2), BigDecimal.TEN);
        table.put(FIRST.plusDays(2), false, FIRST.plusDays(2), BigDecimal.TEN);

        CustomerHistory history = CustomerHistory.of(table, true);

        assertThat(history.isCustomer(1)).isTrue();
        assertThat(history.isCustomer(2)).isFalse();
    }

    @Test
    void mrrIsNotAskedWhereNobodyHasOne() {
        TableDays table = new TableDays(new Period(FIRST, FIRST));
        table.put(FIRST, false, null, null);

        assertThat(CustomerHistory.of(table, false).isCustomer(0)).isTrue();
        assertThat(CustomerHistory.of(table, true).isCustomer(0)).isFalse();
    }

    @Test
    void clientWithoutACustomerDayTakesNoPart() {
        CustomerHistory history = of("i".repeat(90) + "..");

        assertThat(history.wasEverCustomer()).isFalse();
        assertThat(history.stints()).isEmpty();
        assertThat(history.lostFrom()).isNull();
        assertThat(history.undecidedFrom()).isNull();
    }

    @Test
    void spellOfThirtyDaysIsAChurnAndTheReturnAReactivation() {
        CustomerHistory history = of("cc" + "l".repeat(30) + "c");

        assertThat(history.stints()).containsExactly(new Stint(0, new Churn(2, Cause.LAPSED, 1)), new Stint(32, null));
        assertThat(history.reactivations()).isOne();
    }

    @Test
    void spellOfTwentyNineDaysThatEndsIsALateRenewal() {
        CustomerHistory history = of("cc" + "i".repeat(29) + "c");

        assertThat(history.stints()).containsExactly(new Stint(0, null));
        assertThat(history.reactivations()).isZero();
        assertThat(history.undecidedFrom()).isNull();
    }

    @Test
    void daysOutOfTheTableBelongToTheSpellThatTheyFollow() {
        assertThat(of("c" + "l" + ".".repeat(29) + "c").stints().getFirst().churn())
                .isEqualTo(new Churn(1, Cause.LAPSED, 0));
        assertThat(of("c" + ".".repeat(40) + "l".repeat(29) + "c").stints()).containsExactly(new Stint(0, null));
        assertThat(of("c" + ".".repeat(40) + "c").stints()).containsExactly(new Stint(0, null));
    }

    @Test
    void spellThatBeginsAfterDaysOutOfTheTableBeginsInTheTable() {
        assertThat(of("cc..." + "i").stints()).containsExactly(new Stint(0, new Churn(5, Cause.INACTIVE, 1)));
    }

    @Test
    void inactiveAtTheEndIsAChurnAtOnce() {
        assertThat(of("cci").stints()).containsExactly(new Stint(0, new Churn(2, Cause.INACTIVE, 1)));
        assertThat(of("ccn").stints()).containsExactly(new Stint(0, new Churn(2, Cause.CANCELLED, 1)));
        assertThat(of("cci..").stints()).containsExactly(new Stint(0, new Churn(2, Cause.INACTIVE, 1)));
    }

    @Test
    void withoutMrrAtTheEndIsUndecidedUntilThirtyDays() {
        assertThat(of("cc" + "l".repeat(29)).undecidedFrom()).isEqualTo(2);
        assertThat(of("cc" + "l".repeat(29)).stints()).containsExactly(new Stint(0, null));
        assertThat(of("cc" + "l".repeat(30)).undecidedFrom()).isNull();
        assertThat(of("cc" + "l".repeat(10) + ".".repeat(20)).stints())
                .containsExactly(new Stint(0, new Churn(2, Cause.LAPSED, 1)));
    }

    @Test
    void onlyTheLastDayInTheTableDecidesTheEnd() {
        assertThat(of("ccil").undecidedFrom()).isEqualTo(2);
        assertThat(of("ccli").stints()).containsExactly(new Stint(0, new Churn(2, Cause.INACTIVE, 1)));
    }

    @Test
    void customerThatLeavesTheTableForGoodIsLost() {
        CustomerHistory history = of("cc" + ".".repeat(40));

        assertThat(history.lostFrom()).isEqualTo(2);
        assertThat(history.stints()).containsExactly(new Stint(0, null));
    }

    @Test
    void earlierNoticeIsTheChurnDay() {
        assertThat(noticed("cccccc", 4, 2).stints()).containsExactly(new Stint(0, new Churn(2, Cause.CANCELLED, 1)));
    }

    @Test
    void noticeOnTheFirstDayOfTheStintOrBeforeIsNotTheChurnDay() {
        assertThat(noticed("cccccc", 4, 0).stints()).containsExactly(new Stint(0, new Churn(4, Cause.CANCELLED, 3)));
        assertThat(noticed("cccccc", 4, -9).stints()).containsExactly(new Stint(0, new Churn(4, Cause.CANCELLED, 3)));
    }

    @Test
    void causeIsTheStrongestThatWasTold() {
        assertThat(of("c" + "l".repeat(20) + "i".repeat(9) + "n")
                        .stints()
                        .getFirst()
                        .churn())
                .isEqualTo(new Churn(1, Cause.CANCELLED, 0));
        assertThat(of("c" + "l".repeat(20) + "i" + "l".repeat(9))
                        .stints()
                        .getFirst()
                        .churn())
                .isEqualTo(new Churn(1, Cause.INACTIVE, 0));
    }

    @Test
    void outcomeIsOfTheDaysAfterUpToTheHorizon() {
        CustomerHistory history = of("c".repeat(50) + "i".repeat(30));

        assertThat(history.outcome(20, 30)).isEqualTo(Outcome.CHURNED);
        assertThat(history.outcome(19, 30)).isEqualTo(Outcome.STAYED);
        assertThat(history.outcome(49, 1)).isEqualTo(Outcome.CHURNED);
    }

    @Test
    void lostAndUndecidedAreUnknownFromTheirDay() {
        CustomerHistory lost = of("c".repeat(50) + ".");
        assertThat(lost.outcome(20, 30)).isEqualTo(Outcome.UNKNOWN);
        assertThat(lost.outcome(19, 30)).isEqualTo(Outcome.STAYED);

        CustomerHistory undecided = of("c".repeat(50) + "l");
        assertThat(undecided.outcome(20, 30)).isEqualTo(Outcome.UNKNOWN);
        assertThat(undecided.outcome(19, 30)).isEqualTo(Outcome.STAYED);
    }

    @Test
    void whatWasDecidedBeforeIsKnownThoughTheReturnedClientIsLostLater() {
        CustomerHistory history = of("c" + "l".repeat(30) + "c.");

        assertThat(history.outcome(0, 30)).isEqualTo(Outcome.CHURNED);
        assertThat(history.outcome(31, 1)).isEqualTo(Outcome.UNKNOWN);
        assertThat(history.customerDays(0, 32)).isEqualTo(2);
    }

    /// A notice that is told late may put a churn before the end: the days here tell it when it comes.
    @Property
    void leavingOutLaterDaysChangesNothingThatWasDecided(
            @ForAll("days") String days, @ForAll @IntRange(min = 1, max = 30) int horizon) {
        for (int end = horizon + 1; end < days.length(); end += 7) {
            CustomerHistory whole = of(days);
            CustomerHistory until = of(days.substring(0, end));
            for (int day = 0; day + horizon < end; day++) {
                assertThat(until.isCustomer(day)).isEqualTo(whole.isCustomer(day));
                Outcome early = until.outcome(day, horizon);
                // A churn by the status of the last day may turn out to be a gap, if the status does.
                if (until.isCustomer(day) && early == Outcome.STAYED) {
                    assertThat(whole.outcome(day, horizon)).isEqualTo(Outcome.STAYED);
                }
                if (until.isCustomer(day) && early == Outcome.CHURNED && day + horizon + 30 < end) {
                    assertThat(whole.outcome(day, horizon)).isEqualTo(Outcome.CHURNED);
                }
            }
        }
    }

    @Property
    void stintsBeginOnACustomerDayAndEndAfterOne(@ForAll("days") String days) {
        CustomerHistory history = of(days);
        int from = -1;
        for (Stint stint : history.stints()) {
            assertThat(stint.from()).isGreaterThan(from);
            assertThat(history.isCustomer(stint.from())).isTrue();
            from = stint.from();
            Churn churn = stint.churn();
            if (churn != null) {
                assertThat(churn.lastCustomerDay()).isBetween(stint.from(), churn.day() - 1);
                assertThat(history.isCustomer(churn.lastCustomerDay())).isTrue();
            }
        }
        assertThat(history.reactivations())
                .isEqualTo(Math.max(0, history.stints().size() - 1));
    }

    @Provide
    Arbitrary<String> days() {
        Arbitrary<String> run = Arbitraries.of("c", "c", "c", "i", "l", "n", ".")
                .flatMap(what -> Arbitraries.of(1, 3, 12, 29, 30, 31).map(what::repeat));
        return run.list().ofMinSize(1).ofMaxSize(10).map(runs -> String.join("", runs));
    }

    /// The notice of `notice` is told from `told` on.
    private static CustomerHistory noticed(String days, int told, int notice) {
        TableDays table = table(days);
        for (int day = told; day < days.length(); day++) {
            table.put(FIRST.plusDays(day), false, FIRST.plusDays(notice), BigDecimal.TEN);
        }
        return CustomerHistory.of(table, true);
    }

    private static CustomerHistory of(String days) {
        return CustomerHistory.of(table(days), true);
    }

    private static TableDays table(String days) {
        TableDays table = new TableDays(new Period(FIRST, FIRST.plusDays(days.length() - 1L)));
        @Nullable LocalDate notice = null;
        for (int day = 0; day < days.length(); day++) {
            LocalDate date = FIRST.plusDays(day);
            notice = days.charAt(day) != 'n' ? null : notice == null ? date : notice;
            switch (days.charAt(day)) {
                case 'c' -> table.put(date, false, null, BigDecimal.TEN);
                case 'i' -> table.put(date, true, null, BigDecimal.TEN);
                case 'l' -> table.put(date, false, null, BigDecimal.ZERO);
                case 'n' -> table.put(date, false, notice, BigDecimal.TEN);
                default -> assertThat(days.charAt(day)).isEqualTo('.');
            }
        }
        return table;
    }
}
