package clientkpis.kpi.rehearsal.statistic;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pairs of one landmark, one churned and one stayed, that scores put in order: a score wins a pair in which the
/// churned has the lower value, and half of a tie. Wins are counted exactly, in halves.
///
/// @param cases how many observations churned
/// @param controls how many stayed
/// @param controlClients how many different clients these are
/// @param pairs how many pairs of one landmark they are
/// @param halfWins twice the pairs won; in a difference less those that the other score wins
/// @param spread twice-scaled sum of squares `4 sum((uN - Um)^2)` of the clients' pairs won
record Won(int cases, int controls, int controlClients, long pairs, long halfWins, BigInteger spread) {

    /// One client's pairs.
    private static final class Tally {
        private long halfWins;
        private long pairs;
    }

    /// Counts one score's wins, less those of another.
    ///
    /// @param other null: no other score
    static Won of(Observations observations, int[] values, int @Nullable [] other) {
        Map<Integer, Tally> clients = new HashMap<>();
        BitSet stayed = new BitSet();
        int cases = 0;
        int controls = 0;
        long pairs = 0;
        long halfWins = 0;
        for (int landmark = 0; landmark < observations.landmarks(); landmark++) {
            int[] churnedAt = positions(observations, landmark, true, values, other);
            int[] stayedAt = positions(observations, landmark, false, values, other);
            cases += churnedAt.length;
            controls += stayedAt.length;
            pairs += (long) churnedAt.length * stayedAt.length;
            for (int position : stayedAt) {
                stayed.set(observations.client(position));
            }
            halfWins += add(clients, observations, churnedAt, stayedAt, values, 1);
            if (other != null) {
                halfWins += add(clients, observations, churnedAt, stayedAt, other, -1);
            }
            count(clients, observations, churnedAt, stayedAt.length);
            count(clients, observations, stayedAt, churnedAt.length);
        }
        BigInteger spread = BigInteger.ZERO;
        BigInteger n = BigInteger.valueOf(pairs);
        BigInteger u = BigInteger.valueOf(halfWins);
        for (Tally tally : clients.values()) {
            BigInteger off = BigInteger.valueOf(tally.halfWins)
                    .multiply(n)
                    .subtract(u.multiply(BigInteger.valueOf(tally.pairs)));
            spread = spread.add(off.multiply(off));
        }
        return new Won(cases, controls, stayed.cardinality(), pairs, halfWins, spread);
    }

    /// The positions of one side of a landmark that have all values.
    private static int[] positions(
            Observations observations, int landmark, boolean churned, int[] values, int @Nullable [] other) {
        int from = observations.start(landmark);
        int to = observations.start(landmark + 1);
        int[] positions = new int[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (observations.hasChurned(i) == churned
                    && values[i] != Observations.NONE
                    && (other == null || other[i] != Observations.NONE)) {
                positions[count++] = i;
            }
        }
        return Arrays.copyOf(positions, count);
    }

    private static void count(Map<Integer, Tally> clients, Observations observations, int[] side, int others) {
        for (int position : side) {
            tally(clients, observations, position).pairs += others;
        }
    }

    private static Tally tally(Map<Integer, Tally> clients, Observations observations, int position) {
        return clients.computeIfAbsent(observations.client(position), _ -> new Tally());
    }

    /// Adds the wins of both sides, times `sign`, to their clients. Sorted once, every observation finds its rank.
    ///
    /// @return the half wins
    private static long add(
            Map<Integer, Tally> clients,
            Observations observations,
            int[] churned,
            int[] stayed,
            int[] values,
            int sign) {
        int[] low = sorted(churned, values);
        int[] high = sorted(stayed, values);
        long all = 0;
        for (int position : churned) {
            int value = values[position];
            long won = 2L * high.length - below(high, value) - below(high, value + 1);
            tally(clients, observations, position).halfWins += sign * won;
            all += won;
        }
        for (int position : stayed) {
            int value = values[position];
            tally(clients, observations, position).halfWins +=
                    sign * ((long) below(low, value) + below(low, value + 1));
        }
        return sign * all;
    }

    static int[] sorted(int[] positions, int[] values) {
        int[] sorted = new int[positions.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = values[positions[i]];
        }
        Arrays.sort(sorted);
        return sorted;
    }

    /// How many of ascending values are below one.
    private static int below(int[] ascending, int value) {
        int from = 0;
        int to = ascending.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (ascending[middle] < value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    boolean isClaimed() {
        return cases >= Share.LEAST && controlClients >= Share.LEAST && pairs > 0;
    }

    /// `sqrt(k/(k-1) sum((uN - Um)^2)) / N^2`.
    double standardError() {
        double k = cases;
        return Math.sqrt(k / (k - 1) * spread.doubleValue() / 4) / pairs / pairs;
    }

    /// Whether the AUC of a score with so many half wins over the same pairs is at most one standard error below.
    /// Exact.
    boolean isWithinOneError(long others) {
        BigInteger below = BigInteger.valueOf(halfWins - others).multiply(BigInteger.valueOf(pairs));
        return others >= halfWins
                || below.multiply(below)
                                .multiply(BigInteger.valueOf(cases - 1L))
                                .compareTo(spread.multiply(BigInteger.valueOf(cases)))
                        <= 0;
    }
}
