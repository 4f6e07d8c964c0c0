package clientkpis.json;

import clientkpis.kpi.Value;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A value as it is shown: a number with its scale, a day as ISO text.
public final class ValueJson {
    private ValueJson() {}

    public static void put(ObjectNode json, String field, Value value) {
        switch (value) {
            case Value.Number n -> json.put(field, n.number());
            case Value.Text t -> json.put(field, t.text());
            case Value.Day d -> json.put(field, d.day().toString());
            case Value.Countdown _, Value.Manual _ ->
                throw new IllegalArgumentException(field + " is not shown on a day yet");
        }
    }
}
