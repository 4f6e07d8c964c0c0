package clientkpis.kpi.client;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client's situation and the changes that led to it.
///
/// @param situation in force; null before the first
/// @param calculated the situation below one that was set by hand; else null
/// @param version of the last change of situation that was recorded; it only grows
/// @param transitions the last [#TRANSITIONS] changes of situation, the oldest first
public record Standing(
        @Nullable Situation situation, @Nullable Situation calculated, long version, List<Transition> transitions) {
    /// How many changes of situation a client remembers. The table of changes has all of them.
    public static final int TRANSITIONS = 12;

    public static final Standing NONE = new Standing(null, null, 0, List.of());

    /// A change of situation, as the client remembers it.
    ///
    /// @param from null for the first situation
    /// @param cause the label of its cause
    public record Transition(LocalDate day, @Nullable Situation from, Situation to, String cause) {}

    public Standing {
        transitions = List.copyOf(transitions);
    }

    /// The same with the version of its last change.
    Standing numbered(long last) {
        return new Standing(situation, calculated, last, transitions);
    }

    /// What results when a day's situation is settled.
    ///
    /// @param decided what the scores give
    /// @param manual what was set by hand and takes precedence; null for none
    Standing settled(LocalDate day, Situation decided, @Nullable Situation manual, Cause cause) {
        Situation settled = manual == null ? decided : manual;
        Situation below = manual == null ? null : decided;
        if (settled == situation) {
            return new Standing(situation, below, version, transitions);
        }
        List<Transition> all = new ArrayList<>(transitions);
        all.add(new Transition(day, situation, settled, cause.label()));
        return new Standing(
                settled, below, version + 1, all.subList(Math.max(0, all.size() - TRANSITIONS), all.size()));
    }
}
