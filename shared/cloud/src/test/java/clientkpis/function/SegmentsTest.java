package clientkpis.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.json.Json;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.message.SegmentMessage;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    private static final int TIMEOUT = 600;
    private static final int SECOND = 1_000;

    /// Messages that wait, and how much of an invocation's time is left.
    private final Deque<SegmentMessage> queue = new ArrayDeque<>();

    private final List<Integer> done = new ArrayList<>();
    private int left;

    private final Segments segments =
            new Segments(bodies -> bodies.forEach(body -> queue.add(SegmentMessage.read(Json.parse(body)))));

    /// @return how many invocations it takes
    private int invocations(int secondsOfAShard) {
        SegmentMessage.all(Tenant.of("acme"), LocalDate.of(2026, 9, 10), 0)
                .forEach(body -> queue.add(SegmentMessage.read(Json.parse(body))));
        int invocations = 0;
        while (!queue.isEmpty()) {
            SegmentMessage segment = queue.remove();
            left = TIMEOUT * SECOND;
            segments.walk(segment, segment.shards(), () -> left, shard -> {
                left -= secondsOfAShard * SECOND;
                assertThat(left).as("what is left after shard " + shard).isPositive();
                done.add(shard);
            });
            invocations++;
        }
        assertThat(done).doesNotHaveDuplicates().hasSize(Shards.COUNT);
        return invocations;
    }

    @Test
    void aSmallTenantTakesOneInvocation() {
        assertThat(invocations(1)).isEqualTo(1);
    }

    /// 200,000 clients of whom nobody knows how many they are: a shard takes longer than any fixed reserve.
    @Test
    void theFirstRecalculationOfALargeTenantEndsWithinTheTimeOfItsInvocations() {
        assertThat(invocations(63)).isEqualTo(8);
    }

    @Test
    void aShardThatTakesMostOfAnInvocationIsDoneByItself() {
        assertThat(invocations(TIMEOUT - 1)).isEqualTo(Shards.COUNT);
    }

    /// The first tells how long one takes; then eight at once, none of which ends before all have begun.
    @Test
    void shortShardsAreDoneAtTheSameTime() {
        SegmentMessage segment =
                new SegmentMessage(Tenant.of("acme"), LocalDate.of(2026, 9, 10), List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        Set<Integer> shards = ConcurrentHashMap.newKeySet();
        CountDownLatch begun = new CountDownLatch(8);

        segments.walk(segment, segment.shards(), () -> TIMEOUT * SECOND, shard -> {
            shards.add(shard);
            if (shards.size() > 1) {
                begun.countDown();
                await(begun);
            }
        });

        assertThat(shards).containsExactlyInAnyOrderElementsOf(segment.shards());
        assertThat(queue).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatFailsHandsNothingOn() {
        SegmentMessage segment = new SegmentMessage(Tenant.of("acme"), LocalDate.of(2026, 9, 10), List.of(1, 2, 3));

        assertThatThrownBy(() -> segments.walk(segment, segment.shards(), () -> TIMEOUT, shard -> {
                    throw new IllegalStateException("It fails");
                }))
                .hasMessage("It fails");
        assertThat(queue).isEmpty();
    }
}
