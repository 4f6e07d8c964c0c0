package clientkpis.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScrubberTest {
    private final Scrubber scrubber = new Scrubber(new ListedClients(List.of("c1")), "2026-09-01");

    private JsonNode scrubbed(String receipt) {
        return scrubber.receipt(receipt.getBytes(StandardCharsets.UTF_8), false)
                .map(bytes -> Json.parse(bytes))
                .orElseThrow();
    }

    @Test
    void aReceiptLosesTextsOfRowsThatNoFileOfRejectedRowsHas() {
        JsonNode receipt = scrubbed("""
            {"problems": {"byCode": {"conflicting": 1, "not_a_date": 1}, "first": [
              {"line": 2, "column": "name", "code": "conflicting", "cell": "Maria", "expected": "x"},
              {"line": 3, "column": "due_on", "code": "not_a_date", "cell": "ontem", "expected": "a date"}]},
             "warnings": [{"code": "conflicting", "message": "m", "count": 1, "samples": ["line 2: name Maria"]},
                          {"code": "mixed_currencies", "message": "m", "count": 0, "samples": ["R$", "US$"]}]}
            """);

        assertThat(receipt.toString()).doesNotContain("Maria").contains("ontem", "US$");
        assertThat(receipt.at("/warnings/0/count").asInt()).isEqualTo(1);
    }

    @Test
    void aReceiptLosesWordsThatNameAClient() {
        JsonNode receipt = scrubbed("""
            {"warnings": [{"code": "unknown_words", "message": "m", "count": 2, "samples": ["status: c1 saiu", "status: x"]}],
             "words": [{"column": "status", "words": [{"word": "c1 saiu", "count": 1, "meaning": "unknown"}]}]}
            """);

        assertThat(receipt.toString()).doesNotContain("c1 saiu").contains("status: x");
    }
}
