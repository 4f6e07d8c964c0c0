package clientkpis.store.packed;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What the families give a client, column by column: the names of tables and fields, which most clients have in
/// common; versions and uploads; how many steps each timeline has; their days; the kinds of their values; the values.
final class FacetsCodec {
    private static final int NOTHING = 0;
    private static final int NUMBER = 1;
    private static final int CHANGE = 2;
    private static final int TEXT = 3;
    private static final int DAY = 4;
    private static final int COUNTDOWN = 5;
    private static final int MANUAL = 6;

    private FacetsCodec() {}

    static void write(PackedWriter out, Map<String, Client.Facet> facets, Days days) {
        SequencedMap<String, Client.Facet> sorted = new TreeMap<>(facets);
        List<Map.Entry<String, Timeline>> timelines = sorted.values().stream()
                .flatMap(facet -> new TreeMap<>(facet.timelines()).entrySet().stream())
                .toList();
        out.number(sorted.size());
        sorted.values().forEach(facet -> out.number(facet.timelines().size()));
        sorted.keySet().forEach(out::text);
        timelines.forEach(timeline -> out.text(timeline.getKey()));
        sorted.values().forEach(facet -> {
            out.number(facet.version());
            UploadIdCodec.write(out, facet.upload(), days);
            out.number(facet.hasRows() ? 1 : 0);
        });
        List<List<Timeline.Step>> all =
                timelines.stream().map(entry -> entry.getValue().steps()).toList();
        all.forEach(steps -> out.number(steps.size()));
        all.forEach(steps ->
                days.writeAscending(out, steps.stream().map(Timeline.Step::from).toList()));
        all.forEach(steps -> forEach(steps, (before, value) -> out.number(kind(before, value))));
        all.forEach(steps -> forEach(steps, (before, value) -> write(out, before, value, days)));
    }

    /// Each value of a timeline with the one before it.
    private static void forEach(List<Timeline.Step> steps, BiConsumer<@Nullable Value, @Nullable Value> action) {
        Value before = null;
        for (Timeline.Step step : steps) {
            action.accept(before, step.value());
            before = step.value();
        }
    }

    static Map<String, Client.Facet> read(PackedReader in, Days days) {
        int tables = in.count();
        List<Integer> widths = in.several(tables, PackedReader::count);
        List<String> names = in.several(tables, PackedReader::text);
        List<String> fields = in.several(sum(widths), PackedReader::text);
        List<Client.Facet> heads = in.several(
                tables, i -> new Client.Facet(i.number(), UploadIdCodec.read(i, days), i.number() == 1, Map.of()));
        List<Integer> lengths = in.several(fields.size(), PackedReader::count);
        List<List<LocalDate>> froms =
                lengths.stream().map(size -> days.readAscending(in, size)).toList();
        Iterator<Integer> kinds = in.several(sum(lengths), PackedReader::count).iterator();
        Iterator<Timeline> timelines = froms.stream()
                .map(ascending -> timeline(in, ascending, kinds, days))
                .toList()
                .iterator();
        Iterator<String> field = fields.iterator();
        Map<String, Client.Facet> facets = new HashMap<>();
        for (int i = 0; i < tables; i++) {
            Map<String, Timeline> own = new HashMap<>();
            for (int left = widths.get(i); left > 0; left--) {
                own.put(field.next(), timelines.next());
            }
            Client.Facet head = heads.get(i);
            facets.put(names.get(i), new Client.Facet(head.version(), head.upload(), head.hasRows(), own));
        }
        return facets;
    }

    private static Timeline timeline(PackedReader in, List<LocalDate> froms, Iterator<Integer> kinds, Days days) {
        List<Timeline.Step> steps = new ArrayList<>();
        Value before = null;
        for (LocalDate from : froms) {
            before = read(in, kinds.next(), before, days);
            steps.add(new Timeline.Step(from, before));
        }
        return new Timeline(steps);
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    private static int kind(@Nullable Value before, @Nullable Value value) {
        return switch (value) {
            case null -> NOTHING;
            case Value.Number _ -> change(before, value) == null ? NUMBER : CHANGE;
            case Value.Text _ -> TEXT;
            case Value.Day _ -> DAY;
            case Value.Countdown _ -> COUNTDOWN;
            case Value.Manual _ -> MANUAL;
        };
    }

    /// How much greater a number is than the one before it, in units of the last digit that both have; null if it is
    /// written whole.
    private static @Nullable Long change(@Nullable Value before, @Nullable Value value) {
        if (before instanceof Value.Number(BigDecimal from)
                && value instanceof Value.Number(BigDecimal to)
                && from.scale() == to.scale()) {
            BigInteger change = to.subtract(from).unscaledValue();
            return change.bitLength() < Long.SIZE ? (Long) change.longValue() : null;
        }
        return null;
    }

    private static void write(PackedWriter out, @Nullable Value before, @Nullable Value value, Days days) {
        switch (value) {
            case null -> {}
            case Value.Number n -> {
                Long change = change(before, value);
                if (change == null) {
                    out.decimal(n.number());
                } else {
                    out.signed(change);
                }
            }
            case Value.Text t -> out.text(t.text());
            case Value.Day d -> days.write(out, d.day());
            case Value.Countdown c -> days.write(out, c.to());
            case Value.Manual m -> {
                out.number(kind(null, m.value()));
                write(out, null, m.value(), days);
                out.text(m.author()).text(m.reason());
                days.write(out, m.expiresOn());
            }
        }
    }

    private static @Nullable Value read(PackedReader in, int kind, @Nullable Value before, Days days) {
        return switch (kind) {
            case NOTHING -> null;
            case NUMBER -> new Value.Number(Objects.requireNonNull(in.decimal()));
            case CHANGE -> {
                BigDecimal from = ((Value.Number) Objects.requireNonNull(before)).number();
                yield new Value.Number(from.add(BigDecimal.valueOf(in.signed(), from.scale())));
            }
            case TEXT -> new Value.Text(in.text());
            case DAY -> new Value.Day(days.read(in));
            case COUNTDOWN -> new Value.Countdown(days.read(in));
            case MANUAL ->
                new Value.Manual(
                        Objects.requireNonNull(read(in, in.count(), null, days)),
                        in.textOrNull(),
                        in.textOrNull(),
                        days.readOrNull(in));
            default -> throw new IllegalArgumentException("No kind of value: " + kind);
        };
    }
}
