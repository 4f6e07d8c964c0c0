package clientkpis.billing;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.billing.Billing.Title;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BillingTest {
    private static final Billing FAMILY = new Billing();
    private static final LocalDate FROM = LocalDate.parse("2026-09-30");

    @Test
    void titleDueTodayIsNotOverdue() {
        assertThat(overdue(FROM, due("2026-09-30"))).isZero();
    }

    @Test
    void titleDueYesterdayIsOverdue() {
        assertThat(overdue(FROM, due("2026-09-29"))).isOne();
    }

    @Test
    void titleFallsOverdueWithTheDateAlone() {
        Title title = due("2026-10-10");
        assertThat(overdue(LocalDate.parse("2026-10-10"), title)).isZero();
        assertThat(overdue(LocalDate.parse("2026-10-11"), title)).isOne();
    }

    @Test
    void paidTitleIsNotOverdueWheneverItWasPaid() {
        assertThat(overdue(FROM, title("10", "2026-09-01", null, "2026-09-20", null)))
                .isZero();
    }

    @Test
    void titlePaidInTheFutureIsPaid() {
        assertThat(overdue(FROM, title("10", "2026-09-01", null, "2026-12-31", null)))
                .isZero();
    }

    @Test
    void cancelledTitleIsNeitherOverdueNorBilled() {
        Title cancelled = title("10", "2026-09-01", null, null, "CANCELADO");
        assertThat(overdue(FROM, cancelled)).isZero();
        assertThat(tcv(FROM, cancelled)).isEqualTo("0.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pago", "PAID", "Quitada", "recebido", "Liquidado", "Baixado", "succeeded"})
    void aTitleThatSaysPaidIsPaidWithoutADate(String status) {
        Title paid = title("10", "2026-09-01", null, null, status);
        assertThat(overdue(FROM, paid)).isZero();
        assertThat(tcv(FROM, paid)).isEqualTo("10.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"void", "Voided", "Excluída", "anulado", "Estornada", "draft", "Rascunho"})
    void aTitleThatIsVoidOrADraftIsCancelled(String status) {
        assertThat(overdue(FROM, title("10", "2026-09-01", null, null, status))).isZero();
        assertThat(tcv(FROM, title("10", "2026-09-01", null, null, status))).isEqualTo("0.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vencido", "uncollectible", "past_due", "em aberto"})
    void aTitleOfAnyOtherStatusIsOpen(String status) {
        assertThat(overdue(FROM, title("10", "2026-09-01", null, null, status))).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-300", "0", "0.00"})
    void aTitleOfNothingOrLessIsNotADebt(String value) {
        assertThat(overdue(FROM, title(value, "2026-09-01", null, null, null))).isZero();
    }

    @Test
    void titleIsBilledFromTheDayOfItsIssue() {
        Title title = title("150.50", "2026-11-01", "2026-10-05", null, null);
        assertThat(tcv(LocalDate.parse("2026-10-04"), title)).isEqualTo("0.00");
        assertThat(tcv(LocalDate.parse("2026-10-05"), title)).isEqualTo("150.50");
    }

    @Test
    void titleWithoutADayOfIssueIsBilled() {
        assertThat(tcv(FROM, due("2026-12-01"))).isEqualTo("10.00");
    }

    @Test
    void paidAndUnpaidTitlesAreBilledAlike() {
        assertThat(tcv(FROM, due("2026-09-01"), title("5", "2026-09-01", null, "2026-09-01", "Pago")))
                .isEqualTo("15.00");
    }

    @Test
    void creditsLowerWhatWasBilled() {
        assertThat(tcv(FROM, due("2026-09-01"), title("-10.01", "2026-09-01", null, null, null)))
                .isEqualTo("-0.01");
    }

    @Test
    void tcvIsRoundedOnceAndHalfAwayFromZero() {
        assertThat(tcv(FROM, worth("0.004"), worth("0.004"))).isEqualTo("0.01");
        assertThat(tcv(FROM, worth("0.005"))).isEqualTo("0.01");
        assertThat(tcv(FROM, worth("-0.005"))).isEqualTo("-0.01");
    }

    @Test
    void readsTheColumnsOfItsTable() {
        assertThat(FAMILY.read(new Row(Map.of(
                        "client_id", "1",
                        "title_id", "T1",
                        "value", "1234.5",
                        "due_on", "2026-09-10",
                        "issued_on", "2026-08-10",
                        "paid_on", "2026-09-11",
                        "status", "Pago"))))
                .isEqualTo(title("1234.5", "2026-09-10", "2026-08-10", "2026-09-11", "Pago"));
        assertThat(FAMILY.read(new Row(Map.of("value", "10", "due_on", "2026-09-10"))))
                .isEqualTo(due("2026-09-10"));
    }

    @Property
    void everyDayOfATimelineIsTheFormulaOnThatDay(@ForAll("titles") List<Title> titles) {
        Map<String, Timeline> timelines = FAMILY.timelines(titles, FROM);
        for (LocalDate day = FROM; !day.isAfter(FROM.plusDays(90)); day = day.plusDays(1)) {
            assertThat(at(timelines, day)).as("on %s", day).isEqualTo(formula(titles, day));
        }
    }

    @Property
    void theOrderOfRowsMeansNothing(@ForAll("titles") List<Title> titles, @ForAll Random random) {
        List<Title> shuffled = new ArrayList<>(titles);
        Collections.shuffle(shuffled, random);
        assertThat(FAMILY.timelines(shuffled, FROM)).isEqualTo(FAMILY.timelines(titles, FROM));
    }

    @Property
    void whatIsAskedForLaterContinuesWhatWasAskedForBefore(
            @ForAll("titles") List<Title> titles, @ForAll @IntRange(max = 45) int start) {
        LocalDate later = FROM.plusDays(start);
        Map<String, Timeline> fromThen = FAMILY.timelines(titles, later);
        Map<String, Timeline> fromBefore = FAMILY.timelines(titles, FROM);
        for (LocalDate day = later; !day.isAfter(FROM.plusDays(90)); day = day.plusDays(1)) {
            assertThat(at(fromThen, day)).as("on %s", day).isEqualTo(at(fromBefore, day));
        }
    }

    private static Map<String, Value> formula(List<Title> titles, LocalDate day) {
        long overdue = titles.stream()
                .filter(title -> title.paidOn() == null
                        && title.value().signum() > 0
                        && !"cancelled".equals(title.status())
                        && title.dueOn().isBefore(day))
                .count();
        BigDecimal tcv = titles.stream()
                .filter(title -> !"cancelled".equals(title.status())
                        && (title.issuedOn() == null || !title.issuedOn().isAfter(day)))
                .map(Title::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        Map<String, Value> fields = new HashMap<>();
        fields.put("overdueTitles", Value.Number.of(overdue));
        fields.put("tcv", new Value.Number(tcv.setScale(2, RoundingMode.HALF_UP)));
        titles.stream()
                .filter(title -> title.paidOn() == null
                        && title.value().signum() > 0
                        && !"cancelled".equals(title.status())
                        && title.dueOn().isBefore(day))
                .map(title -> title.dueOn().plusDays(1))
                .min(Comparator.naturalOrder())
                .ifPresent(since -> fields.put("overdueSince", new Value.Day(since)));
        return fields;
    }

    @Provide
    static Arbitrary<List<Title>> titles() {
        return Combinators.combine(
                        Arbitraries.bigDecimals()
                                .between(new BigDecimal("-999.999"), new BigDecimal("999.999"))
                                .ofScale(3),
                        days(),
                        days().injectNull(0.3),
                        days().injectNull(0.6),
                        Arbitraries.of("cancelled", "open").injectNull(0.3))
                .as(Title::new)
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

    private static BigDecimal overdue(LocalDate day, Title... titles) {
        return number("overdueTitles", day, titles);
    }

    private static String tcv(LocalDate day, Title... titles) {
        return number("tcv", day, titles).toPlainString();
    }

    private static BigDecimal number(String field, LocalDate day, Title... titles) {
        return ((Value.Number)
                        FAMILY.timelines(List.of(titles), FROM).get(field).at(day))
                .number();
    }

    private static Title due(String dueOn) {
        return title("10", dueOn, null, null, null);
    }

    private static Title worth(String value) {
        return title(value, "2026-12-01", null, null, null);
    }

    private static Title title(String value, String dueOn, String issuedOn, String paidOn, String status) {
        return new Title(
                new BigDecimal(value),
                LocalDate.parse(dueOn),
                issuedOn == null ? null : LocalDate.parse(issuedOn),
                paidOn == null ? null : LocalDate.parse(paidOn),
                status);
    }
}
