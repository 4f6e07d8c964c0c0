package clientkpis.kpi.client;

import clientkpis.kpi.Value;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.Scoring;
import clientkpis.kpi.score.SenseScore;
import clientkpis.kpi.score.WouldChange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A client on one day, for whoever asks for more than one thing: what its rows give on the day is found once.
public final class ClientOnDay {
    private final Client client;
    private final Fields fields;

    /// @param fields those that the client has
    ClientOnDay(Client client, Fields fields) {
        this.client = client;
        this.fields = fields;
    }

    public Client client() {
        return client;
    }

    public LocalDate day() {
        return fields.day();
    }

    /// As [Client#value].
    public @Nullable Value value(String field) {
        return fields.value(field);
    }

    /// What would change the SenseScore.
    ///
    /// @param limits the values that a field can have
    public WouldChange wouldChange(Scoring scoring, Function<String, WouldChange.Limits> limits) {
        return fields.wouldChange(fields.engagement(client.engagementScore()), scoring, limits);
    }

    /// The situation that the scores give, and why.
    public Situation.Verdict verdict(Configuration.Trend opportunityTrend) {
        return Situation.at(
                fields.day(), client.scores(), fields.engagement(client.engagementScore()), opportunityTrend);
    }

    /// Every known value of each field, as shown, the one in force first: set by hand, then by rule, then calculated or
    /// uploaded. Fields without a value are left out.
    public Map<String, List<Fields.Layer>> layers() {
        Map<String, List<Fields.Layer>> layers = new LinkedHashMap<>();
        fields.uploaded().forEach((field, layer) -> add(layers, field, shown(layer)));
        Fields.Origin formula = new Fields.Origin.Formula();
        formulas().forEach((field, value) -> add(layers, field, new Fields.Layer(formula, value)));
        client.ruled()
                .forEach((field, given) -> add(
                        layers,
                        field,
                        new Fields.Layer(new Fields.Origin.Rule(given.position()), new Value.Text(given.value()))));
        fields.manual().forEach((field, value) -> {
            if (isInForce(field)) {
                Fields.Origin origin = new Fields.Origin.Manual(value.author(), value.reason(), value.expiresOn());
                add(layers, field, new Fields.Layer(origin, value.on(fields.day())));
            }
        });
        return layers;
    }

    private Fields.Layer shown(Fields.Layer layer) {
        Value value = layer.value().on(fields.day());
        return value.equals(layer.value()) ? layer : new Fields.Layer(layer.origin(), value);
    }

    /// A situation that was set by hand is in force only once it is settled.
    private boolean isInForce(String setByHand) {
        return !setByHand.equals(Fields.SITUATION) || client.standing().calculated() != null;
    }

    /// What is calculated, before any rule, below what was set by hand.
    private Map<String, Value> formulas() {
        Standing standing = client.standing();
        SenseScore score = client.scores().senseScore();
        SenseScore.Below below = score.below();
        Band band = below == null ? score.band() : below.band();
        Situation calculated = standing.calculated() == null ? standing.situation() : standing.calculated();
        Map<String, Value> formulas = new LinkedHashMap<>();
        Fields.putNumber(formulas, Fields.ENGAGEMENT, client.engagementScore());
        Fields.putNumber(formulas, Fields.SENSE_SCORE, below == null ? score.value() : below.value());
        Fields.putNumber(formulas, Fields.COVERAGE, score.coverage());
        if (band != null) {
            formulas.put(Fields.BAND, new Value.Text(band.label()));
        }
        if (fields.isWhole()) {
            formulas.putAll(fields.variations(client.scores().senseScoreHistory()));
        }
        if (calculated != null) {
            formulas.put(Fields.SITUATION, new Value.Text(calculated.label()));
        }
        if (standing.version() > 0) {
            formulas.put(Fields.SITUATION_VERSION, Value.Number.of(standing.version()));
        }
        if (client.firstMrrOn() != null) {
            formulas.put(Fields.FIRST_MRR_ON, new Value.Day(client.firstMrrOn()));
        }
        return formulas;
    }

    /// The values in force, as shown: the topmost of [#layers]. Absent fields are left out.
    public Map<String, Value> shown() {
        Map<String, Value> shown = new LinkedHashMap<>();
        fields.uploaded()
                .forEach((field, layer) -> shown.put(field, layer.value().on(fields.day())));
        shown.putAll(formulas());
        client.ruled().forEach((field, given) -> shown.put(field, new Value.Text(given.value())));
        fields.manual().forEach((field, value) -> {
            if (isInForce(field)) {
                shown.put(field, value.on(fields.day()));
            }
        });
        return shown;
    }

    private static void add(Map<String, List<Fields.Layer>> layers, String field, Fields.Layer layer) {
        layers.computeIfAbsent(field, f -> new ArrayList<>(1)).addFirst(layer);
    }
}
