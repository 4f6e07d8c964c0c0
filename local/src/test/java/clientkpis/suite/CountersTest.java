package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.Attributes;
import clientkpis.kpi.Shards;
import clientkpis.upload.Hash;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Versions only grow, whatever was erased, removed or left over; and where something else holds the next one, the work
/// goes on.
class CountersTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final Suite suite = Suite.logged(LOG::add);

    private Company company;

    @BeforeEach
    void start() {
        company = suite.company();
        LOG.clear();
    }

    @Test
    void aChangeThatIsThereAlreadyGivesTheNextFreeVersionToAnUpload() {
        client("c1");
        leftOver("c1", 2, 2);
        situation(1, "c1", "risco");
        assertThat(versions("c1")).containsExactly(1L, 2L, 3L);
        assertThat(published("c1")).containsExactly(3L);

        situation(2, "c1", "oportunidade");
        assertThat(published("c1")).containsExactly(3L, 4L);
        assertThat(shown("c1")).isEqualTo(4);
    }

    @Test
    void aNewClientWhoseFirstChangesAreThereIsWrittenBeyondThem() {
        leftOver("c1", 1, 20);
        client("c1");
        assertThat(shown("c1")).isGreaterThan(20);
        situation(1, "c1", "risco");
        assertThat(published("c1"))
                .singleElement()
                .satisfies(version -> assertThat(version).isGreaterThan(21));
    }

    @Test
    void aRecalculationGoesBeyondAChangeThatIsThere() {
        client("c1", "c2");
        company.upload(
                MORNING.plusHours(1),
                "overrides/o.csv",
                "client_id;field;value;reason;expires_on",
                "c1;situation;risco;x;2026-09-03",
                "c2;situation;risco;x;2026-09-03");
        suite.settle();
        leftOver("c1", 3, 3);
        suite.recalculate(DAY.plusDays(4));
        assertThat(company.export(DAY.plusDays(4))).containsOnlyKeys("c1", "c2");
        assertThat(published("c1")).containsExactly(2L, 4L);
        assertThat(published("c2")).containsExactly(2L, 3L);
    }

    @Test
    void aClientThatComesBackAfterAnErasureGoesOnFromItsLastVersion() {
        client("c1");
        situation(1, "c1", "risco");
        situation(2, "c1", "oportunidade");
        assertThat(published("c1")).containsExactly(2L, 3L);

        company.erase(DAY.plusDays(1).atTime(9, 0), "list.csv", "client_id", "c1");
        suite.settle();
        assertThat(versions("c1")).isEmpty();

        company.upload(DAY.plusDays(2).atTime(9, 0), "clients/back.csv", "client_id;name", "c1;De volta");
        suite.settle();
        assertThat(versions("c1")).as("its first situation again").containsExactly(4L);
        situation(24 * 3, "c1", "risco");
        assertThat(versions("c1")).containsExactly(4L, 5L);
        assertThat(ids("c1")).doesNotHaveDuplicates().hasSize(3);

        // And a second time, without a change in between.
        company.erase(DAY.plusDays(4).atTime(9, 0), "list.csv", "client_id", "c1");
        company.erase(DAY.plusDays(4).atTime(9, 1), "again.csv", "client_id", "c1");
        suite.settle();
        company.upload(DAY.plusDays(5).atTime(9, 0), "clients/back.csv", "client_id;name", "c1;De volta");
        suite.settle();
        assertThat(versions("c1")).containsExactly(6L);
    }

    @Test
    void anIdThatLooksLikeATombstoneIsAClientLikeAnyOther() {
        // The two are in the same shard.
        String erased = IntStream.range(0, 1_000)
                .mapToObj(i -> "c" + i)
                .filter(id -> Shards.of(id) == Shards.of("~erased#" + Hash.of(id, 40)))
                .findFirst()
                .orElseThrow();
        String hash = Hash.of(erased, 40);
        String[] others = {hash, "~erased#" + hash, "~first#" + erased, "erased"};
        client(erased, others[0], others[1], others[2], others[3]);
        company.erase(MORNING.plusHours(1), "list.csv", "client_id", erased);
        suite.settle();
        suite.recalculate(DAY);
        assertThat(company.export(DAY)).containsOnlyKeys(others);
        company.erase(MORNING.plusHours(2), "others.csv", "client_id", others[0], others[1], others[2], others[3]);
        suite.settle();
        client(erased);
        assertThat(clientIds()).as("from before the erasure").isEmpty();
        company.upload(MORNING.plusHours(3), "clients/new.csv", "client_id;name", erased + ";Ana");
        suite.settle();
        assertThat(clientIds()).containsExactly(erased);
    }

    @Test
    void aTenantWhoseItemIsGoneGoesOnWithItsClients() {
        configure(1, 1);
        client("c1", "c2");
        configure(2, 2);
        suite.recalculate(DAY);
        assertThat(configurationVersions()).containsOnly(2L);

        removeTenant();
        // Score: the upload makes the item again, with the standard configuration.
        situation(3, "c1", "risco");
        assertThat(published("c1")).containsExactly(2L);
        assertThat(LOG).anyMatch(line -> line.contains("Evaluated clients with an older configuration than before"));
        // Refresh.
        suite.recalculate(DAY.plusDays(1));
        assertThat(company.export(DAY.plusDays(1))).containsOnlyKeys("c1", "c2");
        assertThat(company.export(DAY.plusDays(1)).get("c1").path("situation").asText())
                .isEqualTo("risk");
        assertThat(configurationVersions()).containsOnly(0L);
        LOG.clear();
        suite.recalculate(DAY.plusDays(2));
        assertThat(LOG).as("said once").noneMatch(line -> line.contains("an older configuration"));
        // Configuration: the next version, not one that was used.
        configure(24 * 3, 3);
        assertThat(company.events("ConfigurationActivated")
                        .getLast()
                        .path("version")
                        .asLong())
                .isEqualTo(3);
        suite.recalculate(DAY.plusDays(4));
        assertThat(configurationVersions()).contains(3L);
    }

    @Test
    void aConfigurationReachesClientsWhoseTenantIsGone() {
        configure(1, 1);
        configure(2, 2);
        client("c1");
        removeTenant();
        configure(3, 5);
        assertThat(company.events("ConfigurationActivated")
                        .getLast()
                        .path("version")
                        .asLong())
                .isEqualTo(3);
        suite.recalculate(DAY);
        assertThat(company.export(DAY)).containsOnlyKeys("c1");
    }

    private void client(String... ids) {
        List<String> lines = new ArrayList<>(List.of("client_id;name"));
        for (String id : ids) {
            lines.add(id + ";Ana");
        }
        company.upload(MORNING, "clients/" + ids.length + ".csv", lines.toArray(String[]::new));
        suite.settle();
    }

    private void situation(int hours, String id, String situation) {
        company.upload(
                MORNING.plusHours(hours),
                "overrides/" + hours + ".csv",
                "client_id;field;value;reason",
                id + ";situation;" + situation + ";x");
        suite.settle();
    }

    private void configure(int hours, int weight) {
        company.configure(MORNING.plusHours(hours), """
            {"senseScore": {"indicators": [
              {"name": "nps", "field": "nps", "weight": %d, "points": [[0, 0], [10, 100]]}]}}
            """.formatted(weight));
        suite.settle();
    }

    /// As a restored table or an erasure that did not end leaves them.
    private void leftOver(String id, int first, int last) {
        for (long version = first; version <= last; version++) {
            Map<String, AttributeValue> item = Map.of(
                    "client", Attributes.text(company.tenant() + "#" + id),
                    "version", Attributes.number(version),
                    "published", AttributeValue.fromBool(false));
            suite.dynamo.putItem(
                    p -> p.tableName(suite.cloud().table("SituationChanges")).item(item));
        }
    }

    private void removeTenant() {
        suite.dynamo.deleteItem(d -> d.tableName(suite.cloud().table("Tenants"))
                .key(Map.of("tenant", Attributes.text(company.tenant().name()))));
    }

    private List<Long> versions(String id) {
        return company.items("SituationChanges").stream()
                .filter(item -> item.get("client").s().equals(company.tenant() + "#" + id))
                .map(item -> Attributes.number(item, "version"))
                .sorted()
                .toList();
    }

    private List<Long> published(String id) {
        return changes(id).stream()
                .map(change -> change.path("version").asLong())
                .toList();
    }

    private List<String> ids(String id) {
        return changes(id).stream().map(change -> change.path("id").asText()).toList();
    }

    /// In the order of their versions.
    private List<JsonNode> changes(String id) {
        Map<Long, JsonNode> changes = new TreeMap<>();
        company.events("SituationChanged").stream()
                .filter(change -> change.path("clientId").asText().equals(id))
                .forEach(change -> changes.put(change.path("version").asLong(), change));
        return List.copyOf(changes.values());
    }

    private long shown(String id) {
        return company.stored(id).standing().version();
    }

    private List<String> clientIds() {
        return company.items("Clients").stream()
                .filter(item -> item.containsKey("fields"))
                .map(item -> item.get("client").s())
                .toList();
    }

    private List<Long> configurationVersions() {
        return clientIds().stream()
                .map(id -> company.stored(id).configurationVersion())
                .toList();
    }
}
