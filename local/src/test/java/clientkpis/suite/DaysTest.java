package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.local.invoke.Faults;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.store.DayRuns;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A day of a tenant ends with every client exported once, whatever its messages do: they overlap, fail together, get
/// lost, or the schedule fires twice or not at all.
class DaysTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final LocalDateTime DUE = DAY.atTime(6, 0);
    private static final int CLIENTS = 60;
    private static final int OF_TWO_SEGMENTS = 10_000;

    private static final Failing FAILING = new Failing();

    @RegisterExtension
    static final Suite suite = Suite.start(FAILING);

    private Company company;

    /// Requests that fail until the test says otherwise.
    private static final class Failing implements Faults {
        private final AtomicInteger failed = new AtomicInteger();
        private volatile Predicate<Request> which = request -> false;

        @Override
        public Fault decide(Request request) {
            if (!which.test(request)) {
                return Fault.NONE;
            }
            failed.incrementAndGet();
            return Fault.BEFORE;
        }
    }

    @BeforeEach
    void aPortfolio() {
        company = suite.company();
        company.upload(DAY.atTime(1, 0), "clients/c.csv", lines("client_id;name;status", "c%d;Padaria %d;Ativo"));
        company.upload(
                DAY.atTime(1, 1), "usage/u.csv", lines("client_id;user_id;used_on;actions", "c%d;u%d;2026-09-05;7"));
        suite.settle();
        FAILING.failed.set(0);
    }

    @AfterEach
    void nothingFailsNorIsLeft() throws InterruptedException {
        FAILING.which = request -> false;
        suite.cloud().settle(Duration.ofSeconds(60));
        for (String function : List.of("daily", "survey", "refresh")) {
            suite.sqs.purgeQueue(p -> p.queueUrl(suite.cloud().queueUrl(function + "DeadLetterQueue")));
        }
    }

    private static String[] lines(String header, String line) {
        List<String> lines = new ArrayList<>(List.of(header));
        for (int i = 0; i < CLIENTS; i++) {
            lines.add(line.formatted(i, i));
        }
        return lines.toArray(String[]::new);
    }

    private void assertEnded(LocalDate day) {
        assertThat(company.events("RecalculationCompleted"))
                .filteredOn(event -> event.path("day").asText().equals(day.toString()))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.path("clients").asInt()).isEqualTo(CLIENTS))
                .extracting(event -> event.path("id").asText())
                .containsOnly(company.tenant() + "/" + day);
        assertThat(company.exported(day))
                .extracting(client -> client.path("clientId").asText())
                .doesNotHaveDuplicates()
                .hasSize(CLIENTS);
        assertThat(company.export(day).values())
                .allSatisfy(client -> assertThat(client.has("engagementScore")).isTrue());
        assertThat(company.keys("reports/%s/%s/".formatted(company.tenant(), day)))
                .isNotEmpty();
    }

    private String segment(int from, int to) {
        return Json.text(Json.object()
                .put("tenant", company.tenant().name())
                .put("day", DAY.toString())
                .set("shards", Json.tree(IntStream.range(from, to).boxed().toList())));
    }

    private String plan(LocalDateTime scheduled) {
        return Json.text(Json.object()
                .put("tenant", company.tenant().name())
                .put("scheduledTime", scheduled.atZone(Suite.ZONE).toInstant().toString()));
    }

    private static void deliver(String function, String body) {
        JsonNode event = Json.object()
                .set(
                        "Records",
                        Json.array().add(Json.object().put("messageId", "1").put("body", body)));
        assertThat(suite.invoke(function, event.toString())).contains("\"batchItemFailures\":[]");
    }

    @Test
    void overlappingMessagesStillEndTheDayWithEveryClientExportedOnce() {
        new DayRuns(suite.dynamo, suite.cloud().table("Runs"))
                .start(company.tenant(), DAY, DUE.atZone(Suite.ZONE).toInstant());

        deliver("surveyFunction", segment(8, 16));
        deliver("surveyFunction", segment(0, 16));
        deliver("refreshFunction", segment(8, 16));
        deliver("refreshFunction", segment(0, 16));
        deliver("refreshFunction", segment(0, 8));
        deliver("surveyFunction", segment(0, 8));
        suite.settle();
        suite.tick(DUE.plusHours(1));

        assertEnded(DAY);
    }

    @Test
    void theSameShardsAtOnceAreExportedOnce() {
        new DayRuns(suite.dynamo, suite.cloud().table("Runs"))
                .start(company.tenant(), DAY, DUE.atZone(Suite.ZONE).toInstant());
        for (String function : List.of("surveyFunction", "refreshFunction")) {
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                List.of(segment(0, 16), segment(0, 16), segment(4, 12))
                        .forEach(body -> threads.execute(() -> deliver(function, body)));
            }
        }
        suite.settle();

        assertEnded(DAY);
    }

    /// The messages of the next hour name the same shards as those that are redelivered, in other segments.
    @Test
    void neighbouringShardsThatFailedAroundTheHourAreDoneOnce() {
        for (String function : List.of("surveyFunction", "refreshFunction")) {
            suite.dynamo.updateItem(u -> u.tableName(suite.cloud().table("Tenants"))
                    .key(Map.of("tenant", AttributeValue.fromS(company.tenant().name())))
                    .updateExpression("SET clients = :c")
                    .expressionAttributeValues(Map.of(":c", AttributeValue.fromN(Integer.toString(OF_TWO_SEGMENTS)))));
            FAILING.failed.set(0);
            FAILING.which = request ->
                    request.function().equals(function) && request.operation().equals("Query");
            LocalDate day = function.equals("surveyFunction") ? DAY : DAY.plusDays(1);
            suite.cloud().tick(day.atTime(6, 0).atZone(Suite.ZONE).toInstant());
            waitUntil(() -> FAILING.failed.get() >= 2);
            suite.cloud().tick(day.atTime(7, 0).atZone(Suite.ZONE).toInstant());
            waitUntil(() -> FAILING.failed.get() >= 5);
            FAILING.which = request -> false;
            suite.settle();

            assertEnded(day);
        }
    }

    @Test
    void aSegmentThatIsLostIsSentAgainAfterAnHourAndNotEachHour() throws InterruptedException {
        FAILING.which = request -> request.function().equals("surveyFunction")
                && request.operation().equals("Query");
        List<Integer> sent = new ArrayList<>();
        for (int hour = 6; hour < 24; hour++) {
            suite.cloud().requests().reset();
            suite.cloud().tick(DAY.atTime(hour, 0).atZone(Suite.ZONE).toInstant());
            suite.cloud().settle(Duration.ofSeconds(60));
            if (suite.cloud().requests().count(request -> request.function().equals("surveyFunction")) > 0) {
                sent.add(hour);
            }
        }

        assertThat(sent).containsExactly(6, 7, 9, 13, 21);
    }

    @Test
    void aScheduleThatFiresTwiceStartsADayOnceAndAMissedDateIsNotMadeUp() {
        suite.cloud().tick(DUE.atZone(Suite.ZONE).toInstant());
        suite.tick(DUE);
        assertEnded(DAY);
        suite.cloud().requests().reset();

        suite.tick(DUE);
        suite.tick(DUE.plusHours(1));

        assertThat(suite.cloud()
                        .requests()
                        .count(request -> List.of("surveyFunction", "refreshFunction", "reportFunction")
                                .contains(request.function())))
                .as("requests of a day that is done")
                .isZero();

        suite.tick(DUE.plusDays(2));

        assertEnded(DAY.plusDays(2));
        deliver("dailyFunction", plan(DUE.plusDays(1)));
        suite.settle();
        assertThat(company.exported(DAY.plusDays(1)))
                .as("also if its plan comes late")
                .isEmpty();
    }

    @Test
    void whatIsDeliveredAgainAfterADayHasEndedWritesAndSendsNothing() {
        suite.tick(DUE);
        assertEnded(DAY);
        suite.cloud().requests().reset();

        for (int twice = 0; twice < 2; twice++) {
            deliver("dailyFunction", plan(DUE));
            deliver("surveyFunction", segment(0, 16));
            deliver("surveyFunction", segment(0, 0));
            deliver("refreshFunction", segment(0, 16));
            deliver("refreshFunction", segment(0, 0));
        }
        suite.settle();

        assertThat(suite.cloud().requests().all())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.operation()).matches("Get(Item|Object)|Query"));
    }

    /// The function that did the last shard fails after it until it is given up.
    @Test
    void aPhaseWhoseEndFailedEndsWithTheNextPlan() throws InterruptedException {
        LocalDateTime due = DUE;
        for (String request : List.of("surveyFunction SendMessageBatch", "refreshFunction PutEvents")) {
            FAILING.which = one -> (one.function() + " " + one.operation()).equals(request);
            suite.cloud().tick(due.atZone(Suite.ZONE).toInstant());
            suite.cloud().settle(Duration.ofSeconds(60));
            assertThat(company.events("RecalculationCompleted"))
                    .noneMatch(event -> event.path("day").asText().equals(DAY.toString()));
            nothingFailsNorIsLeft();
            due = due.plusHours(1);
        }
        suite.tick(due.plusHours(1));

        assertEnded(DAY);
    }

    @Test
    void aTenantWhoseItemCannotBeReadDoesNotStopTheOthersDay() throws InterruptedException {
        Company poisoned = suite.another();
        suite.dynamo.putItem(p -> p.tableName(suite.cloud().table("Tenants"))
                .item(Map.of(
                        "tenant", AttributeValue.fromS(poisoned.tenant().name()),
                        "since", AttributeValue.fromS(DAY.toString()),
                        "configurationVersion", AttributeValue.fromN("1"))));

        suite.cloud().tick(DUE.atZone(Suite.ZONE).toInstant());
        suite.cloud().settle(Duration.ofSeconds(60));

        assertThat(suite.cloud().deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.toString())
                        .contains("dailyDeadLetterQueue", poisoned.tenant().name()));
        nothingFailsNorIsLeft();
        suite.settle();
        assertEnded(DAY);
    }

    private static void waitUntil(BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
