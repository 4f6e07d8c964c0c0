package clientkpis.kpi.client;

import clientkpis.kpi.Value;
import clientkpis.kpi.configuration.Configuration;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client's situation changed, with everything that explains it.
///
/// @param version grows by one per client; after a restore, or if one is taken, by more
/// @param from null for the client's first situation
/// @param scores at `asOf`
/// @param engagementScore in force at `asOf`
/// @param overridden fields set by hand that took part: the situation itself, the scores, what an indicator reads
/// @param routing the values of [#ROUTING] that the client has; no personal data
public record SituationChange(
        String clientId,
        long version,
        @Nullable Situation from,
        Situation to,
        LocalDate asOf,
        Cause cause,
        Scores scores,
        @Nullable BigDecimal engagementScore,
        Situation.Verdict verdict,
        Configuration.Active configuration,
        List<String> overridden,
        Map<String, Value> routing) {

    /// The fields that a consumer routes by.
    public static final List<String> ROUTING = List.of("mrr", "renewalOn", "segment", "stage", "size", "status");

    /// The same with another version.
    SituationChange numbered(long number) {
        return new SituationChange(
                clientId,
                number,
                from,
                to,
                asOf,
                cause,
                scores,
                engagementScore,
                verdict,
                configuration,
                overridden,
                routing);
    }

    public SituationChange {
        overridden = List.copyOf(overridden);
        routing = Map.copyOf(routing);
    }

    /// The means of the SenseScore that were compared.
    public Situation.Means senseScoreMeans() {
        return Situation.Means.of(scores.senseScoreHistory(), asOf);
    }

    /// The means of the Engagement Score that were compared.
    public Situation.Means engagementMeans() {
        return Situation.Means.of(scores.engagementHistory(), asOf);
    }

    /// A first situation is published only when it is not neutral.
    public boolean isPublished() {
        return from != null || to != Situation.NEUTRAL;
    }
}
