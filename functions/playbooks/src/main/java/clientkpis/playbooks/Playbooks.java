package clientkpis.playbooks;

import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One field a playbook, `playbooks.NAME`, the day on which it was completed: "a playbook is there from the day it was
/// completed" (fields.md, *Rules: Fase and Porte*).
public final class Playbooks implements KpiFamily<Playbooks.Playbook> {
    /// A playbook of a client.
    ///
    /// @param completedOn null while it is not completed
    public record Playbook(String name, @Nullable LocalDate completedOn) {}

    @Override
    public String table() {
        return "playbooks";
    }

    @Override
    public Playbook read(Row row) {
        return new Playbook(row.required("playbook"), row.date("completed_on"));
    }

    @Override
    public Map<String, Timeline> timelines(List<Playbook> playbooks, LocalDate from) {
        Map<String, Timeline> fields = new HashMap<>();
        for (Playbook playbook : playbooks) {
            LocalDate completedOn = playbook.completedOn();
            if (completedOn != null) {
                fields.put("playbooks." + playbook.name(), Timeline.constant(completedOn, new Value.Day(completedOn)));
            }
        }
        return fields;
    }
}
