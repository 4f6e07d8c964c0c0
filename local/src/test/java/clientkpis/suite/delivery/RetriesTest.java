package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.Options;
import clientkpis.local.invoke.Faults.Fault;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Messages that fail, with the waits of SQS.
@Tag("slow")
class RetriesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);

    /// Each fails once, the second after the first was retried.
    private final Set<String> toFail = ConcurrentHashMap.newKeySet();

    @Test
    void aMessageThatFailedOnceIsRedeliveredAfterHalfAMinute() throws Exception {
        toFail.addAll(Set.of("intakeFunction", "scoreFunction"));
        try (Suite suite = Suite.start(
                Suite.ROOT.resolve("template.yaml"),
                Options.defaults().withFaults(this::fault).withPatience())) {
            Company company = suite.company();
            long began = System.nanoTime();
            company.upload(DAY.atTime(8, 0), "clients/c.csv", "client_id;name", "c1;Ana");

            suite.cloud().settle(Duration.ofSeconds(100));

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofSeconds(59), Duration.ofSeconds(100));
            assertThat(toFail).isEmpty();
            assertThat(company.client("c1")).isNotNull();
            assertThat(suite.cloud().requests().all())
                    .filteredOn(request -> request.operation().equals("ChangeMessageVisibilityBatch"))
                    .extracting(Request::function)
                    .containsExactly("intakeFunction", "scoreFunction");
        }
    }

    private Fault fault(Request request) {
        boolean fails = request.service().equals("DynamoDb") && toFail.remove(request.function());
        return fails ? Fault.BEFORE : Fault.NONE;
    }
}
