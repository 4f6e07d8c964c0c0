package clientkpis.json;

import clientkpis.kpi.Value;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// A value as it is shown: a number with its scale, a day as ISO text.
public final class ValueJson {
    private ValueJson() {}

    public static void write(JsonGenerator json, String field, Value value) throws IOException {
        switch (value) {
            case Value.Number n -> json.writeNumberField(field, n.number());
            case Value.Text t -> json.writeStringField(field, t.text());
            case Value.Day d -> json.writeStringField(field, d.day().toString());
            case Value.Countdown _, Value.Manual _ ->
                throw new IllegalArgumentException(field + " is not shown on a day yet");
        }
    }
}
