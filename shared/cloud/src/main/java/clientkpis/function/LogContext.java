package clientkpis.function;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Hash;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/// What a log line is about: `tenant`, `table`, `upload`, `part`, `day`, `client`, as far as it is known. It names no
/// person: an upload goes without its object's name, a client by a short hash, and what an uploader may have written
/// in the place of a tenant, a table or a day is left out.
public final class LogContext {
    public static final LogContext NONE = new LogContext();

    /// So few digits that some sixty of all CPFs have the same, and enough to tell a tenant's clients apart.
    private static final int CLIENT_DIGITS = 6;

    private final ObjectNode members = Json.object();

    private LogContext() {}

    public static LogContext of(Tenant tenant) {
        return new LogContext().tenant(tenant.name());
    }

    /// A run of the daily recalculation, or what came on a day.
    public static LogContext of(Tenant tenant, LocalDate day) {
        return of(tenant).day(day.toString());
    }

    public static LogContext of(Upload upload) {
        return of(upload.tenant()).table(upload.table()).upload(upload.id());
    }

    /// A change of situation, as DynamoDB's stream writes its item.
    public static LogContext ofChange(JsonNode item) {
        String tenant = item.path("tenant").path("S").asText();
        String key = item.path("client").path("S").asText();
        LogContext subject =
                new LogContext().tenant(tenant).day(item.path("asOf").path("S").asText());
        if (key.startsWith(tenant + "#")) {
            subject.members.put("client", client(key.substring(tenant.length() + 1)));
        }
        return subject;
    }

    /// What any message of the suite's queues is about: an event of an object, or of the suite, or a message of its
    /// own.
    public static LogContext of(JsonNode message) {
        JsonNode object = message.path("detail").path("object");
        if (object.path("key").isTextual()) {
            return ofObject(message.path("time").asText(), object);
        }
        JsonNode named = message.has("detail") ? message.path("detail") : message;
        return new LogContext()
                .tenant(named.path("tenant").asText())
                .upload(named.path("upload").asText())
                .day(named.path("day").asText());
    }

    private static LogContext ofObject(String time, JsonNode object) {
        String key = object.path("key").asText();
        String[] path = key.split("/", -1);
        LogContext subject = new LogContext();
        if (path.length == 5 && path[0].equals("parts")) {
            String number = path[4].replace(".jsonl.gz", "");
            subject.tenant(path[2]).table(path[1]).upload(path[3]);
            if (number.matches("\\d{1,9}")) {
                subject.members.put("part", Integer.parseInt(number));
            }
            return subject;
        }
        if (path.length > 2 && (path[0].equals("uploads") || path[0].equals("erasures"))) {
            subject.tenant(path[1]);
        }
        if (path.length > 3 && path[0].equals("uploads")) {
            TableSchema table = Tables.load().find(path[2]);
            subject.table(table == null ? "" : table.name());
        }
        if (path.length == 2 && path[0].equals("configuration") && path[1].endsWith(".json")) {
            subject.tenant(path[1].substring(0, path[1].length() - ".json".length()));
        }
        try {
            return subject.upload(
                    Upload.id(Instant.parse(time), key, object.path("sequencer").asText()));
        } catch (DateTimeException e) {
            return subject;
        }
    }

    /// How a log line names a client.
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
            // It is none.
        }
        return this;
    }
}
