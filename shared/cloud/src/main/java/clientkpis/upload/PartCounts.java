package clientkpis.upload;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of the rows and clients of a part, or of a whole upload.
public final class PartCounts {
    private static final int SAMPLES = 20;

    private long stored;
    private long unchanged;
    private long outdated;
    private long removed;
    private long expired;
    private long seen;
    private long fresh;
    private long unregistered;
    private final Map<String, @Nullable String> samples = new LinkedHashMap<>();

    public static PartCounts sum(Collection<JsonNode> parts) {
        PartCounts sum = new PartCounts();
        for (JsonNode part : parts) {
            sum.stored += part.path("stored").asLong();
            sum.unchanged += part.path("unchanged").asLong();
            sum.outdated += part.path("outdated").asLong();
            sum.removed += part.path("removed").asLong();
            sum.expired += part.path("expired").asLong();
            sum.seen += part.path("seen").asLong();
            sum.fresh += part.path("new").asLong();
            sum.unregistered += part.path("unregistered").asLong();
            for (JsonNode sample : part.path("samples")) {
                if (sum.samples.size() < SAMPLES) {
                    sum.samples.put(
                            sample.path("clientId").asText(),
                            sample.path("probably").textValue());
                }
            }
        }
        return sum;
    }

    public void add(Document.Merged merged) {
        stored += merged.stored();
        unchanged += merged.unchanged();
        outdated += merged.outdated();
        removed += merged.removed();
        expired += merged.expired();
    }

    public void outdated(int rows) {
        outdated += rows;
    }

    public void seen(int clients, int newClients) {
        seen += clients;
        fresh += newClients;
    }

    public void unregistered(int clients, List<String> some, Map<String, String> meant) {
        unregistered += clients;
        for (String client : some) {
            if (samples.size() < SAMPLES) {
                samples.put(client, meant.get(client));
            }
        }
    }

    public long stored() {
        return stored;
    }

    public long unchanged() {
        return unchanged;
    }

    public long outdated() {
        return outdated;
    }

    public long removed() {
        return removed;
    }

    public long expired() {
        return expired;
    }

    public long seen() {
        return seen;
    }

    public long fresh() {
        return fresh;
    }

    public long unregistered() {
        return unregistered;
    }

    /// Unregistered clients, some of them, each with the registered id that it probably means, or null.
    public Map<String, @Nullable String> samples() {
        return samples;
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("stored", stored)
                .put("unchanged", unchanged)
                .put("outdated", outdated)
                .put("removed", removed)
                .put("expired", expired)
                .put("seen", seen)
                .put("new", fresh)
                .put("unregistered", unregistered);
        ArrayNode list = json.putArray("samples");
        new ArrayList<>(samples.entrySet())
                .forEach(sample ->
                        list.addObject().put("clientId", sample.getKey()).put("probably", sample.getValue()));
        return json;
    }
}
