package clientkpis.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Format.NewerFormatException;
import org.junit.jupiter.api.Test;

class PartMessageTest {
    private static final PartMessage MESSAGE =
            new PartMessage(Tenant.of("acme"), "nps", "upload", "order", "attempt", 3, 0, null);
    private static final String BEFORE = """
        {"tenant": "acme", "table": "nps", "upload": "upload", "order": "order", "attempt": "attempt", "part": 3,
         "round": 0}
        """;

    @Test
    void aMessageReadsBackAsItWasSent() {
        PartMessage further = MESSAGE.from(Json.parse("{\"client\": \"c1\"}"));

        assertThat(PartMessage.read(Json.parse(MESSAGE.text()))).isEqualTo(MESSAGE);
        assertThat(PartMessage.read(Json.parse(further.text()))).isEqualTo(further);
    }

    @Test
    void aMessageOfTheVersionBeforeIsReadAndOneOfANewerIsLeftForNewerCode() {
        assertThat(PartMessage.read(Json.parse(BEFORE))).isEqualTo(MESSAGE);
        assertThatThrownBy(() -> PartMessage.read(Json.parse(BEFORE.replaceFirst("\\{", "{\"format\": 2, "))))
                .isInstanceOf(NewerFormatException.class);
    }
}
