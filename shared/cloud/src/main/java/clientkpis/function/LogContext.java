package clientkpis.function;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.message.ObjectCreated;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Hash;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;

/// What a log line is about: `tenant`, `table`, `upload`, `part`, `day`, `client`, as far as they are known. It never
/// names a person: an upload is shown without its object's name, a client as a short hash, and whatever an uploader may
/// have written in place of a tenant, a table or a day is left out.
public final class LogContext {
    public static final LogContext NONE = new LogContext();

    /// Few enough that about sixty of all CPFs share a hash, and enough to distinguish the clients of a tenant.
    private static final int CLIENT_DIGITS = 6;

    /// What is uploaded to a folder of its tenant.
    private static final Set<String> OF_TENANTS = Set.of("uploads", "erasures", "rehearsals");

    private final ObjectNode members = Json.object();

    private LogContext() {}

    public static LogContext of(Tenant tenant) {
        return new LogContext().tenant(tenant.name());
    }

    /// A run of the daily recalculation, or what arrived on a day.
    public static LogContext of(Tenant tenant, LocalDate day) {
        return of(tenant).day(day.toString());
    }

    public static LogContext of(Upload upload) {
        return of(upload.tenant()).table(upload.table()).upload(upload.id());
    }

    /// A change of situation: its item, as DynamoDB's stream shows it.
    public static LogContext ofChange(JsonNode item) {
        String tenant = item.path("tenant").path("S").asText();
        String key = item.path("client").path("S").asText();
        LogContext context =
                new LogContext().tenant(tenant).day(item.path("asOf").path("S").asText());
        if (key.startsWith(tenant + "#")) {
            context.members.put("client", client(key.substring(tenant.length() + 1)));
        }
        return context;
    }

    /// A message of any queue: an event of S3, an event of the suite, or an internal message.
    public static LogContext of(JsonNode message) {
        JsonNode object = message.path("detail").path("object");
        if (object.path("key").isTextual()) {
            return ofObject(message, object);
        }
        JsonNode named = message.has("detail") ? message.path("detail") : message;
        LogContext context = new LogContext()
                .tenant(named.path("tenant").asText())
                .upload(named.path("upload").asText())
                .day(named.path("day").asText());
        if (named.path("part").isInt()) {
            context.table(named.path("table").asText())
                    .members
                    .put("part", named.path("part").asInt());
        }
        return context;
    }

    private static LogContext ofObject(JsonNode message, JsonNode object) {
        String key = object.path("key").asText();
        String[] path = key.split("/", -1);
        LogContext context = new LogContext();
        if (path.length > 2 && OF_TENANTS.contains(path[0])) {
            context.tenant(path[1]);
        }
        if (path.length > 3 && path[0].equals("uploads")) {
            boolean isFound = ObjectCreated.sheet(message) != null;
            TableSchema table =
                    Tables.load().find(isFound ? message.path("table").asText() : path[2]);
            context.table(table == null ? "" : table.name());
        }
        if (path.length == 2 && path[0].equals("configuration") && path[1].endsWith(".json")) {
            context.tenant(path[1].substring(0, path[1].length() - ".json".length()));
        }
        try {
            return context.upload(Upload.id(
                    Instant.parse(message.path("time").asText()),
                    key,
                    object.path("sequencer").asText(),
                    ObjectCreated.sheet(message)));
        } catch (DateTimeException e) {
            return context;
        }
    }

    /// How log lines show a client.
    public static String client(String id) {
        return Hash.of(id, CLIENT_DIGITS);
    }

    ObjectNode members() {
        return members;
    }

    private LogContext tenant(String name) {
        if (Tenant.isAllowed(name)) {
            members.put("tenant", name);
        }
        return this;
    }

    private LogContext table(String name) {
        if (!name.isEmpty()) {
            members.put("table", name);
        }
        return this;
    }

    private LogContext upload(String id) {
        String nameless = Upload.nameless(id);
        if (!nameless.isEmpty()) {
            members.put("upload", nameless);
        }
        return this;
    }

    private LogContext day(String date) {
        try {
            members.put("day", LocalDate.parse(date).toString());
        } catch (DateTimeException e) {
            // It is not a day.
        }
        return this;
    }
}
