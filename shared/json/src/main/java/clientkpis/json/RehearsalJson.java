package clientkpis.json;

import clientkpis.kpi.rehearsal.Population;
import clientkpis.kpi.rehearsal.Rehearsal;
import clientkpis.kpi.rehearsal.churn.Cause;
import clientkpis.kpi.rehearsal.move.Moves;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rehearsal as JSON. Schema is `events/rehearsal.schema.json`. What is not known, or not claimed, is left out.
public final class RehearsalJson {
    private RehearsalJson() {}

    /// What the model of a rehearsal does not know.
    ///
    /// @param tenant null where there is only one
    /// @param name null when the rehearsal has none
    /// @param earlier how many rehearsals were before; null when they are not counted
    /// @param notRehearsed where the candidate differs without counting
    /// @param unknownUntil a field to the day until which it was unknown; without those that were always known
    public record Told(
            @Nullable String tenant,
            @Nullable String name,
            @Nullable Integer earlier,
            List<String> notRehearsed,
            Map<String, LocalDate> unknownUntil) {
        public Told {
            notRehearsed = List.copyOf(notRehearsed);
            unknownUntil = Map.copyOf(unknownUntil);
        }
    }

    public static ObjectNode write(Rehearsal rehearsal, Told told) {
        ObjectNode json = Json.object();
        if (told.tenant != null) {
            json.put("tenant", told.tenant);
        }
        if (told.name != null) {
            json.put("name", told.name);
        }
        json.put("from", rehearsal.period().first().toString())
                .put("to", rehearsal.period().last().toString())
                .put("days", rehearsal.period().days())
                .put("kind", kind(rehearsal.kind()))
                .put("observedFrom", rehearsal.observedFrom().toString());
        if (told.earlier != null) {
            json.put("earlier", told.earlier);
        }
        ArrayNode notRehearsed = json.putArray("notRehearsed");
        told.notRehearsed.forEach(notRehearsed::add);
        json.set("population", population(rehearsal.population()));
        Moves moves = rehearsal.moves();
        if (moves != null) {
            json.set("rehearsal", MovesJson.write(moves));
        }
        json.set("backtest", BacktestJson.write(rehearsal.backtest(), told.unknownUntil));
        json.set("suggestion", SuggestionJson.write(rehearsal.suggestion()));
        return json;
    }

    private static String kind(Rehearsal.Kind kind) {
        return switch (kind) {
            case OBSERVED -> "observed";
            case RECONSTRUCTED -> "reconstructed";
            case MIXED -> "mixed";
        };
    }

    private static ObjectNode population(Population population) {
        ObjectNode json = Json.object()
                .put("clients", population.clients())
                .put("customersToday", population.customersToday())
                .put("neverCustomers", population.neverCustomers())
                .put("churns", population.churns());
        ObjectNode causes = json.putObject("causes");
        for (Cause cause : Cause.values()) {
            causes.put(cause.label(), population.causes().getOrDefault(cause, 0));
        }
        return json.put("reactivations", population.reactivations())
                .put("lost", population.lost())
                .put("undecided", population.undecided())
                .put("dayUnknown", population.dayUnknown())
                .put("mrrChurned", population.mrrChurned());
    }
}
