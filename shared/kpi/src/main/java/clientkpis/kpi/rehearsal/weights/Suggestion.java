package clientkpis.kpi.rehearsal.weights;

import clientkpis.kpi.rehearsal.statistic.Difference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which weights would have done better, and whether they held on later days.
public sealed interface Suggestion {
    enum Reason {
        ONE_INDICATOR,
        TOO_MANY_INDICATORS,
        CIRCULAR_INDICATOR,
        TOO_FEW_CHURNS
    }

    enum Verdict {
        /// The current weights stay.
        KEEP,
        /// Better on later days, too.
        HOLDS,
        /// Not to be taken.
        DOES_NOT_HOLD
    }

    record None(Reason reason) implements Suggestion {}

    /// Landmarks, and the observations at them that have a score.
    record Sample(List<LocalDate> landmarks, int observations, int cases) {
        public Sample {
            landmarks = List.copyOf(landmarks);
        }
    }

    /// The weights of one indicator.
    ///
    /// @param current as configured; best and suggested ones are too, or sum to 100
    record Weight(String name, BigDecimal current, BigDecimal best, BigDecimal suggested) {}

    /// The AUC with each weights; null where nothing is claimed.
    record Aucs(
            @Nullable BigDecimal current,
            @Nullable BigDecimal best,
            @Nullable BigDecimal suggested,
            @Nullable BigDecimal equal) {}

    /// @param fit what the weights were chosen by
    /// @param validation the later landmarks
    /// @param difference at these, the suggested AUC less the current
    record Weights(
            int horizon,
            Sample fit,
            Sample validation,
            List<Weight> weights,
            Aucs aucOfFit,
            Aucs aucOfValidation,
            Difference difference,
            Verdict verdict)
            implements Suggestion {
        public Weights {
            weights = List.copyOf(weights);
        }
    }
}
