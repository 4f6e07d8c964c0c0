package clientkpis.kpi.rehearsal;

import clientkpis.kpi.rehearsal.backtest.Backtest;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.move.Moves;
import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.PastClient;
import clientkpis.kpi.rehearsal.past.Window;
import clientkpis.kpi.rehearsal.weights.Suggestion;
import clientkpis.kpi.rehearsal.weights.WeightSearch;
import clientkpis.kpi.score.Scoring;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a rehearsal says. A member that is null has nothing behind it, or too little to be claimed.
///
/// @param moves null when no candidate is rehearsed
/// @param suggestion for the candidate's indicators, or those in force
/// @param names those of the clients that it lists, by their ids: for people, and in no promised form
public record Rehearsal(
        Period period,
        Kind kind,
        LocalDate observedFrom,
        Population population,
        @Nullable Moves moves,
        Backtest backtest,
        Suggestion suggestion,
        Map<String, String> names) {
    public Rehearsal {
        names = Map.copyOf(names);
    }

    /// Whether the days come from exports, or were reconstructed from the rows of the first.
    public enum Kind {
        OBSERVED,
        RECONSTRUCTED,
        MIXED
    }

    /// What is rehearsed.
    ///
    /// @param horizons in days, each once; at least one
    /// @param observedFrom the first day with an export; days before it are reconstructed
    /// @param dayUnknown how many inactive clients have no known day on which they left
    /// @param candidate null when none is rehearsed
    public record Question(
            List<Integer> horizons,
            LocalDate observedFrom,
            int dayUnknown,
            Scoring inForce,
            @Nullable Scoring candidate) {
        /// The horizons unless others are asked for.
        public static final List<Integer> HORIZONS = List.of(30, 60, 90);

        /// The longest horizon.
        public static final int LONGEST = 365;

        public Question {
            horizons = List.copyOf(horizons);
        }

        /// Whether these are horizons: different ones, at least one, from a day to [#LONGEST].
        public static boolean areHorizons(List<Integer> days) {
            return !days.isEmpty()
                    && Set.copyOf(days).size() == days.size()
                    && days.stream().allMatch(one -> one >= 1 && one <= LONGEST);
        }

        /// The days on which it is asked for what each score is made of.
        public SortedSet<LocalDate> landmarks(Period period) {
            SortedSet<LocalDate> landmarks = new TreeSet<>();
            for (int horizon : horizons) {
                for (int landmark : Window.of(period, horizon).landmarks()) {
                    landmarks.add(period.date(landmark));
                }
            }
            return landmarks;
        }
    }

    public static Rehearsal of(Past past, Question question) {
        Scoring candidate = question.candidate;
        Moves moves = candidate == null ? null : Moves.of(past);
        Backtest backtest = Backtest.of(past, question.horizons, question.inForce, candidate);
        return new Rehearsal(
                past.period(),
                kind(past.period(), question.observedFrom),
                question.observedFrom,
                Population.of(past, question.dayUnknown),
                moves,
                backtest,
                WeightSearch.of(
                        past,
                        question.horizons,
                        candidate == null
                                ? new Judged.With(Judged.IN_FORCE, question.inForce)
                                : new Judged.With(Judged.CANDIDATE, candidate)),
                names(past, backtest, moves));
    }

    private static Map<String, String> names(Past past, Backtest backtest, @Nullable Moves moves) {
        Set<String> listed = new HashSet<>();
        backtest.cases().forEach(one -> listed.add(one.clientId()));
        if (moves != null) {
            moves.moved().forEach(one -> listed.add(one.clientId()));
        }
        Map<String, String> names = new HashMap<>();
        for (PastClient client : past.clients()) {
            String name = client.days().name();
            if (name != null && listed.contains(client.clientId())) {
                names.put(client.clientId(), name);
            }
        }
        return names;
    }

    private static Kind kind(Period period, LocalDate observedFrom) {
        if (!observedFrom.isAfter(period.first())) {
            return Kind.OBSERVED;
        }
        return observedFrom.isBefore(period.last()) ? Kind.MIXED : Kind.RECONSTRUCTED;
    }
}
