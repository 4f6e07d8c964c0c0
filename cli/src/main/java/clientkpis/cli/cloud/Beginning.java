package clientkpis.cli.cloud;

import clientkpis.kpi.client.Scores;
import clientkpis.kpi.client.Tenure;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Map;

/// What a run begins with: the days before its first one, as they are reconstructed.
///
/// @param until the last of these days
/// @param hasMrr whether a client had MRR on any of them
/// @param clients client id to what is known of the client at the end of the last of them
/// @param summaries the portfolio at the end of each of them
public record Beginning(
        LocalDate until, boolean hasMrr, Map<String, Known> clients, Map<LocalDate, JsonNode> summaries) {
    public record Known(Scores scores, Tenure tenure) {}
}
