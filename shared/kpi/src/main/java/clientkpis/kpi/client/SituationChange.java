package clientkpis.kpi.client;

import clientkpis.kpi.Value;
import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client's situation changed, with everything that explains it.
///
/// @param version grows by one per client, from 1
/// @param from null for the client's first situation
/// @param before the SenseScore at the end of the day before `asOf`
/// @param overridden fields set by hand that took part: the situation itself, the scores, what an indicator reads
/// @param routing `mrr`, `renewalOn`, `segment`, `stage`, `size`, `status`, as far as the client has them; no personal
/// data
public record SituationChange(
        String clientId,
        long version,
        @Nullable Situation from,
        Situation to,
        LocalDate asOf,
        Cause cause,
        SenseScore senseScore,
        SenseScore before,
        History.Mean scoreMean60,
        History.Mean scoreMean7,
        @Nullable BigDecimal engagementScore,
        History.Mean engagementMean60,
        History.Mean engagementMean7,
        Situation.Verdict verdict,
        long configurationVersion,
        @Nullable LocalDate configurationSince,
        List<String> overridden,
        Map<String, Value> routing) {

    /// The fields that a consumer routes by.
    public static final List<String> ROUTING = List.of("mrr", "renewalOn", "segment", "stage", "size", "status");

    public SituationChange {
        overridden = List.copyOf(overridden);
        routing = Map.copyOf(routing);
    }

    /// A first situation is published only when it is not neutral.
    public boolean isPublished() {
        return from != null || to != Situation.NEUTRAL;
    }
}
