package clientkpis.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Format.NewerFormatException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentMessageTest {
    private static final Tenant TENANT = Tenant.of("acme");
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);

    @Test
    void aSegmentReadsBackAsItWasSent() {
        List<String> bodies = SegmentMessage.each(TENANT, DAY, List.of(3));

        assertThat(bodies).containsExactly("{\"format\":1,\"tenant\":\"acme\",\"day\":\"2026-09-10\",\"shards\":[3]}");
        assertThat(SegmentMessage.read(Json.parse(bodies.getFirst())))
                .isEqualTo(new SegmentMessage(TENANT, DAY, List.of(3)));
    }

    @Test
    void aSegmentOfTheVersionBeforeIsReadAndOneOfANewerIsLeftForNewerCode() {
        assertThat(SegmentMessage.read(Json.parse("{\"tenant\":\"acme\",\"day\":\"2026-09-10\",\"shards\":[3]}")))
                .isEqualTo(new SegmentMessage(TENANT, DAY, List.of(3)));
        assertThatThrownBy(() -> SegmentMessage.read(Json.parse("{\"format\":2,\"shards\":\"3-5\"}")))
                .isInstanceOf(NewerFormatException.class)
                .hasMessage("A segment has format 2; this code reads formats up to 1");
    }

    @Test
    void noShardIsTheEmptySegment() {
        assertThat(SegmentMessage.each(TENANT, DAY, List.of()))
                .containsExactly("{\"format\":1,\"tenant\":\"acme\",\"day\":\"2026-09-10\",\"shards\":[]}");
    }

    @Test
    void segmentsHaveAtLeastFiveThousandClientsAndAllShardsBetweenThem() {
        for (long clients : new long[] {0, 4_999, 10_000, 15_000, 79_999, 80_000, 3_000_000}) {
            List<SegmentMessage> segments = SegmentMessage.all(TENANT, DAY, clients).stream()
                    .map(body -> SegmentMessage.read(Json.parse(body)))
                    .toList();

            assertThat(segments).hasSize(Math.clamp(clients / 5_000, 1, 16));
            assertThat(segments.stream().flatMap(segment -> segment.shards().stream()))
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        }
    }
}
