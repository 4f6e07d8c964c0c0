package clientkpis.function;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.DayRuns;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentMessageTest {
    private static final Tenant TENANT = Tenant.of("acme");
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);

    @Test
    void aSegmentReadsBackAsItWasSent() {
        List<String> bodies = SegmentMessage.bodies(TENANT, DAY, List.of(new DayRuns.Range(3, 7)));

        assertThat(bodies).containsExactly("{\"tenant\":\"acme\",\"day\":\"2026-09-10\",\"from\":3,\"to\":7}");
        assertThat(SegmentMessage.read(Json.parse(bodies.getFirst()))).isEqualTo(new SegmentMessage(TENANT, DAY, 3, 7));
    }
}
