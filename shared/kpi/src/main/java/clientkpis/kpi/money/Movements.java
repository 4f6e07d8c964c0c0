package clientkpis.kpi.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The movements of the clients of a portfolio, or of a slice of it, in a period. What they amount to is the difference
/// between the MRR at its end and at its start. Amounts are exact, with scale 2; no MRR is negative.
public final class Movements {
    private static final BigDecimal ZERO = BigDecimal.ZERO.setScale(2);
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    private BigDecimal start = ZERO;
    private BigDecimal end = ZERO;
    private final Map<Movement, BigDecimal> amounts = new EnumMap<>(Movement.class);
    private long clientsStart;
    private long clientsChurned;

    /// Adds a client.
    ///
    /// @param from its MRR at the start, 0 if it is not in the portfolio then
    /// @param to its MRR at the end, likewise
    /// @param movement as [Movement#of] says
    public void add(BigDecimal from, BigDecimal to, @Nullable Movement movement) {
        start = start.add(from);
        end = end.add(to);
        if (from.signum() > 0) {
            clientsStart++;
        }
        if (movement != null) {
            amounts.merge(movement, to.subtract(from).abs(), BigDecimal::add);
            if (movement == Movement.CHURN) {
                clientsChurned++;
            }
        }
    }

    public BigDecimal start() {
        return start;
    }

    public BigDecimal end() {
        return end;
    }

    public BigDecimal amount(Movement movement) {
        return amounts.getOrDefault(movement, ZERO);
    }

    public long clientsStart() {
        return clientsStart;
    }

    public long clientsChurned() {
        return clientsChurned;
    }

    /// What is left of the MRR at the start, without what grew, in percent; null if there was none.
    public @Nullable BigDecimal grossRetention() {
        return ofStart(kept());
    }

    /// What became of the MRR at the start, with what grew, in percent; null if there was none.
    public @Nullable BigDecimal netRetention() {
        return ofStart(kept().add(amount(Movement.EXPANSION)));
    }

    private BigDecimal kept() {
        return start.subtract(amount(Movement.CONTRACTION)).subtract(amount(Movement.CHURN));
    }

    private @Nullable BigDecimal ofStart(BigDecimal part) {
        return start.signum() == 0 ? null : percent(part, start);
    }

    /// How many of the clients with MRR at the start have none at the end, in percent; null if there were none.
    public @Nullable BigDecimal logoChurn() {
        return clientsStart == 0 ? null : percent(BigDecimal.valueOf(clientsChurned), BigDecimal.valueOf(clientsStart));
    }

    private static BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return part.multiply(PERCENT).divide(whole, 2, RoundingMode.HALF_UP);
    }
}
