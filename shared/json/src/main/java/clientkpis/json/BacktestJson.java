package clientkpis.json;

import clientkpis.kpi.rehearsal.backtest.Backtest;
import clientkpis.kpi.rehearsal.backtest.ChurnCase;
import clientkpis.kpi.rehearsal.backtest.Comparison;
import clientkpis.kpi.rehearsal.backtest.Horizon;
import clientkpis.kpi.rehearsal.backtest.Measures;
import clientkpis.kpi.rehearsal.backtest.Workload;
import clientkpis.kpi.rehearsal.past.Window;
import clientkpis.kpi.rehearsal.statistic.Difference;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Map;

/// A backtest as JSON.
final class BacktestJson {
    private BacktestJson() {}

    /// @param unknownUntil a field to the day until which it was unknown
    static ObjectNode write(Backtest backtest, Map<String, LocalDate> unknownUntil) {
        ObjectNode json = Json.object().put("warmUpDays", Window.WARM_UP);
        ArrayNode horizons = json.putArray("horizons");
        for (Horizon horizon : backtest.horizons()) {
            horizons.add(
                    switch (horizon) {
                        case Horizon.Measured measured -> measured(measured, unknownUntil);
                        case Horizon.TooShort tooShort ->
                            Json.object()
                                    .put("days", tooShort.days())
                                    .put("none", "tooShort")
                                    .put("needs", tooShort.needs());
                    });
        }
        ObjectNode workload = json.putObject("workload");
        workload.set("inForce", workload(backtest.inForceWorkload()));
        Workload candidate = backtest.candidateWorkload();
        if (candidate != null) {
            workload.set("candidate", workload(candidate));
        }
        ArrayNode cases = json.putArray("cases");
        backtest.cases().forEach(churn -> cases.add(churnCase(churn)));
        return json;
    }

    private static ObjectNode measured(Horizon.Measured measured, Map<String, LocalDate> unknownUntil) {
        ObjectNode json = Json.object()
                .put("days", measured.days())
                .put("from", measured.from().toString())
                .put("to", measured.to().toString());
        json.set("landmarks", StatisticJson.write(measured.landmarks()));
        json.set("baseRate", StatisticJson.write(measured.baseRate()));
        json.put("undecided", measured.undecided());
        json.set("inForce", MeasuresJson.write(measured.inForce(), unknownUntil));
        Measures candidate = measured.candidate();
        if (candidate != null) {
            json.set("candidate", MeasuresJson.write(candidate, unknownUntil));
        }
        Comparison comparison = measured.comparison();
        if (comparison != null) {
            json.set("comparison", comparison(comparison));
        }
        return json;
    }

    private static ObjectNode comparison(Comparison comparison) {
        ObjectNode json = Json.object();
        json.set("aucDifference", StatisticJson.write(comparison.aucDifference()));
        return json.put("caughtOnlyByInForce", comparison.caughtOnlyByInForce())
                .put("caughtOnlyByCandidate", comparison.caughtOnlyByCandidate())
                .put("caughtByBoth", comparison.caughtByBoth())
                .put("verdict", verdict(comparison.verdict()));
    }

    private static String verdict(Difference.Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "better";
            case WORSE -> "worse";
            case NO_DIFFERENCE -> "noDifference";
            case NOT_ENOUGH -> "notEnough";
        };
    }

    private static ObjectNode workload(Workload workload) {
        ObjectNode json = Json.object().put("alerts", workload.alerts()).put("days", workload.days());
        SenseScoreJson.put(json, "per100ClientMonths", workload.per100ClientMonths());
        SenseScoreJson.put(json, "perCsAndWeek", workload.perCsAndWeek());
        return json;
    }

    private static ObjectNode churnCase(ChurnCase churn) {
        ObjectNode json = Json.object()
                .put("clientId", churn.clientId())
                .put("day", churn.day().toString())
                .put("cause", churn.cause().label())
                .put("since", churn.since().toString());
        SenseScoreJson.put(json, "mrr", churn.mrr());
        json.set("inForce", before(churn.inForce()));
        ChurnCase.Before candidate = churn.candidate();
        if (candidate != null) {
            json.set("candidate", before(candidate));
        }
        return json;
    }

    private static ObjectNode before(ChurnCase.Before before) {
        ObjectNode json = Json.object();
        ObjectNode bands = json.putObject("bandBefore");
        before.bandBefore()
                .forEach((days, band) -> bands.put(Integer.toString(days), StatisticJson.label(band.orElse(null))));
        json.put("situationBefore", before.situationBefore().label());
        LocalDate alertOn = before.alertOn();
        if (alertOn != null) {
            json.put("alertOn", alertOn.toString());
        }
        if (before.leadDays() != null) {
            json.put("leadDays", before.leadDays());
        }
        return json;
    }
}
