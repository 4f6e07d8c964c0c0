package clientkpis.reading.match;

import clientkpis.tables.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The assignment of headers to columns, one to one, whose sum of scores is greatest; a required column counts more.
/// Tables have about a dozen columns, so all sets of them are tried, header by header.
final class Assignment {
    private static final int FOR_REQUIRED = 50;

    record Candidate(int header, int column, int score) {}

    private Assignment() {}

    static List<Candidate> of(List<Candidate> candidates, List<Column> columns) {
        Map<Integer, List<Candidate>> byHeader = new LinkedHashMap<>();
        candidates.forEach(candidate -> byHeader.computeIfAbsent(candidate.header(), header -> new ArrayList<>())
                .add(candidate));
        Map<Integer, Choice> best = new HashMap<>();
        best.put(0, new Choice(0, null, null));
        for (List<Candidate> choices : byHeader.values()) {
            Map<Integer, Choice> next = new HashMap<>(best);
            best.forEach((set, before) -> {
                for (Candidate candidate : choices) {
                    int bit = 1 << candidate.column();
                    if ((set & bit) == 0) {
                        int sum = before.sum
                                + candidate.score()
                                + (columns.get(candidate.column()).required() ? FOR_REQUIRED : 0);
                        next.merge(
                                set | bit,
                                new Choice(sum, candidate, before),
                                (old, fresh) -> fresh.sum > old.sum ? fresh : old);
                    }
                }
            });
            best = next;
        }
        Choice greatest = null;
        for (Choice choice : best.values()) {
            greatest = greatest == null || choice.sum > greatest.sum ? choice : greatest;
        }
        List<Candidate> chosen = new ArrayList<>();
        for (Choice choice = greatest; choice != null && choice.chosen != null; choice = choice.before) {
            chosen.add(choice.chosen);
        }
        return chosen;
    }

    private record Choice(
            int sum, @Nullable Candidate chosen, @Nullable Choice before) {}
}
