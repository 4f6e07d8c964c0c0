package clientkpis.kpi.maturity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Customer Success Maturity Index (fields.md, *CSMI*).
public final class Maturity {
    private static final int SCALE = 2;
    private static final int POINTS_A_LEVEL = 25;

    private Maturity() {}

    /// A pillar and the keys of its items.
    public record Pillar(String key, List<String> items) {
        public Pillar {
            items = List.copyOf(items);
        }
    }

    /// @param level from 1 to 5; 5 is the best, for inverse items too
    /// @param weight 0 or more; an item of weight 0 counts as answered, but in no mean
    public record Answer(int level, BigDecimal weight) {
        public Answer {
            if (level < 1 || level > 5 || weight.signum() < 0) {
                throw new IllegalArgumentException("A level is 1 to 5 and a weight 0 or more: " + level);
            }
        }

        /// "`(level - 1) / 4 x 100`"
        public BigDecimal score() {
            return BigDecimal.valueOf((level - 1L) * POINTS_A_LEVEL).setScale(SCALE);
        }
    }

    /// @param score weighted mean of the answered items, scale 2; null when no item counts
    public record PillarScore(String key, @Nullable BigDecimal score, int answered, int items) {}

    /// @param index mean of the answered pillars, scale 2
    /// @param coverage answered items in percent of all items, scale 2
    /// @param weakest the pillar with the lowest score; the first of equals
    public record Assessment(List<PillarScore> pillars, BigDecimal index, BigDecimal coverage, String weakest) {
        public Assessment {
            pillars = List.copyOf(pillars);
        }
    }

    /// Assesses a company.
    ///
    /// @param answers by item
    /// @return empty when nothing that counts was answered, which differs from an index of zero
    /// @throws IllegalArgumentException when an answer belongs to no pillar
    public static Optional<Assessment> assess(List<Pillar> pillars, Map<String, Answer> answers) {
        List<PillarScore> scores = new ArrayList<>();
        List<BigDecimal> answered = new ArrayList<>();
        int items = 0;
        int given = 0;
        for (Pillar pillar : pillars) {
            List<Answer> own = pillar.items().stream()
                    .flatMap(item -> Optional.ofNullable(answers.get(item)).stream())
                    .toList();
            BigDecimal score = mean(own);
            if (score != null) {
                answered.add(score);
            }
            scores.add(new PillarScore(
                    pillar.key(), score, own.size(), pillar.items().size()));
            items += pillar.items().size();
            given += own.size();
        }
        if (given != answers.size()) {
            throw new IllegalArgumentException("An answer belongs to no pillar: " + answers.keySet());
        }
        if (answered.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal sum = answered.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        String weakest = scores.stream()
                .filter(pillar -> pillar.score() != null)
                .min(Comparator.comparing(
                        pillar -> Optional.ofNullable(pillar.score()).orElseThrow()))
                .orElseThrow()
                .key();
        return Optional.of(new Assessment(
                scores,
                sum.divide(BigDecimal.valueOf(answered.size()), SCALE, RoundingMode.HALF_UP),
                BigDecimal.valueOf(given * 100L).divide(BigDecimal.valueOf(items), SCALE, RoundingMode.HALF_UP),
                weakest));
    }

    private static @Nullable BigDecimal mean(List<Answer> answers) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal weights = BigDecimal.ZERO;
        for (Answer answer : answers) {
            sum = sum.add(answer.weight().multiply(answer.score()));
            weights = weights.add(answer.weight());
        }
        return weights.signum() == 0 ? null : sum.divide(weights, SCALE, RoundingMode.HALF_UP);
    }
}
