package clientkpis.playbooks;

import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.tables.ClientField;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One field per playbook, `playbooks.NAME`, with the day it was completed: "a playbook exists from the day it was
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
                fields.put(
                        ClientField.PLAYBOOK + playbook.name(),
                        Timeline.constant(completedOn, new Value.Day(completedOn)));
            }
        }
        return fields;
    }
}
