package clientkpis.nps;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// An answer to the question how likely one is to recommend the product.
///
/// @param respondent null when unknown: then nobody else gave this answer
/// @param score 0 to 10
public record Answer(String answerId, @Nullable String respondent, int score, LocalDate answeredOn) {
    public boolean isPromoter() {
        return score >= 9;
    }

    public boolean isDetractor() {
        return score <= 6;
    }
}
