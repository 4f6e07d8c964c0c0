package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.local.Options;
import clientkpis.local.trigger.Deliveries.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A part whose time is up goes on in another invocation, from where it stopped.
class NearTimeoutTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final int CLIENTS = 700;

    /// A family keeps 40 seconds in reserve, so with as many it stops after the first clients.
    @Test
    void aPartIsAppliedByAsManyInvocationsAsItNeeds(@TempDir Path folder) throws IOException {
        Path template = Files.writeString(
                folder.resolve("template.yaml"), Suite.template().replace("    Timeout: 120\n", "    Timeout: 40\n"));
        try (Suite suite = Suite.start(template, Options.defaults().withRecord())) {
            Company company = suite.company();
            List<String> lines = new ArrayList<>(List.of("client_id;title_id;value;due_on"));
            for (int i = 0; i < CLIENTS; i++) {
                lines.add("c%d;t;1,00;2026-09-01".formatted(i));
            }
            company.upload(DAY.atTime(8, 0), "billing/b.csv", lines.toArray(String[]::new));
            suite.settle();

            List<Delivery> parts = suite.cloud().carried().stream()
                    .filter(delivery -> delivery.source().equals("billingQueue"))
                    .toList();
            assertThat(parts).hasSizeGreaterThan(3);
            assertThat(parts.stream().skip(1))
                    .allMatch(part -> Json.parse(part.body()).hasNonNull("from"));
            assertThat(company.rows("billing")).hasSize(CLIENTS);
            assertThat(company.receiptOf("billing/b.csv").at("/rows/stored").asInt())
                    .isEqualTo(CLIENTS);
            assertThat(company.receiptOf("billing/b.csv").at("/clients/seen").asInt())
                    .isEqualTo(CLIENTS);
        }
    }
}
