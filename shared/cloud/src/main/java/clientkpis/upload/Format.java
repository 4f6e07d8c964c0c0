package clientkpis.upload;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The form of what the suite stores or sends to itself, a number that grows with each form that older code cannot
/// read. What has none is of form 0.
///
/// Older code never overwrites a newer form: it cannot have read it, and writes only on the condition that the version
/// is the one that it read.
public final class Format {
    private static final String MEMBER = "format";

    private Format() {}

    /// A record as JSON of this form.
    public static String text(Object record, int format) {
        ObjectNode json = Json.object().put(MEMBER, format);
        return Json.text(json.setAll((ObjectNode) Json.tree(record)));
    }

    /// A record of its JSON.
    ///
    /// @throws NewerFormatException if newer code wrote it
    public static <T> T read(String what, JsonNode json, long newest, Class<T> type) {
        check(what, json.path(MEMBER).asLong(), newest);
        ObjectNode members = json.deepCopy();
        members.remove(MEMBER);
        return Json.read(members, type);
    }

    /// @param found in what was read
    /// @param newest that this code knows
    /// @throws NewerFormatException if it is newer: the message stays in its queue until newer code takes it
    public static void check(String what, long found, long newest) {
        if (found > newest) {
            throw new NewerFormatException(what, found, newest);
        }
    }

    /// Newer code wrote it, during a deployment or before a rollback.
    public static final class NewerFormatException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        NewerFormatException(String what, long found, long newest) {
            super("%s has format %d; this code reads formats up to %d".formatted(what, found, newest));
        }
    }
}
