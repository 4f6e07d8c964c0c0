package clientkpis.kpi.rehearsal.move;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.past.JudgedDays;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.PastClient;
import clientkpis.kpi.score.Band;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What would change with the candidate.
///
/// @param situations everyone in the table of the last day, by both situations
/// @param bands likewise, a client without a score having none
/// @param inForceChanges the changes of situation that would be published in the whole history
/// @param movedClients how many clients differ on the last day
/// @param moved the first of them
/// @param fields what rules set otherwise, by field; fields without a difference are left out
public record Moves(
        List<Cell<Situation>> situations,
        List<Cell<Band>> bands,
        List<Changes> inForceChanges,
        List<Changes> candidateChanges,
        int movedClients,
        List<MovedClient> moved,
        Map<String, List<SetOtherwise>> fields) {

    /// At most so many clients are shown.
    static final int MOST = 100;

    /// The fields that rules may set.
    private static final List<String> RULED = List.of("stage", "size", "status", "plan", "segment");

    /// The clients of one pair of judgements.
    ///
    /// @param inForce null: no band
    /// @param mrr of all of them
    public record Cell<T>(@Nullable T inForce, @Nullable T candidate, int clients, int customers, BigDecimal mrr) {}

    /// @param inForce null: no value
    public record SetOtherwise(
            @Nullable String inForce, @Nullable String candidate, int clients) {}

    public static Moves of(Past past) {
        int day = past.period().lastDay();
        List<PastClient> present = past.clients().stream()
                .filter(client -> client.days().table().isInTable(day))
                .toList();
        List<MovedClient> moved = present.stream()
                .map(client -> MovedClient.of(client, day))
                .filter(MovedClient::hasMoved)
                .sorted(MovedClient.ORDER)
                .toList();
        return new Moves(
                cells(present, day, Arrays.asList(Situation.values()), JudgedDays::situation),
                cells(present, day, bandsAndNone(), JudgedDays::band),
                Changes.of(past, Judged.IN_FORCE),
                Changes.of(past, Judged.CANDIDATE),
                moved.size(),
                moved.stream().limit(MOST).toList(),
                fields(present));
    }

    private static List<@Nullable Band> bandsAndNone() {
        List<@Nullable Band> bands = new ArrayList<>(Arrays.asList(Band.values()));
        bands.add(null);
        return bands;
    }

    private static <T> List<Cell<T>> cells(
            List<PastClient> present,
            int day,
            List<@Nullable T> values,
            BiFunction<JudgedDays, Integer, @Nullable T> judgement) {
        List<Cell<T>> cells = new ArrayList<>();
        for (@Nullable T inForce : values) {
            for (@Nullable T candidate : values) {
                List<PastClient> both = present.stream()
                        .filter(client -> Objects.equals(judgement.apply(Judged.IN_FORCE.of(client), day), inForce)
                                && Objects.equals(judgement.apply(Judged.CANDIDATE.of(client), day), candidate))
                        .toList();
                if (!both.isEmpty()) {
                    cells.add(new Cell<>(
                            inForce,
                            candidate,
                            both.size(),
                            (int) both.stream()
                                    .filter(client -> client.customers().isCustomer(day))
                                    .count(),
                            both.stream()
                                    .map(client -> BigDecimal.valueOf(client.cents(day), 2))
                                    .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add)));
                }
            }
        }
        return cells;
    }

    private static Map<String, List<SetOtherwise>> fields(List<PastClient> present) {
        Map<String, List<SetOtherwise>> fields = new LinkedHashMap<>();
        for (String field : RULED) {
            Map<Pair, Integer> pairs = new TreeMap<>(Pair.ORDER);
            for (PastClient client : present) {
                Pair pair = new Pair(
                        Optional.ofNullable(Judged.IN_FORCE.of(client).today().ruled(field)),
                        Optional.ofNullable(Judged.CANDIDATE.of(client).today().ruled(field)));
                if (!pair.inForce.equals(pair.candidate)) {
                    pairs.merge(pair, 1, Integer::sum);
                }
            }
            if (!pairs.isEmpty()) {
                fields.put(
                        field,
                        pairs.entrySet().stream()
                                .map(entry -> new SetOtherwise(
                                        entry.getKey().inForce.orElse(null),
                                        entry.getKey().candidate.orElse(null),
                                        entry.getValue()))
                                .toList());
            }
        }
        return fields;
    }

    private record Pair(Optional<String> inForce, Optional<String> candidate) {
        static final Comparator<Optional<String>> ABSENT_FIRST = Comparator.comparing(
                        (Optional<String> value) -> value.isPresent())
                .thenComparing(value -> value.orElse(""), CodePoints.ORDER);
        static final Comparator<Pair> ORDER =
                Comparator.comparing(Pair::inForce, ABSENT_FIRST).thenComparing(Pair::candidate, ABSENT_FIRST);
    }
}
