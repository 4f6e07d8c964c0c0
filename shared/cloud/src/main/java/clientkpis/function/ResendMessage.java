package clientkpis.function;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Asks a family to send the timelines of some clients to `score` once more. Its JSON has these members.
///
/// @param resend the clients' ids
public record ResendMessage(Tenant tenant, String table, List<String> resend) {
    public ResendMessage {
        resend = List.copyOf(resend);
    }

    static boolean is(JsonNode body) {
        return body.has("resend");
    }

    static ResendMessage read(JsonNode body) {
        return Json.read(body, ResendMessage.class);
    }

    public String body() {
        return Json.text(this);
    }
}
