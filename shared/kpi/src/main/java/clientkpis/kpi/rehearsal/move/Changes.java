package clientkpis.kpi.rehearsal.move;

import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.past.JudgedDays;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.PastClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The changes of situation from one to another that would be published. A client's first is one when it is not
/// neutral.
///
/// @param from null: a client's first situation
public record Changes(@Nullable Situation from, Situation to, int changes) {

    private record Step(@Nullable Situation from, Situation to) {}

    static List<Changes> of(Past past, Judged which) {
        Map<Step, Integer> counts = new HashMap<>();
        for (PastClient client : past.clients()) {
            JudgedDays judged = which.of(client);
            Situation before = null;
            for (int day = 0; day < past.period().days(); day++) {
                Situation situation = judged.situation(day);
                // A client that is out of the table keeps its last one.
                if (situation != null && situation != before) {
                    if (before != null || situation != Situation.NEUTRAL) {
                        counts.merge(new Step(before, situation), 1, Integer::sum);
                    }
                    before = situation;
                }
            }
        }
        List<@Nullable Situation> froms = new ArrayList<>();
        froms.add(null);
        froms.addAll(Arrays.asList(Situation.values()));
        List<Changes> changes = new ArrayList<>();
        for (@Nullable Situation from : froms) {
            for (Situation to : Situation.values()) {
                Integer count = counts.get(new Step(from, to));
                if (count != null) {
                    changes.add(new Changes(from, to, count));
                }
            }
        }
        return changes;
    }
}
