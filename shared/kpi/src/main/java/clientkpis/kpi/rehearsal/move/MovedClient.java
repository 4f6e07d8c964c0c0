package clientkpis.kpi.rehearsal.move;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.past.JudgedDays;
import clientkpis.kpi.rehearsal.past.PastClient;
import clientkpis.kpi.rehearsal.statistic.Observations;
import clientkpis.kpi.score.Band;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A client that the candidate judges otherwise on the last day.
///
/// @param mrr null when it has none
/// @param because the indicators whose contribution differs, the largest difference first
public record MovedClient(
        String clientId, @Nullable BigDecimal mrr, Judgement inForce, Judgement candidate, List<Because> because) {

    /// @param senseScore scale 2; null when there is none
    public record Judgement(
            @Nullable BigDecimal senseScore, @Nullable Band band, Situation situation) {
        static Judgement of(JudgedDays days, int day) {
            int score = days.score(day);
            return new Judgement(
                    score == Observations.NONE ? null : BigDecimal.valueOf(score, 2),
                    days.band(day),
                    Objects.requireNonNullElse(days.situation(day), Situation.NEUTRAL));
        }
    }

    /// @param inForce the indicator's contribution to the score; null when it has none
    public record Because(
            String indicator,
            @Nullable BigDecimal inForce,
            @Nullable BigDecimal candidate) {
        BigDecimal difference() {
            return orZero(candidate).subtract(orZero(inForce)).abs();
        }

        private static BigDecimal orZero(@Nullable BigDecimal number) {
            return number == null ? BigDecimal.ZERO : number;
        }
    }

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    /// Another situation first, then the difference of scores, MRR, id.
    static final Comparator<MovedClient> ORDER = Comparator.comparing(
                    (MovedClient client) -> client.inForce.situation == client.candidate.situation)
            .thenComparing(MovedClient::difference, Comparator.reverseOrder())
            .thenComparing(client -> Because.orZero(client.mrr), Comparator.reverseOrder())
            .thenComparing(MovedClient::clientId, CodePoints.ORDER);

    static MovedClient of(PastClient client, int day) {
        JudgedDays one = Judged.IN_FORCE.of(client);
        JudgedDays other = Judged.CANDIDATE.of(client);
        return new MovedClient(
                client.clientId(),
                client.days().table().mrr(day),
                Judgement.of(one, day),
                Judgement.of(other, day),
                because(one.today().contributions(), other.today().contributions()));
    }

    private static List<Because> because(Map<String, BigDecimal> inForce, Map<String, BigDecimal> candidate) {
        Set<String> indicators = new LinkedHashSet<>(inForce.keySet());
        indicators.addAll(candidate.keySet());
        List<Because> because = new ArrayList<>();
        for (String indicator : indicators) {
            Because one = new Because(indicator, inForce.get(indicator), candidate.get(indicator));
            if (one.difference().signum() != 0) {
                because.add(one);
            }
        }
        because.sort(Comparator.comparing(Because::difference)
                .reversed()
                .thenComparing(Because::indicator, CodePoints.ORDER));
        return because;
    }

    boolean hasMoved() {
        return !inForce.equals(candidate);
    }

    /// Of the scores; 100 if only one has one.
    private BigDecimal difference() {
        BigDecimal one = inForce.senseScore;
        BigDecimal other = candidate.senseScore;
        if (one == null || other == null) {
            return one == null && other == null ? BigDecimal.ZERO : WHOLE;
        }
        return one.subtract(other).abs();
    }
}
