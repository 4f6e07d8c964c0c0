package clientkpis.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SqsFunctionTest {
    @Test
    void theFirstFailuresAreRetriedSoonAndTheLastAfterTheQueuesTimeout() {
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(SqsFunction::retryAfter))
                .containsExactly(
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.of(Duration.ofMinutes(1)),
                        Optional.of(Duration.ofMinutes(2)),
                        Optional.empty(),
                        Optional.empty());
    }

    @Test
    void aMessageWithoutACountWaitsForTheQueuesTimeout() {
        assertThat(SqsFunction.retryAfter(0)).isEmpty();
    }
}
