package clientkpis.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DynamoTest {
    private static final List<Integer> ITEMS = IntStream.range(0, 1_000).boxed().toList();

    @Test
    void workIsDoneForEachItem() {
        Queue<Integer> done = new ConcurrentLinkedQueue<>();
        Dynamo.forEach(ITEMS, done::add);
        assertThat(done).containsExactlyInAnyOrderElementsOf(ITEMS);
    }

    @Test
    void afterAFailureNoItemIsBegun() {
        Queue<Integer> begun = new ConcurrentLinkedQueue<>();
        assertThatThrownBy(() -> Dynamo.forEach(ITEMS, item -> {
                    begun.add(item);
                    throw new IllegalArgumentException("item " + item);
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(begun).as("those that were under way").hasSizeLessThan(20);
    }

    @Test
    void whatIsUnderWayEndsBeforeTheFailureIsThrown() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);
        Queue<Integer> ended = new ConcurrentLinkedQueue<>();
        assertThatThrownBy(() -> Dynamo.forEach(List.of(0, 1), item -> {
                    if (item == 1) {
                        await(begun);
                        failed.countDown();
                        throw new IllegalArgumentException("the second");
                    }
                    begun.countDown();
                    await(failed);
                    ended.add(item);
                }))
                .hasMessage("the second");
        assertThat(ended).containsExactly(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
