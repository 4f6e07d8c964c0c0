package clientkpis.store;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.History;
import clientkpis.kpi.client.Scores;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.client.Standing;
import clientkpis.kpi.client.Tenure;
import clientkpis.kpi.configuration.Rules;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/// Clients of every shape that a client can have, whether or not an evaluation gives it.
final class AnyClient {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 30);

    private AnyClient() {}

    static Arbitrary<Client> clients() {
        return Combinators.combine(
                        facets(),
                        scores(),
                        standings(),
                        tenures(),
                        ruled(),
                        numbers().injectNull(0.3),
                        wholes())
                .as((facets, scores, standing, tenure, ruled, engagement, version) -> new Client(
                        // The second one is longer than a key.
                        version % 2 == 0 ? "00.038.166/0001-05" : "ã".repeat(600),
                        version,
                        DAY,
                        facets,
                        engagement,
                        scores,
                        standing,
                        ruled,
                        version / 2,
                        tenure.returnedOn(),
                        tenure));
    }

    private static Arbitrary<Map<String, Client.Facet>> facets() {
        Arbitrary<String> uploads = Arbitraries.oneOf(
                texts(),
                Arbitraries.of(
                        "20260930T235959-0123456789-contratos.csv",
                        "20240229T000000-ffffffffff-",
                        "20260231T040000-0123456789-no-such-day.csv",
                        "20260930T046000-0123456789-no-such-minute.csv"));
        Arbitrary<Client.Facet> facets = Combinators.combine(
                        wholes(), uploads, Arbitraries.of(true, false), map(texts(), timelines()))
                .as(Client.Facet::new);
        return map(Arbitraries.oneOf(texts(), Arbitraries.of("billing", "usage", "clients")), facets);
    }

    private static Arbitrary<Timeline> timelines() {
        Arbitrary<Value> plain = Arbitraries.oneOf(
                numbers().map(Value.Number::new),
                texts().map(Value.Text::new),
                days().map(Value.Day::new),
                days().map(Value.Countdown::new));
        Arbitrary<Value> manual = Combinators.combine(
                        plain, texts().injectNull(0.2), texts().injectNull(0.2), days().injectNull(0.2))
                .as(Value.Manual::new);
        Arbitrary<Value> counts = Arbitraries.integers().between(0, 300).map(Value.Number::of);
        return map(days(), Arbitraries.oneOf(plain, counts, manual).injectNull(0.1))
                .map(values -> new Timeline(new TreeMap<LocalDate, @Nullable Value>(values)
                        .entrySet().stream()
                                .map(entry -> new Timeline.Step(entry.getKey(), entry.getValue()))
                                .toList()));
    }

    private static Arbitrary<Scores> scores() {
        Arbitrary<History> histories = map(
                        days(), Arbitraries.integers().between(-10_000, 10_000).injectNull(0.1))
                .map(values -> new History(new TreeMap<LocalDate, @Nullable Integer>(values)
                        .entrySet().stream()
                                .map(entry -> new History.Point(entry.getKey(), entry.getValue()))
                                .toList()));
        return Combinators.combine(senseScores(), senseScores(), histories, histories)
                .as(Scores::new);
    }

    private static Arbitrary<SenseScore> senseScores() {
        Arbitrary<Band> bands = Arbitraries.of(Band.class).injectNull(0.2);
        Arbitrary<BigDecimal> numbers = numbers().injectNull(0.2);
        Arbitrary<SenseScore.Part> parts = Combinators.combine(texts(), texts(), numbers(), numbers, numbers, numbers)
                .as(SenseScore.Part::new);
        Arbitrary<SenseScore.Below> below = Combinators.combine(numbers, bands).as(SenseScore.Below::new);
        return Combinators.combine(numbers, bands, numbers, parts.list().ofMaxSize(6), below.injectNull(0.5))
                .as(SenseScore::new);
    }

    private static Arbitrary<Standing> standings() {
        Arbitrary<Situation> situations = Arbitraries.of(Situation.class);
        Arbitrary<Standing.Transition> transitions = Combinators.combine(
                        days(),
                        situations.injectNull(0.2),
                        situations,
                        Arbitraries.oneOf(texts(), Arbitraries.of("upload", "daily", "configuration", "override")))
                .as(Standing.Transition::new);
        return Combinators.combine(
                        situations.injectNull(0.2),
                        situations.injectNull(0.5),
                        wholes(),
                        transitions.list().ofMaxSize(Standing.TRANSITIONS))
                .as(Standing::new);
    }

    private static Arbitrary<Tenure> tenures() {
        Arbitrary<LocalDate> days = days().injectNull(0.3);
        Arbitrary<Tenure.Left> left = Combinators.combine(days(), days, Arbitraries.of(true, false), days)
                .as(Tenure.Left::new);
        return Combinators.combine(days, days, left.injectNull(0.5)).as(Tenure::new);
    }

    private static Arbitrary<Map<String, Rules.Given>> ruled() {
        return map(
                texts(),
                Combinators.combine(Arbitraries.integers().between(1, 500), texts())
                        .as(Rules.Given::new));
    }

    private static <K, V> Arbitrary<Map<K, V>> map(Arbitrary<K> keys, Arbitrary<V> values) {
        return Arbitraries.maps(keys, values).ofMaxSize(8);
    }

    private static Arbitrary<LocalDate> days() {
        return Arbitraries.integers().between(-20_000, 2_000).map(DAY::plusDays);
    }

    private static Arbitrary<Long> wholes() {
        return Arbitraries.longs().greaterOrEqual(0);
    }

    private static Arbitrary<BigDecimal> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.bigDecimals().ofScale(2),
                Arbitraries.bigIntegers().map(BigDecimal::new),
                Arbitraries.of("0.00", "-0.01", "1E+3", "99999999999999999999.99", "-9223372036854775808")
                        .map(BigDecimal::new));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(12),
                Arbitraries.of("", "mrr", "Pão \uD83D\uDE00", "custom.NOTA", "x".repeat(300)));
    }
}
