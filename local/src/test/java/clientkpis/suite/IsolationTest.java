package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One tenant's data is out of another's reach, however alike their names and their clients' are.
class IsolationTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private static void upload(Company company, LocalDate day, String value) {
        Map<String, String[]> files = SmallPortfolio.ofAllTables();
        int second = 0;
        for (var file : files.entrySet()) {
            String[] lines = file.getValue().clone();
            if (file.getKey().startsWith("contracts/")) {
                lines[1] = lines[1].replace("1.500,00", value);
            }
            company.upload(day.atTime(8, 0).plusSeconds(second++), file.getKey(), lines);
        }
    }

    /// Everything there is of a tenant: items and objects, each with its version.
    private static Map<String, Object> everything(Suite suite, Company company) {
        Map<String, Object> all = new HashMap<>(company.state());
        all.put("Runs", Map.copyOf(byRun(company)));
        all.put("Tenants", company.items("Tenants"));
        Map<String, String> objects = new TreeMap<>();
        suite.s3
                .listObjectsV2Paginator(l -> l.bucket(suite.bucket()))
                .contents()
                .forEach(object -> {
                    if (object.key().contains("/" + company.tenant() + "/")) {
                        objects.put(object.key(), object.eTag() + " " + object.lastModified());
                    }
                });
        assertThat(objects).isNotEmpty();
        all.put("objects", objects);
        return all;
    }

    private static Map<String, Map<String, AttributeValue>> byRun(Company company) {
        Map<String, Map<String, AttributeValue>> runs = new TreeMap<>();
        company.items("Runs").forEach(item -> runs.put(item.get("run").s(), item));
        return runs;
    }

    @Test
    void aTenantsUploadsAndDaysLeaveEveryOtherTenantAlone() {
        Company acme = suite.named("acme");
        upload(acme, DAY, "1.500,00");
        suite.settle();
        suite.recalculate(DAY);
        Map<String, Object> before = everything(suite, acme);
        Map<String, JsonNode> table = acme.table(DAY);

        List<Company> others = List.of(suite.named("acme-2"), suite.named("acm"), suite.named("2"));
        for (Company other : others) {
            upload(other, DAY, "9.000,00");
        }
        suite.settle();
        suite.recalculate(DAY);

        assertThat(everything(suite, acme)).isEqualTo(before);
        assertThat(acme.table(DAY)).isEqualTo(table);
        assertThat(table.get("c1").path("mrr").decimalValue()).isEqualByComparingTo("1500");
        for (Company other : others) {
            assertThat(other.table(DAY)).containsOnlyKeys(table.keySet());
            assertThat(other.table(DAY).get("c1").path("mrr").decimalValue()).isEqualByComparingTo("9000");
            assertThat(other.table(DAY).get("c1").path("engagementScore"))
                    .isEqualTo(table.get("c1").path("engagementScore"));
            // Each client is new once, whichever of the tenant's uploads brought it first.
            assertThat(newClients(other)).isEqualTo(newClients(acme)).isEqualTo(table.size());
        }
    }

    private static int newClients(Company company) {
        return company.receipts().values().stream()
                .mapToInt(receipt -> receipt.at("/clients/new").asInt())
                .sum();
    }
}
