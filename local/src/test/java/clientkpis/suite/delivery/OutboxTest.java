package clientkpis.suite.delivery;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.json.Json;
import clientkpis.local.invoke.Faults.Fault;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// From the record of a change of situation to its publication.
class OutboxTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final int REFUSED_TIMES = 28;
    private static final List<String> CLIENTS = List.of("c1", "c2", "c3");
    private static final List<String> SITUATIONS = List.of("risco", "oportunidade", "neutro", "risco");
    private static final AtomicInteger REFUSALS = new AtomicInteger();
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final Suite suite = Suite.logged(LOG::add, OutboxTest::fault);

    private Company company;

    @BeforeEach
    void aCompany() {
        suite.forgetDeadLetters();
        company = suite.company();
        LOG.clear();
    }

    private static Fault fault(Request request) {
        if (!request.function().equals("situationFunction")
                || !request.operation().equals("PutEvents")) {
            return Fault.NONE;
        }
        int left = REFUSALS.getAndUpdate(n -> Math.max(0, n - 1));
        return left == 0 ? Fault.NONE : left % 4 == 0 ? Fault.PARTIAL : Fault.BEFORE;
    }

    /// Each client's situation changes with every upload.
    private void changes() {
        for (int i = 0; i < SITUATIONS.size(); i++) {
            String situation = SITUATIONS.get(i);
            String[] lines = Stream.concat(
                            Stream.of("client_id;field;value"),
                            CLIENTS.stream().map(client -> client + ";situation;" + situation))
                    .toArray(String[]::new);
            company.upload(DAY.atTime(8, i), "overrides/o" + i + ".csv", lines);
        }
    }

    @Test
    void whatTheBusRefusesForALongTimeIsPublishedThenEachClientsInOrder() {
        REFUSALS.set(REFUSED_TIMES);
        changes();

        suite.settle();

        assertThat(REFUSALS).hasValue(0);
        assertThat(newVersions()).isEqualTo(recorded()).hasSize(CLIENTS.size());
    }

    @Test
    void asManyAreCountedAsRecordedAsArePublished() {
        changes();
        suite.settle();

        assertThat(sum("SituationChangesRecorded"))
                .isEqualTo(sum("SituationChanges"))
                .isEqualTo(recorded().values().stream().mapToInt(List::size).sum())
                .isPositive();
    }

    @Test
    void aChangeThatTheBusWillNeverAcceptIsPutAsideAndTheOthersArePublished() throws Exception {
        suite.dynamo.putItem(put -> put.tableName(suite.cloud().table("SituationChanges"))
                .item(Map.of(
                        "client", AttributeValue.fromS(company.tenant() + "#poison"),
                        "version", AttributeValue.fromN("7"),
                        "tenant", AttributeValue.fromS(company.tenant().name()),
                        "asOf", AttributeValue.fromS(DAY.toString()),
                        "published", AttributeValue.fromBool(true),
                        "detail", AttributeValue.fromS("{\"reason\": \"ana@example.com "))));
        changes();

        assertThatThrownBy(suite::settle).hasMessageContaining("situationDeadLetterQueue");

        assertThat(suite.cloud().deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.where()).isEqualTo("situationDeadLetterQueue");
            assertThat(Json.parse(letter.body()))
                    .isEqualTo(Json.parse("""
                        {"tenant": "%s", "clientId": "poison", "version": 7, "day": "%s", "code": "MalformedDetail"}
                        """.formatted(company.tenant().name(), DAY)));
        });
        suite.forgetDeadLetters();
        suite.settle();
        Map<String, List<Integer>> good = recorded();
        good.remove("poison");
        assertThat(newVersions()).isEqualTo(good).hasSize(CLIENTS.size());
        assertThat(LOG)
                .filteredOn(line -> line.contains("SituationChangesGivenUp"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(Json.parse(line).path("code").asText()).isEqualTo("MalformedDetail");
                    assertThat(line).doesNotContain("poison").doesNotContain("ana@");
                });
    }

    /// The versions that are recorded to be published, by client.
    private Map<String, List<Integer>> recorded() {
        return company.items("SituationChanges").stream()
                .filter(item -> item.get("published").bool())
                .sorted(comparingInt(OutboxTest::version))
                .collect(groupingBy(
                        item -> item.get("client").s().replaceFirst("^.*#", ""),
                        TreeMap::new,
                        mapping(OutboxTest::version, toList())));
    }

    private static int version(Map<String, AttributeValue> item) {
        return Integer.parseInt(item.get("version").n());
    }

    /// What a consumer acts on that drops what is not newer than the newest change that it has seen.
    private Map<String, List<Integer>> newVersions() {
        Map<String, List<Integer>> seen = new TreeMap<>();
        Map<String, Integer> newest = new HashMap<>();
        for (JsonNode change : company.events("SituationChanged")) {
            String client = change.path("clientId").asText();
            int version = change.path("version").asInt();
            if (version > newest.getOrDefault(client, 0)) {
                newest.put(client, version);
                seen.computeIfAbsent(client, c -> new ArrayList<>()).add(version);
            }
        }
        return seen;
    }

    private static long sum(String metric) {
        return LOG.stream()
                .filter(line -> line.contains("_aws"))
                .mapToLong(line -> Json.parse(line).path(metric).asLong())
                .sum();
    }
}
