package clientkpis.kpi.client;

import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A client's scores in force and their histories.
///
/// @param senseScore of the client's last evaluation
/// @param before the SenseScore at the end of the day before that evaluation's
public record Scores(SenseScore senseScore, SenseScore before, History senseScoreHistory, History engagementHistory) {
    public static final Scores NONE = new Scores(SenseScore.NONE, SenseScore.NONE, History.EMPTY, History.EMPTY);

    /// The scores after an evaluation.
    ///
    /// @param isNewDay whether `day` is later than the last evaluation's
    Scores with(LocalDate day, boolean isNewDay, SenseScore score, @Nullable BigDecimal engagement) {
        return new Scores(
                score,
                isNewDay ? senseScore : before,
                senseScoreHistory.with(day, score.value()).keptAt(day),
                engagementHistory.with(day, engagement).keptAt(day));
    }

    /// Whether anything differs that does not follow from the date alone, as `before` does.
    boolean differFrom(Scores other) {
        return !senseScore.equals(other.senseScore)
                || !senseScoreHistory.equals(other.senseScoreHistory)
                || !engagementHistory.equals(other.engagementHistory);
    }

    /// Without the part of the histories that no reading at `day` or later can reach.
    Scores keptAt(LocalDate day) {
        return new Scores(senseScore, before, senseScoreHistory.keptAt(day), engagementHistory.keptAt(day));
    }
}
