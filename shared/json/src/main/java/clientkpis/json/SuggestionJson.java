package clientkpis.json;

import clientkpis.kpi.rehearsal.weights.Suggestion;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Suggested weights as JSON, or why there are none.
final class SuggestionJson {
    private SuggestionJson() {}

    static ObjectNode write(Suggestion suggestion) {
        return switch (suggestion) {
            case Suggestion.None none -> Json.object().put("none", reason(none.reason()));
            case Suggestion.Weights weights -> weights(weights);
        };
    }

    private static String reason(Suggestion.Reason reason) {
        return switch (reason) {
            case ONE_INDICATOR -> "oneIndicator";
            case TOO_MANY_INDICATORS -> "tooManyIndicators";
            case CIRCULAR_INDICATOR -> "circularIndicator";
            case TOO_FEW_CHURNS -> "tooFewChurns";
        };
    }

    private static ObjectNode weights(Suggestion.Weights suggestion) {
        ObjectNode json = Json.object().put("horizon", suggestion.horizon());
        json.set("fit", sample(suggestion.fit()));
        json.set("validation", sample(suggestion.validation()));
        ArrayNode weights = json.putArray("weights");
        for (Suggestion.Weight weight : suggestion.weights()) {
            weights.addObject()
                    .put("name", weight.name())
                    .put("current", weight.current())
                    .put("best", weight.best())
                    .put("suggested", weight.suggested());
        }
        ObjectNode auc = json.putObject("auc");
        Suggestion.Aucs fit = suggestion.aucOfFit();
        ObjectNode early = auc.putObject("fit");
        SenseScoreJson.put(early, "current", fit.current());
        SenseScoreJson.put(early, "best", fit.best());
        SenseScoreJson.put(early, "suggested", fit.suggested());
        SenseScoreJson.put(early, "equal", fit.equal());
        // The best of the fit was not chosen by these days: the schema has none here.
        Suggestion.Aucs validation = suggestion.aucOfValidation();
        ObjectNode later = auc.putObject("validation");
        SenseScoreJson.put(later, "current", validation.current());
        SenseScoreJson.put(later, "suggested", validation.suggested());
        SenseScoreJson.put(later, "equal", validation.equal());
        json.set("difference", StatisticJson.write(suggestion.difference()));
        return json.put("verdict", verdict(suggestion.verdict()));
    }

    private static ObjectNode sample(Suggestion.Sample sample) {
        ObjectNode json = Json.object();
        json.set("landmarks", StatisticJson.write(sample.landmarks()));
        return json.put("observations", sample.observations()).put("cases", sample.cases());
    }

    private static String verdict(Suggestion.Verdict verdict) {
        return switch (verdict) {
            case KEEP -> "keep";
            case HOLDS -> "holds";
            case DOES_NOT_HOLD -> "doesNotHold";
        };
    }
}
