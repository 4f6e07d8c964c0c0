package clientkpis.kpi.rehearsal;

import clientkpis.kpi.rehearsal.NaiveBacktest.Observation;
import clientkpis.kpi.rehearsal.RandomPortfolio.Client;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is measured by pairs and by ranks, straight from the text, in doubles: every pair is looked at.
final class NaivePairs {
    private final Map<String, @Nullable Double> members;

    NaivePairs(Map<String, @Nullable Double> members) {
        this.members = members;
    }

    private static double wins(int churned, int stayed) {
        return churned < stayed ? 1 : churned == stayed ? 0.5 : 0;
    }

    void auc(String name, List<Observation> all, Function<Observation, @Nullable Integer> value) {
        double won = 0;
        long pairs = 0;
        Set<String> stayed = new HashSet<>();
        long cases = 0;
        List<@Nullable Integer> values = all.stream().map(value).toList();
        for (int i = 0; i < all.size(); i++) {
            Observation one = all.get(i);
            Integer ofOne = values.get(i);
            if (ofOne == null) {
                continue;
            }
            if (!one.churned()) {
                stayed.add(one.client().id());
                continue;
            }
            cases++;
            for (int j = 0; j < all.size(); j++) {
                Observation other = all.get(j);
                Integer ofOther = values.get(j);
                if (!other.churned() && one.landmark() == other.landmark() && ofOther != null) {
                    pairs++;
                    won += wins(ofOne, ofOther);
                }
            }
        }
        members.put(name + ".cases", (double) cases);
        members.put(name + ".controlClients", (double) stayed.size());
        boolean isClaimed = cases >= 10 && stayed.size() >= 10 && pairs > 0;
        members.put(name, isClaimed ? won / pairs : null);
        if (isClaimed) {
            // The ends are where both sides are equal.
            double low = 1;
            double high = 0;
            for (int i = 0; i <= 200_000; i++) {
                double t = i / 200_000.0;
                double a = won / pairs;
                double n = (cases + stayed.size()) / 2.0 - 1;
                if ((a - t) * (a - t)
                        <= 1.96
                                * 1.96
                                * t
                                * (1 - t)
                                * (1 + n * ((1 - t) / (2 - t) + t / (1 + t)))
                                / (cases * (double) stayed.size())) {
                    low = Math.min(low, t);
                    high = Math.max(high, t);
                }
            }
            members.put(name + ".low", low);
            members.put(name + ".high", high);
        }
    }

    void difference(
            String name,
            List<Observation> all,
            Function<Observation, @Nullable Integer> value,
            Function<Observation, @Nullable Integer> less) {
        List<Observation> both = all.stream()
                .filter(o -> value.apply(o) != null && less.apply(o) != null)
                .toList();
        Map<String, double[]> tallies = new HashMap<>();
        double u = 0;
        long n = 0;
        for (Observation one : both) {
            for (Observation other : both) {
                Integer a = value.apply(one);
                Integer b = value.apply(other);
                Integer c = less.apply(one);
                Integer d = less.apply(other);
                if (one.churned()
                        && !other.churned()
                        && one.landmark() == other.landmark()
                        && a != null
                        && b != null
                        && c != null
                        && d != null) {
                    double won = wins(a, b) - wins(c, d);
                    u += won;
                    n++;
                    for (Client client : List.of(one.client(), other.client())) {
                        double[] tally = tallies.computeIfAbsent(client.id(), _ -> new double[2]);
                        tally[0] += won;
                        tally[1]++;
                    }
                }
            }
        }
        double sum = 0;
        for (double[] tally : tallies.values()) {
            sum += Math.pow(tally[0] * n - u * tally[1], 2);
        }
        long k = both.stream().filter(Observation::churned).count();
        long clients = both.stream()
                .filter(o -> !o.churned())
                .map(o -> o.client().id())
                .distinct()
                .count();
        boolean isClaimed = k >= 10 && clients >= 10 && n > 0;
        double half = 1.96 * Math.sqrt((double) k / (k - 1) * sum) / ((double) n * n);
        members.put(name, isClaimed ? u / n : null);
        members.put(name + ".low", isClaimed ? u / n - half : null);
        members.put(name + ".high", isClaimed ? u / n + half : null);
        members.put(name + ".se", isClaimed ? half / 1.96 : null);
    }

    void capture(List<Observation> all, int which) {
        List<Observation> scored =
                all.stream().filter(o -> o.judged().get(which).score != null).toList();
        long churned = scored.stream().filter(Observation::churned).count();
        for (int percent : new int[] {5, 10, 20}) {
            double captured = 0;
            for (Observation one : scored) {
                Integer score = one.judged().get(which).score;
                List<Integer> there = scored.stream()
                        .filter(o -> o.landmark() == one.landmark())
                        .map(o -> o.judged().get(which).score)
                        .toList();
                if (one.churned() && score != null) {
                    long below = there.stream().filter(s -> s < score).count();
                    long tied = there.stream().filter(score::equals).count();
                    double room = there.size() * percent / 100.0;
                    captured += Math.max(0, Math.min(1, (room - below) / tied));
                }
            }
            members.put("capture" + percent, churned < 10 ? null : captured / churned);
        }
    }
}
