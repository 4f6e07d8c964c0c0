package clientkpis.message;

import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Format;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/// A segment of a tenant's clients to evaluate at a day: some of its shards. Without any it only ends the phase that
/// they belong to, in case the function that did the last shard died before it did. Its JSON has these members.
public record SegmentMessage(Tenant tenant, LocalDate day, List<Integer> shards) {
    private static final long CLIENTS = 5_000;
    private static final int FORMAT = 1;

    public SegmentMessage {
        shards = List.copyOf(shards);
    }

    /// Every shard, in segments of at least 5,000 clients.
    ///
    /// @param clients of the tenant, by the last count; 0 if they were never counted
    public static List<String> all(Tenant tenant, LocalDate day, long clients) {
        int segments = Math.clamp(clients / CLIENTS, 1, Shards.COUNT);
        return IntStream.range(0, segments)
                .mapToObj(i -> IntStream.range(i * Shards.COUNT / segments, (i + 1) * Shards.COUNT / segments))
                .map(shards -> text(tenant, day, shards.boxed().toList()))
                .toList();
    }

    /// Some shards, each by itself; the empty segment if there are none.
    public static List<String> each(Tenant tenant, LocalDate day, Collection<Integer> shards) {
        return shards.isEmpty()
                ? List.of(text(tenant, day, List.of()))
                : shards.stream()
                        .map(shard -> text(tenant, day, List.of(shard)))
                        .toList();
    }

    /// @throws Format.NewerFormatException if newer code sent it
    public static SegmentMessage read(JsonNode body) {
        return Format.read("A segment", body, FORMAT, SegmentMessage.class);
    }

    private static String text(Tenant tenant, LocalDate day, List<Integer> shards) {
        return Format.text(new SegmentMessage(tenant, day, shards), FORMAT);
    }
}
