package clientkpis.kpi.maturity;

import clientkpis.kpi.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the portfolio itself shows of how the company cares for it, reported beside the maturity index (fields.md,
/// *CSMI*). Clients are added one by one. Figures have scale 2 and are absent where the divisor is zero.
public final class Coverage {
    private static final int SCALE = 2;
    private static final int DAYS = 90;

    private final LocalDate day;
    private final Set<String> people = new HashSet<>();
    private long clients;
    private long active;
    private long touched;
    private long sponsored;
    private BigDecimal mrr = BigDecimal.ZERO;

    public Coverage(LocalDate day) {
        this.day = day;
    }

    /// Adds one client.
    ///
    /// @param inactive whether its status excludes it from the portfolio
    /// @param lastInteractionOn the day of the last completed activity
    /// @param hasSponsor whether an active sponsor is registered
    public void add(
            boolean inactive,
            @Nullable String cs,
            @Nullable BigDecimal monthly,
            @Nullable LocalDate lastInteractionOn,
            boolean hasSponsor) {
        clients++;
        if (!inactive) {
            active++;
            mrr = monthly == null ? mrr : mrr.add(monthly);
            if (cs != null) {
                people.add(Texts.fold(cs));
            }
        }
        if (lastInteractionOn != null
                && !lastInteractionOn.isBefore(day.minusDays(DAYS - 1L))
                && !lastInteractionOn.isAfter(day)) {
            touched++;
        }
        sponsored += hasSponsor ? 1 : 0;
    }

    /// Active clients per CS with at least one.
    public @Nullable BigDecimal clientsPerCs() {
        return ratio(BigDecimal.valueOf(active), people.size());
    }

    /// MRR of the active clients per CS with at least one.
    public @Nullable BigDecimal mrrPerCs() {
        return ratio(mrr, people.size());
    }

    /// "clients with a completed activity in the last 90 days / clients, percent"
    public @Nullable BigDecimal accountCoverage() {
        return ratio(BigDecimal.valueOf(touched * 100), clients);
    }

    /// Clients with an active sponsor, percent.
    public @Nullable BigDecimal withSponsor() {
        return ratio(BigDecimal.valueOf(sponsored * 100), clients);
    }

    private static @Nullable BigDecimal ratio(BigDecimal of, long to) {
        return to == 0 ? null : of.divide(BigDecimal.valueOf(to), SCALE, RoundingMode.HALF_UP);
    }
}
