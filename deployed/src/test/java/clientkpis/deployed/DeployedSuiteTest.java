package clientkpis.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// What holds on every cloud, the local one too.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class DeployedSuiteTest {
    private static final int FILES_OF_THE_EXAMPLE = 27;

    abstract Outcome atRisk() throws Exception;

    abstract Outcome letGo() throws Exception;

    @Test
    @Order(1)
    void everyUploadIsAppliedAndSaysSo() throws Exception {
        assertThat(events(atRisk(), "UploadApplied")).hasSize(FILES_OF_THE_EXAMPLE + 1);
        assertThat(events(atRisk(), "UploadRejected")).isEmpty();
        assertThat(events(atRisk(), "MaturityAssessed")).hasSize(2);
        assertThat(atRisk().clients()).hasSize(15);
    }

    @Test
    @Order(1)
    void bothDaysAreRecalculatedAndExported() throws Exception {
        Outcome outcome = atRisk();
        List<String> days =
                List.of(outcome.day().toString(), outcome.day().plusDays(8).toString());

        assertThat(events(outcome, "RecalculationCompleted"))
                .map(event -> event.replaceFirst(".*\"day\":\"([^\"]*)\".*", "$1"))
                .containsExactlyInAnyOrderElementsOf(days);
        assertThat(days)
                .allSatisfy(day -> assertThat(outcome.exported())
                        .filteredOn(line -> line.startsWith("exports/acme/" + day + "/"))
                        .hasSize(15));
    }

    @Test
    @Order(1)
    void aClientThatIsSetByHandIsAtRiskAndTheEventSaysWhy() throws Exception {
        assertThat(events(atRisk(), "SituationChanged"))
                .singleElement()
                .asString()
                .contains(
                        "\"from\":\"neutral\"",
                        "\"to\":\"risk\"",
                        "\"cause\":\"override\"",
                        "\"senseScore\":{\"band\":\"red\"");
        assertThat(atRisk().clients())
                .filteredOn(client -> client.contains("\"situation\":\"risk\""))
                .singleElement()
                .asString()
                .contains("\"senseScore\":10");
    }

    @Test
    @Order(4)
    void aClientThatIsLetGoIsNeutralAgain() throws Exception {
        assertThat(events(letGo(), "SituationChanged"))
                .hasSize(2)
                .anySatisfy(event -> assertThat(event).contains("\"from\":\"risk\"", "\"to\":\"neutral\""));
        assertThat(letGo().clients()).noneMatch(client -> client.contains("\"situation\":\"risk\""));
    }

    private static List<String> events(Outcome outcome, String kind) {
        return outcome.events().stream()
                .filter(event -> event.startsWith(kind + " "))
                .toList();
    }
}
