package clientkpis.kpi.score;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// The portfolio's use of the product: how many clients did how many actions in their 30 days. The list stays short
/// however large the portfolio is, and every client's rank from it is exact.
public final class Distribution {
    private final BigInteger[] values;
    /// How many clients are below `values[i]`; the last entry counts all clients.
    private final long[] below;

    /// @param clients number of actions to the number of clients that did that many
    public Distribution(Map<BigInteger, Long> clients) {
        TreeMap<BigInteger, Long> sorted = new TreeMap<>(clients);
        values = new BigInteger[sorted.size()];
        below = new long[sorted.size() + 1];
        int i = 0;
        for (var entry : sorted.entrySet()) {
            values[i] = entry.getKey();
            below[i + 1] = below[i] + entry.getValue();
            i++;
        }
    }

    /// `100 x (2 x less + equal - n) / n` (fields.md, *Usage*), scale 2.
    ///
    /// @throws IllegalArgumentException when no client of the portfolio has that many actions
    public BigDecimal engagementScore(BigInteger actions) {
        int i = Arrays.binarySearch(values, actions);
        if (i < 0) {
            throw new IllegalArgumentException("No client of the portfolio has " + actions + " actions");
        }
        long less = below[i];
        long equal = below[i + 1] - less;
        long n = below[values.length];
        return Fraction.of(100 * (2 * less + equal - n), n).rounded(2);
    }
}
