package clientkpis.json;

import clientkpis.kpi.score.WouldChange;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What would change a SenseScore, as JSON. A member without content is left out.
public final class WouldChangeJson {
    private WouldChangeJson() {}

    public static ObjectNode write(WouldChange wouldChange) {
        ObjectNode json = Json.object();
        if (!wouldChange.healthy().isEmpty()) {
            ArrayNode healthy = json.putArray("healthy");
            for (WouldChange.Healthy one : wouldChange.healthy()) {
                healthy.addObject()
                        .put("indicator", one.indicator())
                        .put("field", one.field())
                        .put("score", one.score())
                        .put("band", one.band().label());
            }
        }
        WouldChange.Step step = wouldChange.nextBand();
        if (step != null) {
            json.putObject("nextBand")
                    .put("band", step.band().label())
                    .put("indicator", step.indicator())
                    .put("field", step.field())
                    .put("from", step.from())
                    .put("to", step.to())
                    .put("score", step.score());
        }
        return json;
    }
}
