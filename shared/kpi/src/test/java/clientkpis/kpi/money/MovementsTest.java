package clientkpis.kpi.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovementsTest {
    /// A client at the ends of a period, and the slice in which it is counted.
    record Client(BigDecimal start, BigDecimal end, boolean hadMrrBefore, String slice) {}

    @ParameterizedTest
    @CsvSource({
        "0.00, 10.00, false, NEW",
        "0.00, 10.00, true, REACTIVATION",
        "10.00, 10.01, true, EXPANSION",
        "10.00, 9.99, true, CONTRACTION",
        "10.00, 0.00, true, CHURN",
        "10.00, 10.00, true, ",
        "0.00, 0.00, false, ",
        "0.00, 0.00, true, ",
        // A client of which nobody knows since when it has had MRR.
        "10.00, 20.00, false, EXPANSION",
        "10.00, 0, false, CHURN"
    })
    void aClientMoves(BigDecimal start, BigDecimal end, boolean hadMrrBefore, Movement movement) {
        assertThat(Movement.of(start, end, hadMrrBefore)).isEqualTo(movement);
    }

    @Test
    void ratesAreInPercentOfTheStartAndRoundHalfAwayFromZeroOnce() {
        Movements movements = of(List.of(
                client("100.00", "0.00"),
                client("100.00", "99.99"),
                client("600.00", "600.00"),
                client("0.00", "50.00"),
                client("0.01", "1000.00")));

        assertThat(movements.start()).isEqualTo("800.01");
        assertThat(movements.end()).isEqualTo("1749.99");
        assertThat(movements.amount(Movement.NEW)).isEqualTo("50.00");
        assertThat(movements.amount(Movement.REACTIVATION)).isEqualTo("0.00");
        assertThat(movements.amount(Movement.EXPANSION)).isEqualTo("999.99");
        assertThat(movements.amount(Movement.CONTRACTION)).isEqualTo("0.01");
        assertThat(movements.amount(Movement.CHURN)).isEqualTo("100.00");
        // 70000 / 800.01
        assertThat(movements.grossRetention()).isEqualTo("87.50");
        // 169999 / 800.01
        assertThat(movements.netRetention()).isEqualTo("212.50");
        assertThat(movements.clientsStart()).isEqualTo(4);
        assertThat(movements.clientsChurned()).isEqualTo(1);
        assertThat(movements.logoChurn()).isEqualTo("25.00");
    }

    @Test
    void withoutMrrAtTheStartThereAreNoRates() {
        Movements movements = of(List.of(client("0.00", "50.00")));

        assertThat(movements.grossRetention()).isNull();
        assertThat(movements.netRetention()).isNull();
        assertThat(movements.logoChurn()).isNull();
        assertThat(movements.end()).isEqualTo("50.00");
    }

    @Property
    void theMovementsOfAPortfolioAndOfEachSliceExplainTheDifference(@ForAll("clients") List<Client> clients) {
        Movements all = of(clients);
        assertExplained(all);
        Map<String, Movements> slices = new HashMap<>();
        clients.forEach(client -> add(slices.computeIfAbsent(client.slice(), s -> new Movements()), client));
        slices.values().forEach(MovementsTest::assertExplained);

        assertThat(slices.values().stream().map(Movements::end).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(all.end());
        for (Movement movement : Movement.values()) {
            assertThat(slices.values().stream()
                            .map(slice -> slice.amount(movement))
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(all.amount(movement));
        }
    }

    @Property
    void theEndOfAMonthIsTheStartOfTheNextAndTheyAddUp(@ForAll("lives") List<List<BigDecimal>> lives) {
        BigDecimal last = null;
        for (int month = 1; month < 6; month++) {
            Movements movements = new Movements();
            for (List<BigDecimal> life : lives) {
                BigDecimal start = life.get(month - 1);
                BigDecimal end = life.get(month);
                boolean before = life.subList(0, month - 1).stream().anyMatch(mrr -> mrr.signum() > 0);
                movements.add(start, end, Movement.of(start, end, before));
            }
            assertExplained(movements);
            if (last != null) {
                assertThat(movements.start()).isEqualTo(last);
            }
            last = movements.end();
        }
    }

    /// `sum(b) = sum(a) + new + reactivation + expansion - contraction - churn`
    private static void assertExplained(Movements movements) {
        BigDecimal explained = movements.start();
        for (Movement movement : Movement.values()) {
            BigDecimal amount = movements.amount(movement);
            assertThat(amount).isNotNegative();
            explained = movement.isGain() ? explained.add(amount) : explained.subtract(amount);
        }
        assertThat(explained).isEqualTo(movements.end());
    }

    private static Movements of(List<Client> clients) {
        Movements movements = new Movements();
        clients.forEach(client -> add(movements, client));
        return movements;
    }

    private static void add(Movements movements, Client client) {
        movements.add(client.start(), client.end(), Movement.of(client.start(), client.end(), client.hadMrrBefore()));
    }

    private static Client client(String start, String end) {
        return new Client(new BigDecimal(start), new BigDecimal(end), false, "");
    }

    @Provide
    Arbitrary<List<Client>> clients() {
        return Combinators.combine(amounts(), amounts(), Arbitraries.of(true, false), Arbitraries.of("Ana", "Bia", ""))
                .as(Client::new)
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<List<BigDecimal>>> lives() {
        return amounts().list().ofSize(6).list().ofMaxSize(10);
    }

    private static Arbitrary<BigDecimal> amounts() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(new BigDecimal("0.00"))),
                Tuple.of(
                        5,
                        Arbitraries.longs().between(1, 1_000_000_000_000L).map(cents -> BigDecimal.valueOf(cents, 2))));
    }
}
