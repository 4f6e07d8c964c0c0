package clientkpis.message;

import clientkpis.kpi.Tenant;
import clientkpis.upload.Format;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Asks a family to send the timelines of some clients to `score` once more. Its JSON has these members.
///
/// @param resend the clients' ids
public record ResendMessage(Tenant tenant, String table, List<String> resend) {
    private static final int FORMAT = 1;

    public ResendMessage {
        resend = List.copyOf(resend);
    }

    public static boolean is(JsonNode body) {
        return body.has("resend");
    }

    public static ResendMessage read(JsonNode body) {
        return Format.read("A message to send again", body, FORMAT, ResendMessage.class);
    }

    public String body() {
        return Format.text(this, FORMAT);
    }
}
