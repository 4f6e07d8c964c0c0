package clientkpis.kpi.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.RandomPortfolio.Day;
import clientkpis.kpi.rehearsal.backtest.Horizon;
import clientkpis.kpi.rehearsal.move.Changes;
import clientkpis.kpi.rehearsal.move.MovedClient;
import clientkpis.kpi.rehearsal.move.Moves;
import clientkpis.kpi.rehearsal.statistic.Difference;
import clientkpis.kpi.rehearsal.statistic.Interval;
import clientkpis.kpi.rehearsal.weights.Suggestion;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Property(tries = 10)
    void orderOfClientsDoesNotMatter(@ForAll long seed, @ForAll long one, @ForAll long other) {
        RandomPortfolio portfolio = new RandomPortfolio(new Random(seed), 30, 150, true, false);

        assertThat(rehearse(portfolio, 0, one).toString())
                .isEqualTo(rehearse(portfolio, 0, other).toString());
    }

    @Property(tries = 10)
    void exchangedConfigurationsMirrorTheComparison(@ForAll long seed) {
        RandomPortfolio portfolio = new RandomPortfolio(new Random(seed), 60, 150, true, false);
        List<Horizon> ones = rehearse(portfolio, 0, 0).backtest().horizons();
        List<Horizon> others = rehearse(portfolio, 1, 0).backtest().horizons();
        for (int i = 0; i < ones.size(); i++) {
            Horizon.Measured one = (Horizon.Measured) ones.get(i);
            Horizon.Measured other = (Horizon.Measured) others.get(i);
            assertThat(other.inForce()).isEqualTo(one.candidate());
            assertThat(other.candidate()).isEqualTo(one.inForce());
            Difference difference = Objects.requireNonNull(one.comparison()).aucDifference();
            Difference mirrored = Objects.requireNonNull(other.comparison()).aucDifference();
            assertThat(other.comparison().caughtOnlyByInForce())
                    .isEqualTo(one.comparison().caughtOnlyByCandidate());
            assertThat(other.comparison().caughtByBoth())
                    .isEqualTo(one.comparison().caughtByBoth());
            BigDecimal value = difference.value();
            Interval interval = difference.interval();
            if (value != null && interval != null) {
                assertThat(mirrored.value()).isEqualTo(value.negate());
                assertThat(mirrored.interval())
                        .isEqualTo(new Interval(
                                interval.high().negate(), interval.low().negate()));
            } else {
                assertThat(mirrored).isEqualTo(difference);
            }
        }
    }

    @Test
    void noiseHasAnAucWhoseIntervalCoversOneHalf() {
        long covered = IntStream.range(0, 100)
                .filter(seed -> {
                    RandomPortfolio portfolio = new RandomPortfolio(new Random(seed), 100, 150, true, true);
                    Horizon.Measured measured = (Horizon.Measured)
                            rehearse(portfolio, 0, 0).backtest().horizons().get(1);
                    Interval interval = Objects.requireNonNull(
                            measured.inForce().indicators().getFirst().auc().interval(), "enough churns");
                    BigDecimal half = new BigDecimal("0.5");
                    return interval.low().compareTo(half) <= 0
                            && interval.high().compareTo(half) >= 0;
                })
                .count();

        assertThat(covered).isGreaterThanOrEqualTo(93);
    }

    @Test
    void suggestionNeverUsesALaterDayThanItsFit() {
        RandomPortfolio portfolio = new RandomPortfolio(new Random(7), 200, 260, true, false);
        Suggestion.Weights before = suggested(portfolio);
        int last = Math.toIntExact(
                RandomPortfolio.FIRST.until(before.fit().landmarks().getLast(), ChronoUnit.DAYS));
        Random random = new Random(8);
        for (RandomPortfolio.Client client : portfolio.clients) {
            for (Day day : client.days().subList(last + 1, portfolio.days)) {
                if (day != null) {
                    for (int i = 0; i < RandomPortfolio.FIELDS.size(); i++) {
                        day.judged[1].points[i] = random.nextInt(10_000);
                    }
                }
            }
        }

        Suggestion.Weights after = suggested(portfolio);

        assertThat(after.weights()).isEqualTo(before.weights());
        assertThat(after.fit()).isEqualTo(before.fit());
        assertThat(after.aucOfFit()).isEqualTo(before.aucOfFit());
        assertThat(after.aucOfValidation()).isNotEqualTo(before.aucOfValidation());
    }

    @Property(tries = 6)
    void suggestionIsThatOfTheText(@ForAll long seed) {
        RandomPortfolio portfolio = new RandomPortfolio(new Random(seed), 200, 260, true, false);

        NaiveWeights.assertIsThatOfTheText(portfolio, suggested(portfolio));
    }

    @Test
    void everyoneOnTheLastDayIsInOneCellOfBothTables() {
        RandomPortfolio portfolio = new RandomPortfolio(new Random(3), 150, 100, true, false);
        Moves moves = Objects.requireNonNull(rehearse(portfolio, 0, 0).moves());
        int present = (int) portfolio.clients.stream()
                .filter(client -> client.days().getLast() != null)
                .count();

        assertThat(moves.situations().stream().mapToInt(Moves.Cell::clients).sum())
                .isEqualTo(present);
        assertThat(moves.bands().stream().mapToInt(Moves.Cell::clients).sum()).isEqualTo(present);
        assertThat(moves.movedClients()).isGreaterThanOrEqualTo(moves.moved().size());
        List<Boolean> sameSituation = moves.moved().stream()
                .map(client ->
                        client.inForce().situation() == client.candidate().situation())
                .toList();
        assertThat(sameSituation).isSorted();
        assertThat(moves.moved()).allMatch(client -> !client.inForce().equals(client.candidate()));
    }

    @Test
    void firstSituationIsPublishedUnlessItIsNeutral() {
        RandomPortfolio portfolio = new RandomPortfolio(new Random(3), 2, 10, true, false);
        portfolio.clients.forEach(client -> client.days().replaceAll(_ -> new Day()));
        List<Situation> situations = List.of(Situation.NEUTRAL, Situation.NEUTRAL, Situation.RISK, Situation.RISK);
        for (int day = 0; day < situations.size(); day++) {
            day(portfolio, 0, day).judged[0].situation = situations.get(day);
        }
        for (int day = 4; day < 10; day++) {
            day(portfolio, 0, day).judged[0].situation = Situation.RISK;
        }
        portfolio.clients.get(1).days().replaceAll(day -> {
            Objects.requireNonNull(day).judged[0].situation = Situation.OPPORTUNITY;
            return day;
        });

        Moves moves = Objects.requireNonNull(rehearse(portfolio, 0, 0).moves());

        assertThat(moves.inForceChanges())
                .containsExactly(
                        new Changes(null, Situation.OPPORTUNITY, 1), new Changes(Situation.NEUTRAL, Situation.RISK, 1));
        assertThat(moves.candidateChanges()).isEmpty();
        assertThat(moves.moved())
                .extracting(MovedClient::clientId)
                .containsExactlyInAnyOrderElementsOf(portfolio.clients.stream()
                        .map(RandomPortfolio.Client::id)
                        .toList());
    }

    private static Day day(RandomPortfolio portfolio, int client, int day) {
        return Objects.requireNonNull(portfolio.clients.get(client).days().get(day));
    }

    private static Suggestion.Weights suggested(RandomPortfolio portfolio) {
        return (Suggestion.Weights) rehearse(portfolio, 0, 0).suggestion();
    }

    private static Rehearsal rehearse(RandomPortfolio portfolio, int first, long order) {
        return RehearsalOracleTest.rehearse(portfolio, portfolio.past(new Random(order), first, true), first);
    }
}
