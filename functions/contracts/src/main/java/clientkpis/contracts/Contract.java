package clientkpis.contracts;

import clientkpis.kpi.Texts;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A contract with the client.
///
/// @param value what it brings, a month when the model is `MRR`
/// @param licences null when not given
/// @param recurring null when not given
public record Contract(
        String model,
        BigDecimal value,
        String status,
        @Nullable LocalDate startsOn,
        @Nullable LocalDate endsOn,
        @Nullable BigDecimal licences,
        @Nullable Boolean recurring) {

    /// "*Active* is the contract's status, not its dates: an active contract may be past its end."
    public boolean isActive() {
        return Texts.isActive(status);
    }

    public boolean isMrr() {
        return Texts.fold(model).equals("mrr");
    }

    /// "A blank `recurring` means: recurring when the model is `MRR`."
    public boolean isRecurring() {
        return recurring == null ? isMrr() : recurring;
    }
}
