package clientkpis.upload;

import clientkpis.json.Json;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What became of the rows and clients of a part, or of a whole upload. Its JSON has these members; a count that is
/// missing there is 0.
///
/// @param samples some of the unregistered clients
public record PartCounts(
        long stored,
        long unchanged,
        long outdated,
        long removed,
        long expired,
        long seen,
        @JsonProperty("new") long fresh,
        long unregistered,
        List<Sample> samples) {
    public static final PartCounts NONE = new PartCounts(0, 0, 0, 0, 0, 0, 0, 0, List.of());

    /// How many samples are kept.
    public static final int SAMPLES = 20;

    /// An unregistered client.
    ///
    /// @param probably the registered client that is probably meant
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Sample(String clientId, @Nullable String probably) {
        private boolean names(Set<String> clients) {
            return clients.contains(clientId) || (probably != null && clients.contains(probably));
        }
    }

    public PartCounts {
        samples = List.copyOf(Objects.requireNonNullElse(samples, List.of()));
    }

    public static PartCounts rows(Document.Merged merged) {
        return new PartCounts(
                merged.stored(),
                merged.unchanged(),
                merged.outdated(),
                merged.removed(),
                merged.expired(),
                0,
                0,
                0,
                List.of());
    }

    public static PartCounts outdatedRows(long rows) {
        return new PartCounts(0, 0, rows, 0, 0, 0, 0, 0, List.of());
    }

    public static PartCounts clients(long seen, long fresh, long unregistered, List<Sample> samples) {
        return new PartCounts(0, 0, 0, 0, 0, seen, fresh, unregistered, samples);
    }

    public static PartCounts sum(Collection<PartCounts> parts) {
        return parts.stream().reduce(NONE, PartCounts::plus);
    }

    public static PartCounts read(JsonNode json) {
        return Json.read(json, PartCounts.class);
    }

    public JsonNode toJson() {
        return Json.MAPPER.valueToTree(this);
    }

    public PartCounts plus(PartCounts other) {
        Map<String, Sample> some = new LinkedHashMap<>();
        samples.forEach(sample -> some.put(sample.clientId(), sample));
        for (Sample sample : other.samples) {
            if (some.size() < SAMPLES) {
                some.put(sample.clientId(), sample);
            }
        }
        return new PartCounts(
                stored + other.stored,
                unchanged + other.unchanged,
                outdated + other.outdated,
                removed + other.removed,
                expired + other.expired,
                seen + other.seen,
                fresh + other.fresh,
                unregistered + other.unregistered,
                List.copyOf(some.values()));
    }

    /// The same counts without the samples that name one of these clients.
    public PartCounts without(Set<String> clients) {
        List<Sample> others =
                samples.stream().filter(sample -> !sample.names(clients)).toList();
        return new PartCounts(stored, unchanged, outdated, removed, expired, seen, fresh, unregistered, others);
    }
}
