package clientkpis.json;

import clientkpis.kpi.rehearsal.backtest.AlertMeasures;
import clientkpis.kpi.rehearsal.backtest.BandMeasure;
import clientkpis.kpi.rehearsal.backtest.ChurnMeasures;
import clientkpis.kpi.rehearsal.backtest.IndicatorMeasure;
import clientkpis.kpi.rehearsal.backtest.Measures;
import clientkpis.kpi.rehearsal.statistic.Quartiles;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What one configuration is worth for one horizon, as JSON.
final class MeasuresJson {
    private MeasuresJson() {}

    static ObjectNode write(Measures measures, Map<String, LocalDate> unknownUntil) {
        ObjectNode json = Json.object();
        json.set("alerts", alerts(measures.alerts()));
        json.set("churns", churns(measures.churns()));
        ArrayNode bands = json.putArray("bands");
        measures.bands().forEach(band -> bands.add(band(band)));
        json.set("auc", StatisticJson.write(measures.auc()));
        json.put("unscored", measures.unscored());
        SortedMap<Integer, BigDecimal> capture = measures.capture();
        if (capture != null) {
            ObjectNode shares = json.putObject("capture");
            capture.forEach((percent, share) -> shares.put(Integer.toString(percent), share));
        }
        ArrayNode indicators = json.putArray("indicators");
        for (IndicatorMeasure one : measures.indicators()) {
            indicators.add(indicator(one, unknownUntil.get(one.indicator().field())));
        }
        return json;
    }

    private static ObjectNode alerts(AlertMeasures alerts) {
        ObjectNode json = Json.object()
                .put("all", alerts.all())
                .put("repeats", alerts.repeats())
                .put("undecided", alerts.undecided());
        json.set("precision", StatisticJson.write(alerts.precision()));
        json.set("alertedAnyway", StatisticJson.write(alerts.alertedAnyway()));
        SenseScoreJson.put(json, "lift", alerts.lift());
        SenseScoreJson.put(json, "falsePer100ClientMonths", alerts.falsePer100ClientMonths());
        return json;
    }

    private static ObjectNode churns(ChurnMeasures churns) {
        ObjectNode json = Json.object();
        json.set("recall", StatisticJson.write(churns.recall()));
        json.set("atRiskTheDayBefore", StatisticJson.write(churns.atRiskTheDayBefore()));
        json.put("scored", churns.scored());
        json.set("greenUntilChurn", StatisticJson.write(churns.greenUntilChurn()));
        json.set("neverRed", StatisticJson.write(churns.neverRed()));
        ChurnMeasures.BandBefore before = churns.bandBefore();
        json.putObject("bandBefore")
                .put("red", before.red())
                .put("yellow", before.yellow())
                .put("green", before.green())
                .put("none", before.none())
                .put("notYet", before.notYet());
        ObjectNode lead = json.putObject("leadDays").put("of", churns.leadDays().of());
        Quartiles.Cuts cuts = churns.leadDays().cuts();
        if (cuts != null) {
            lead.put("q1", cuts.q1()).put("median", cuts.median()).put("q3", cuts.q3());
        }
        json.put("mrr", churns.mrr()).put("mrrCaught", churns.mrrCaught());
        SenseScoreJson.put(json, "mrrRecall", churns.mrrRecall());
        SenseScoreJson.put(json, "mrrEffective", churns.mrrEffective());
        return json;
    }

    private static ObjectNode band(BandMeasure band) {
        ObjectNode json = Json.object().put("band", StatisticJson.label(band.band()));
        json.set("churned", StatisticJson.write(band.churned()));
        SenseScoreJson.put(json, "lift", band.lift());
        return json.put("mrr", band.mrr()).put("mrrChurned", band.mrrChurned());
    }

    private static ObjectNode indicator(IndicatorMeasure measure, @Nullable LocalDate unknownUntil) {
        ObjectNode json = Json.object()
                .put("name", measure.indicator().name())
                .put("field", measure.indicator().field())
                .put("weight", measure.indicator().weight());
        json.set("auc", StatisticJson.write(measure.auc()));
        json.set("missing", StatisticJson.write(measure.missing()));
        json.set("churnedWhereMissing", StatisticJson.write(measure.churnedWhereMissing()));
        json.set("helps", StatisticJson.write(measure.helps()));
        if (IndicatorMeasure.isCircular(measure.indicator())) {
            json.put("circular", true);
        }
        if (unknownUntil != null) {
            json.put("unknownUntil", unknownUntil.toString());
        }
        return json;
    }
}
