package clientkpis.message;

import clientkpis.json.Json;
import clientkpis.json.TimelineJson;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Client;
import clientkpis.upload.Format;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a family sends to `score`: the clients that an upload changed, each with the family's new timelines.
///
/// @param order the order of the upload; the newest upload is the cause of a change
/// @param facets by client id
public record ScoreMessage(
        Tenant tenant, String table, LocalDate day, String order, String upload, Map<String, Client.Facet> facets) {
    /// Small enough that ten messages fit in one request, for which SQS accepts 1 MiB.
    private static final int LARGEST = 80_000;

    private static final int CLIENTS = 250;
    private static final int FORMAT = 1;

    public ScoreMessage {
        facets = Map.copyOf(facets);
    }

    /// With the clients of another message about the same upload.
    public ScoreMessage and(ScoreMessage other) {
        Map<String, Client.Facet> all = new HashMap<>(facets);
        all.putAll(other.facets);
        return new ScoreMessage(tenant, table, day, order, upload, all);
    }

    /// The bodies of the messages, each small enough for the queue.
    public List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        ObjectNode body = head();
        ArrayNode clients = body.putArray("clients");
        int size = 0;
        for (var entry : facets.entrySet()) {
            ObjectNode client = Json.object()
                    .put("id", entry.getKey())
                    .put("v", entry.getValue().version())
                    .put("u", entry.getValue().upload());
            if (!entry.getValue().hasRows()) {
                client.put("gone", true);
            }
            client.set("t", TimelineJson.write(entry.getValue().timelines()));
            int length = Json.text(client).length();
            if (!clients.isEmpty() && (size + length > LARGEST || clients.size() == CLIENTS)) {
                bodies.add(Json.text(body));
                body = head();
                clients = body.putArray("clients");
                size = 0;
            }
            clients.add(client);
            size += length;
        }
        if (!clients.isEmpty()) {
            bodies.add(Json.text(body));
        }
        return bodies;
    }

    /// @throws Format.NewerFormatException if newer code sent it
    public static ScoreMessage read(JsonNode body) {
        Format.check("A message to score", body.path("format").asLong(), FORMAT);
        Map<String, Client.Facet> facets = new LinkedHashMap<>();
        for (JsonNode client : body.path("clients")) {
            facets.put(
                    client.path("id").asText(),
                    new Client.Facet(
                            client.path("v").asLong(),
                            client.path("u").asText(),
                            !client.path("gone").asBoolean(),
                            TimelineJson.read(client.path("t"))));
        }
        return new ScoreMessage(
                Tenant.of(body.path("tenant").asText()),
                body.path("table").asText(),
                LocalDate.parse(body.path("day").asText()),
                body.path("order").asText(),
                body.path("upload").asText(),
                facets);
    }

    private ObjectNode head() {
        return Json.object()
                .put("format", FORMAT)
                .put("tenant", tenant.name())
                .put("table", table)
                .put("day", day.toString())
                .put("order", order)
                .put("upload", upload);
    }
}
