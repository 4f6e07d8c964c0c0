package clientkpis.message;

import clientkpis.kpi.Tenant;
import clientkpis.upload.Format;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks a family to move the rows of some aliases to their clients. Its JSON has these members.
///
/// @param day of the upload that brought the aliases, from which the rows are their clients'; null in messages of older
///     code
/// @param move the ids under which the rows are stored
public record MoveMessage(
        Tenant tenant, String table, @Nullable LocalDate day, List<String> move) {
    private static final int FORMAT = 1;

    public MoveMessage {
        move = List.copyOf(move);
    }

    public static boolean is(JsonNode body) {
        return body.has("move");
    }

    public static MoveMessage read(JsonNode body) {
        return Format.read("A message to move rows", body, FORMAT, MoveMessage.class);
    }

    public String body() {
        return Format.text(this, FORMAT);
    }
}
