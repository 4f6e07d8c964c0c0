package clientkpis.upload;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What became of the rows and clients of a part, or of a whole upload.
///
/// @param fresh clients that the upload is the first to bring
/// @param probable unregistered clients that are probably other clients
/// @param samples some of the unregistered clients
public record PartCounts(
        long stored,
        long unchanged,
        long outdated,
        long removed,
        long expired,
        long seen,
        long fresh,
        long unregistered,
        long probable,
        List<Sample> samples) {
    public static final PartCounts NONE = new PartCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    /// How many samples are kept.
    public static final int SAMPLES = 20;

    /// An unregistered client.
    ///
    /// @param probably the client that is probably meant: a registered one, else the one seen first
    public record Sample(String clientId, @Nullable String probably) {}

    public PartCounts {
        samples = List.copyOf(samples);
    }

    public static PartCounts rows(Document.Merged merged) {
        return new PartCounts(
                merged.stored(),
                merged.unchanged(),
                merged.outdated(),
                merged.gone().removed(),
                merged.gone().expired(),
                0,
                0,
                0,
                0,
                List.of());
    }

    public static PartCounts storedRows(long rows) {
        return new PartCounts(rows, 0, 0, 0, 0, 0, 0, 0, 0, List.of());
    }

    public static PartCounts outdatedRows(long rows) {
        return new PartCounts(0, 0, rows, 0, 0, 0, 0, 0, 0, List.of());
    }

    public static PartCounts clients(long seen, long fresh, long unregistered, long probable, List<Sample> samples) {
        return new PartCounts(0, 0, 0, 0, 0, seen, fresh, unregistered, probable, samples);
    }

    public static PartCounts sum(Collection<PartCounts> parts) {
        return parts.stream().reduce(NONE, PartCounts::plus);
    }

    /// Counts without samples, from their numbers by name.
    public static PartCounts of(ToLongFunction<String> number) {
        return new PartCounts(
                number.applyAsLong("stored"),
                number.applyAsLong("unchanged"),
                number.applyAsLong("outdated"),
                number.applyAsLong("removed"),
                number.applyAsLong("expired"),
                number.applyAsLong("seen"),
                number.applyAsLong("fresh"),
                number.applyAsLong("unregistered"),
                number.applyAsLong("probable"),
                List.of());
    }

    /// The numbers by name.
    public Map<String, Long> numbers() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("stored", stored);
        numbers.put("unchanged", unchanged);
        numbers.put("outdated", outdated);
        numbers.put("removed", removed);
        numbers.put("expired", expired);
        numbers.put("seen", seen);
        numbers.put("fresh", fresh);
        numbers.put("unregistered", unregistered);
        numbers.put("probable", probable);
        return numbers;
    }

    public PartCounts plus(PartCounts other) {
        Map<String, Sample> some = new LinkedHashMap<>();
        for (boolean known : new boolean[] {true, false}) {
            Stream.concat(samples.stream(), other.samples.stream())
                    .filter(sample -> (sample.probably() != null) == known && some.size() < SAMPLES)
                    .forEach(sample -> some.putIfAbsent(sample.clientId(), sample));
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
                probable + other.probable,
                List.copyOf(some.values()));
    }
}
