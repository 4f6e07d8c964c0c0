package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.invoke.Faults;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A receipt counts what its upload did, also when the try that did it died before it said so.
class ExactCountsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);

    @Test
    void whatAnAttemptRemovedThatDiedIsInTheReceipt() {
        Deaths deaths = new Deaths();
        try (Suite suite = Suite.start(deaths)) {
            Company company = suite.company();
            company.upload(DAY.atTime(8, 0), "billing/b.csv", titles(0, 20));
            suite.settle();
            deaths.next("billingFunction", 2);
            company.upload(DAY.atTime(9, 0), "billing/snapshot/confirm/s.csv", titles(12, 20));
            suite.settle();
            JsonNode rows = company.receiptOf("billing/snapshot/confirm/s.csv").path("rows");
            assertThat(rows.path("unchanged").asInt()).isEqualTo(8);
            assertThat(rows.path("removed").asInt()).isEqualTo(12);

            // Days out of the retention of 62 days go with the upload of a newer one.
            company.upload(
                    DAY.atTime(10, 0),
                    "usage/u.csv",
                    "client_id;user_id;used_on;actions",
                    "c1;u;2026-08-30;1",
                    "c1;u;2026-08-31;1");
            suite.settle();
            deaths.next("usageFunction", 1);
            company.upload(
                    DAY.plusDays(200).atTime(10, 0),
                    "usage/later.csv",
                    "client_id;user_id;used_on;actions",
                    "c1;u;" + DAY.plusDays(199) + ";1");
            suite.settle();
            JsonNode later = company.receiptOf("usage/later.csv").path("rows");
            assertThat(later.path("stored").asInt()).isEqualTo(1);
            assertThat(later.path("expired").asInt()).isEqualTo(2);
            assertThat(deaths.left()).isZero();
        }
    }

    private static String[] titles(int from, int to) {
        List<String> lines = new ArrayList<>(List.of("client_id;title_id;value;due_on"));
        IntStream.range(from, to).forEach(i -> lines.add("c" + i / 2 + ";t" + i + ";10,00;2026-08-01"));
        return lines.toArray(String[]::new);
    }

    /// A family dies when it has written its rows and is about to send the clients to `score`.
    private static final class Deaths implements Faults {
        private final AtomicInteger left = new AtomicInteger();
        private String function = "";

        void next(String which, int times) {
            function = which;
            left.set(times);
        }

        int left() {
            return left.get();
        }

        @Override
        public Fault decide(Request request) {
            boolean dies = request.function().equals(function)
                    && request.service().equals("Sqs")
                    && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
            return dies ? Fault.BEFORE : Fault.NONE;
        }
    }
}
