package clientkpis.trainings;

import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// `trainingsHeld`: how many trainings the client has had.
public final class Trainings implements KpiFamily<Trainings.Training> {
    /// One row of an upload, as far as the fields need it.
    public record Training(LocalDate heldOn) {}

    @Override
    public String table() {
        return "trainings";
    }

    @Override
    public Training read(Row row) {
        return new Training(LocalDate.parse(row.required("held_on")));
    }

    @Override
    public Map<String, Timeline> timelines(List<Training> trainings, LocalDate from) {
        Timeline.Sum held = new Timeline.Sum(from);
        trainings.forEach(training -> held.count(training.heldOn()));
        return Map.of("trainingsHeld", held.rounded(0));
    }
}
