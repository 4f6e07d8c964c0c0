package clientkpis.playbooks;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaybooksTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-10");
    private final Playbooks family = new Playbooks();

    @Test
    void aPlaybookIsThereFromTheDayItWasCompleted() {
        Timeline onboarding = timelines(
                        Map.of("client_id", "c1", "playbook", "Onboarding", "completed_on", "2026-09-12"))
                .get("playbooks.Onboarding");
        assertThat(onboarding.at(LocalDate.parse("2026-09-11"))).isNull();
        assertThat(onboarding.at(LocalDate.parse("2026-09-12")))
                .isEqualTo(new Value.Day(LocalDate.parse("2026-09-12")));
    }

    @Test
    void oneThatIsNotCompletedIsNot() {
        assertThat(timelines(Map.of("client_id", "c1", "playbook", "Onboarding")))
                .isEmpty();
    }

    private Map<String, Timeline> timelines(Map<String, String> row) {
        return family.timelines(List.of(family.read(new Row(row))), DAY);
    }
}
