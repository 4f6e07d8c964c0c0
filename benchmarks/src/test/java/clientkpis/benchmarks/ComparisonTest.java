package clientkpis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    private static final LocalDate D = LocalDate.of(2026, 9, 1);
    private static final Expected EXPECTED = new Expected(
            D,
            Map.of("a", Map.of("mrr", new BigDecimal("10.00"), "licences", 2, "renewalOn", D)),
            List.of(new Expected.Change("a", "neutral", "risk", D)));
    private static final String RIGHT =
            "{\"clientId\":\"a\",\"mrr\":10.00,\"licences\":2,\"renewalOn\":\"2026-09-01\"}";

    @TempDir
    private Path out;

    @Test
    void whatWasExpectedHasNoDifference() throws Exception {
        assertThat(differences(RIGHT, change("1", 2, "neutral", "risk"), change("1", 2, "neutral", "risk")))
                .isEmpty();
    }

    @Test
    void everyFieldThatDiffersIsNamed() throws Exception {
        assertThat(differences(
                        "{\"clientId\":\"a\",\"mrr\":10.0,\"licences\":3,\"name\":\"A\"}\n{\"clientId\":\"b\"}",
                        change("1", 2, "neutral", "risk")))
                .containsExactlyInAnyOrder(
                        "\"a\".mrr: want 10.00, got 10.0",
                        "\"a\".licences: want 2, got 3",
                        "\"a\".renewalOn: want 2026-09-01, got null",
                        "\"a\".name: want absent, got \"A\"",
                        "\"b\" should not be in clients.jsonl");
    }

    @Test
    void changesOfOneDayCountAsOne() throws Exception {
        assertThat(differences(RIGHT, change("2", 3, "opportunity", "risk"), change("1", 2, "neutral", "opportunity")))
                .isEmpty();
        assertThat(differences(RIGHT, change("1", 2, "neutral", "risk"), change("2", 3, "risk", "neutral")))
                .containsExactly("2026-09-01 \"a\": want a change from neutral to risk, got none");
    }

    @Test
    void changeThatDoesNotFollowTheOneBeforeIsNamed() throws Exception {
        assertThat(differences(RIGHT, change("1", 2, "neutral", "opportunity"), change("2", 3, "neutral", "risk")))
                .containsExactly("2026-09-01 \"a\": a change from neutral follows a change to opportunity");
    }

    private List<String> differences(String clients, String... events) throws Exception {
        Files.writeString(out.resolve("clients.jsonl"), clients + "\n");
        Files.writeString(out.resolve("events.jsonl"), String.join("\n", events) + "\n");
        return Comparison.differences(EXPECTED, out);
    }

    private static String change(String id, int version, String from, String to) {
        return ("{\"detail-type\":\"SituationChanged\",\"detail\":{\"id\":\"%s\",\"version\":%d,\"clientId\":\"a\",\"from\":\"%s\","
            + "\"to\":\"%s\",\"asOf\":\"2026-09-01\"}}")
                .formatted(id, version, from, to);
    }
}
