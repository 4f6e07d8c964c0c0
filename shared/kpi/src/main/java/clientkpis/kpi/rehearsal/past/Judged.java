package clientkpis.kpi.rehearsal.past;

import clientkpis.kpi.score.Scoring;
import java.util.Objects;

/// One of the two configurations: how its score is made, and where its judgements are.
public enum Judged {
    IN_FORCE,
    CANDIDATE;

    public JudgedDays of(PastClient client) {
        return this == IN_FORCE
                ? client.days().inForce()
                : Objects.requireNonNull(client.days().candidate(), "no candidate is rehearsed");
    }

    /// What a configuration is for a backtest.
    public record With(Judged judged, Scoring scoring) {}
}
