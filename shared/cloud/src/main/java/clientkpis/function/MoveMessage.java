package clientkpis.function;

import clientkpis.kpi.Tenant;
import clientkpis.upload.Format;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Asks a family to move the rows of some aliases to their clients. Its JSON has these members.
///
/// @param move the ids under which the rows are stored
public record MoveMessage(Tenant tenant, String table, List<String> move) {
    private static final int FORMAT = 1;

    public MoveMessage {
        move = List.copyOf(move);
    }

    static boolean is(JsonNode body) {
        return body.has("move");
    }

    static MoveMessage read(JsonNode body) {
        return Format.read("A message to move rows", body, FORMAT, MoveMessage.class);
    }

    public String body() {
        return Format.text(this, FORMAT);
    }
}
