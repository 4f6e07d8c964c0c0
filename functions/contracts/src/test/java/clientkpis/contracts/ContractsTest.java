package clientkpis.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.contracts.Contracts.Contract;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ContractsTest {
    private static final Contracts FAMILY = new Contracts();
    private static final LocalDate FROM = LocalDate.parse("2026-09-30");

    @Test
    void mrrIsTheSumOfActiveContractsOfModelMrr() {
        assertThat(at(
                        FROM,
                        contract("MRR", "100.50", "ativo"),
                        contract("mrr", "50", "Vigente"),
                        contract("MRR", "7", "inativo"),
                        contract("Setup", "900", "ativo")))
                .containsEntry("mrr", money("150.50"));
    }

    @Test
    void mrrIsRoundedOnceAndHalfAwayFromZero() {
        assertThat(at(FROM, contract("MRR", "0.004", "ativo"), contract("MRR", "0.004", "ativo")))
                .containsEntry("mrr", money("0.01"));
        assertThat(at(FROM, contract("MRR", "-0.005", "ativo"))).containsEntry("mrr", money("-0.01"));
    }

    @Test
    void clientWithContractsOfWhichNoneIsActiveHasMrrAndLicencesOfZero() {
        assertThat(at(FROM, new Contract("MRR", BigDecimal.TEN, "Encerrado", null, FROM, BigDecimal.TEN, true)))
                .isEqualTo(Map.of("mrr", money("0.00"), "licences", Value.Number.of(0)));
    }

    @Test
    void activeIsTheStatusAndNotTheDates() {
        assertThat(at(FROM, ending("2020-01-01", "ativo"))).containsEntry("mrr", money("10.00"));
    }

    @Test
    void licencesAreThoseOfActiveRecurringContracts() {
        assertThat(at(
                        FROM,
                        licences("Setup", "ativo", "5", true),
                        licences("MRR", "ativo", "7", false),
                        licences("MRR", "inativo", "11", true)))
                .containsEntry("licences", Value.Number.of(5));
    }

    @Test
    void blankRecurringMeansRecurringWhenTheModelIsMrr() {
        assertThat(at(FROM, licences("mrr", "ativo", "5", null), licences("Setup", "ativo", "7", null)))
                .containsEntry("licences", Value.Number.of(5));
    }

    @Test
    void blankLicencesAddNothing() {
        assertThat(at(FROM, licences("MRR", "ativo", null, true), licences("MRR", "ativo", "3", true)))
                .containsEntry("licences", Value.Number.of(3));
        assertThat(at(FROM, licences("MRR", "ativo", null, true))).containsEntry("licences", Value.Number.of(0));
    }

    @Test
    void renewalIsTheNearestEndOfAnActiveContract() {
        assertThat(at(
                        FROM,
                        ending("2026-12-31", "ativo"),
                        ending("2026-10-31", "ativo"),
                        ending("2026-08-31", "ativo"),
                        ending("2026-10-01", "inativo")))
                .containsEntry("renewalOn", day("2026-10-31"));
    }

    @Test
    void contractThatEndsTodayIsStillTheNearest() {
        assertThat(at(FROM, ending("2026-09-30", "ativo"), ending("2026-10-31", "ativo")))
                .containsEntry("renewalOn", day("2026-09-30"));
    }

    @Test
    void renewalMovesOnTheDayAfterAnEnd() {
        Contract[] contracts = {ending("2026-10-10", "ativo"), ending("2026-10-20", "ativo")};
        assertThat(at(LocalDate.parse("2026-10-10"), contracts)).containsEntry("renewalOn", day("2026-10-10"));
        assertThat(at(LocalDate.parse("2026-10-11"), contracts)).containsEntry("renewalOn", day("2026-10-20"));
    }

    @Test
    void whenAllActiveContractsAreOverTheLatestEndStays() {
        LocalDate day = LocalDate.parse("2026-10-05");
        Map<String, Value> fields = at(day, ending("2026-09-25", "ativo"), ending("2026-08-01", "ativo"));
        assertThat(fields).containsEntry("renewalOn", day("2026-09-25"));
    }

    @Test
    void withoutAnEndThereIsNoRenewal() {
        assertThat(at(FROM, contract("MRR", "10", "ativo"))).doesNotContainKey("renewalOn");
    }

    @Test
    void anEndInTheYear9999IsNone() {
        Contract endless =
                FAMILY.read(new Row(Map.of("model", "MRR", "value", "10", "status", "ativo", "ends_on", "9999-12-31")));
        assertThat(at(FROM, endless)).doesNotContainKey("renewalOn");
        assertThat(at(FROM, endless, ending("2026-10-31", "ativo"))).containsEntry("renewalOn", day("2026-10-31"));
        assertThat(at(LocalDate.parse("2026-11-05"), endless, ending("2026-10-31", "ativo")))
                .containsEntry("renewalOn", day("2026-10-31"));
    }

    @Test
    void lastPurchaseIsTheLatestStartWhateverTheStatus() {
        assertThat(at(FROM, starting("2026-01-01", "ativo"), starting("2026-05-01", "cancelado")))
                .containsEntry("lastPurchaseOn", day("2026-05-01"));
    }

    @Test
    void lastPurchaseMayBeAContractThatStartsInTheFuture() {
        assertThat(at(FROM, starting("2026-01-01", "ativo"), starting("2027-01-01", "ativo")))
                .containsEntry("lastPurchaseOn", day("2027-01-01"));
    }

    @Test
    void readsTheColumnsOfItsTable() {
        assertThat(FAMILY.read(new Row(Map.of(
                        "client_id", "1",
                        "contract_id", "K1",
                        "model", "MRR",
                        "value", "10.5",
                        "status", "Ativo",
                        "starts_on", "2026-01-01",
                        "ends_on", "2026-12-31",
                        "licences", "3",
                        "recurring", "false"))))
                .isEqualTo(new Contract(
                        "MRR",
                        new BigDecimal("10.5"),
                        "Ativo",
                        LocalDate.parse("2026-01-01"),
                        LocalDate.parse("2026-12-31"),
                        new BigDecimal("3"),
                        false));
        assertThat(FAMILY.read(new Row(Map.of("model", "MRR", "value", "10", "status", "ativo"))))
                .isEqualTo(contract("MRR", "10", "ativo"));
    }

    @Property
    void everyDayOfATimelineIsTheFormulaOnThatDay(@ForAll("contracts") List<Contract> contracts) {
        Map<String, Timeline> timelines = FAMILY.timelines(contracts, FROM);
        for (LocalDate day = FROM; !day.isAfter(FROM.plusDays(90)); day = day.plusDays(1)) {
            assertThat(at(timelines, day)).as("on %s", day).isEqualTo(formula(contracts, day));
        }
    }

    @Property
    void theOrderOfRowsMeansNothing(@ForAll("contracts") List<Contract> contracts, @ForAll Random random) {
        List<Contract> shuffled = new ArrayList<>(contracts);
        Collections.shuffle(shuffled, random);
        assertThat(FAMILY.timelines(shuffled, FROM)).isEqualTo(FAMILY.timelines(contracts, FROM));
    }

    @Property
    void whatIsAskedForLaterContinuesWhatWasAskedForBefore(
            @ForAll("contracts") List<Contract> contracts, @ForAll @IntRange(max = 45) int start) {
        LocalDate later = FROM.plusDays(start);
        Map<String, Timeline> fromThen = FAMILY.timelines(contracts, later);
        Map<String, Timeline> fromBefore = FAMILY.timelines(contracts, FROM);
        for (LocalDate day = later; !day.isAfter(FROM.plusDays(90)); day = day.plusDays(1)) {
            assertThat(at(fromThen, day)).as("on %s", day).isEqualTo(at(fromBefore, day));
        }
    }

    private static Map<String, Value> formula(List<Contract> contracts, LocalDate day) {
        List<Contract> active = contracts.stream()
                .filter(contract -> contract.status().equals("ativo"))
                .toList();
        BigDecimal mrr = active.stream()
                .filter(contract -> contract.model().equals("MRR"))
                .map(Contract::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal licences = active.stream()
                .filter(contract -> Objects.requireNonNullElse(
                        contract.recurring(), contract.model().equals("MRR")))
                .map(contract -> Objects.requireNonNullElse(contract.licences(), BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        List<LocalDate> ends =
                active.stream().map(Contract::endsOn).filter(Objects::nonNull).toList();
        Optional<LocalDate> renewal = ends.stream()
                .filter(end -> !end.isBefore(day))
                .min(Comparator.naturalOrder())
                .or(() -> ends.stream().max(Comparator.naturalOrder()));
        Map<String, Value> fields = new HashMap<>();
        fields.put("mrr", new Value.Number(mrr.setScale(2, RoundingMode.HALF_UP)));
        fields.put("licences", new Value.Number(licences));
        renewal.ifPresent(end -> fields.put("renewalOn", new Value.Day(end)));
        contracts.stream()
                .map(Contract::startsOn)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .ifPresent(start -> fields.put("lastPurchaseOn", new Value.Day(start)));
        return fields;
    }

    @Provide
    static Arbitrary<List<Contract>> contracts() {
        return Combinators.combine(
                        Arbitraries.of("MRR", "Setup"),
                        Arbitraries.bigDecimals()
                                .between(new BigDecimal("-999.999"), new BigDecimal("999.999"))
                                .ofScale(3),
                        Arbitraries.of("ativo", "encerrado"),
                        days().injectNull(0.2),
                        days().injectNull(0.2),
                        Arbitraries.integers()
                                .between(0, 100)
                                .map(BigDecimal::valueOf)
                                .injectNull(0.3),
                        Arbitraries.of(true, false).injectNull(0.3))
                .as(Contract::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
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

    private static Map<String, Value> at(LocalDate day, Contract... contracts) {
        return at(FAMILY.timelines(List.of(contracts), FROM), day);
    }

    private static Value money(String amount) {
        return new Value.Number(new BigDecimal(amount));
    }

    private static Value day(String day) {
        return new Value.Day(LocalDate.parse(day));
    }

    private static Contract contract(String model, String value, String status) {
        return new Contract(model, new BigDecimal(value), status, null, null, null, null);
    }

    private static Contract licences(String model, String status, String licences, Boolean recurring) {
        BigDecimal number = licences == null ? null : new BigDecimal(licences);
        return new Contract(model, BigDecimal.TEN, status, null, null, number, recurring);
    }

    private static Contract ending(String endsOn, String status) {
        return new Contract("MRR", BigDecimal.TEN, status, null, LocalDate.parse(endsOn), null, null);
    }

    private static Contract starting(String startsOn, String status) {
        return new Contract("MRR", BigDecimal.TEN, status, LocalDate.parse(startsOn), null, null, null);
    }
}
