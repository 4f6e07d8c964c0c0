package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.invoke.Faults;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An upload is decided once, and uploads of one table are applied one after the other: whatever fails, stalls or comes
/// late.
///
/// One file, because its tests are steps in the life of an upload.
class UploadsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final String HEADER = "client_id;title_id;value;due_on";
    private static final OneFault FAULT = new OneFault();

    private static Suite suite;
    private Company company;

    /// Fails the next request that a test names, and then does what the test says.
    private static final class OneFault implements Faults {
        private record Next(Predicate<Request> which, Fault fault, Runnable then) {}

        private final ConcurrentLinkedQueue<Next> ahead = new ConcurrentLinkedQueue<>();

        void next(String function, String operation, Fault fault, Runnable then) {
            ahead.add(new Next(
                    request -> request.function().equals(function)
                            && request.operation().equals(operation),
                    fault,
                    then));
        }

        @Override
        public Fault decide(Request request) {
            @Nullable Next next = ahead.peek();
            if (next != null && next.which().test(request) && ahead.remove(next)) {
                Thread thread = Thread.ofPlatform()
                        .inheritInheritableThreadLocals(false)
                        .start(next.then());
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return next.fault();
            }
            return Fault.NONE;
        }
    }

    @BeforeAll
    static void start() {
        suite = Suite.start(FAULT);
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @BeforeEach
    void aCompany() {
        company = suite.company();
    }

    private void upload(LocalDateTime time, String name, String... rows) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(List.of(rows));
        company.upload(time, "billing/" + name, lines.toArray(String[]::new));
    }

    private static String[] rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(row -> "c1;r" + row + ";1,00;2026-10-01")
                .toArray(String[]::new);
    }

    private long applications() {
        return suite.cloud()
                .requests()
                .count(request -> request.function().equals("billingFunction")
                        && request.operation().equals("GetObject")
                        && request.accesses().stream()
                                .anyMatch(access -> access.key().startsWith("parts/" + company.tenant())
                                        && access.key().endsWith(".jsonl.gz")));
    }

    private long reads(String name) {
        return suite.cloud()
                .requests()
                .count(request -> request.operation().equals("GetObject")
                        && request.accesses().stream()
                                .anyMatch(access ->
                                        access.key().equals("uploads/" + company.tenant() + "/billing/" + name)));
    }

    private @Nullable String value(String row) {
        return company.rows("billing").get(row).get("value");
    }

    private String status(String name) {
        return company.receiptOf("billing/" + name).path("status").asText();
    }

    @Test
    void aConfigurationThatIsActivatedBetweenTwoAttemptsDoesNotChangeTheVerdict() {
        upload(DAY.atTime(8, 0), "first.csv", "c1;t1;1,00;2026-10-01");
        suite.settle();
        FAULT.next("intakeFunction", "PutItem", Faults.Fault.AFTER, () -> {
            company.configure(DAY.atTime(8, 1), "{\"uploads\": {\"maxDecompressedBytes\": 1000}}");
        });
        upload(DAY.atTime(8, 2), "second.csv", rows(50));
        suite.settle();

        assertThat(status("second.csv")).isEqualTo("applied");
        assertThat(company.events("UploadRejected")).isEmpty();
        assertThat(company.rows("billing")).hasSize(51);
        upload(DAY.atTime(8, 3), "third.csv", rows(51));
        suite.settle();
        assertThat(status("third.csv")).isEqualTo("rejected");
    }

    @Test
    void anUploadOfWhichEveryRowIsRejectedIsPublishedAlsoWhenTheBusFailed() {
        FAULT.next("intakeFunction", "PutEvents", Faults.Fault.BEFORE, () -> {});
        upload(DAY.atTime(8, 0), "bad.csv", "c1;t1;ten;2026-10-01");
        suite.settle();

        assertThat(status("bad.csv")).isEqualTo("rejected");
        assertThat(company.events("UploadRejected")).hasSize(1);
    }

    @Test
    void anUploadOfWhichEveryRowIsRejectedIsEndedByTheHourlyPlanIfItsMessageWasGivenUp() throws InterruptedException {
        // The plan visits tenants of which a file was accepted.
        upload(DAY.atTime(7, 0), "good.csv", rows(1));
        suite.settle();
        for (int attempt = 0; attempt < 5; attempt++) {
            FAULT.next("intakeFunction", "PutEvents", Faults.Fault.BEFORE, () -> {});
        }
        upload(DAY.atTime(8, 0), "bad.csv", "c1;t1;ten;2026-10-01");
        suite.cloud().settle(Duration.ofSeconds(60));
        assertThat(suite.cloud().deadLetters()).hasSize(1);
        suite.forgetDeadLetters();
        assertThat(company.items("Runs").toString()).contains("open#");

        suite.tick(DAY.atTime(9, 0));

        assertThat(status("bad.csv")).isEqualTo("rejected");
        assertThat(company.events("UploadRejected")).hasSize(1);
        assertThat(company.items("Runs").toString()).doesNotContain("open#");
    }

    @Test
    void anUploadWhoseMessageWasGivenUpIsStillRefusedByItsSizeAlone() throws InterruptedException {
        company.configure(DAY.atTime(7, 0), "{\"uploads\": {\"maxDecompressedBytes\": 1000}}");
        suite.settle();
        for (int attempt = 0; attempt < 5; attempt++) {
            FAULT.next("intakeFunction", "UpdateItem", Faults.Fault.AFTER, () -> {});
        }
        upload(DAY.atTime(8, 0), "large.csv", rows(50));
        suite.cloud().settle(Duration.ofSeconds(60));
        suite.forgetDeadLetters();

        suite.tick(DAY.atTime(9, 0));

        assertThat(company.receiptOf("billing/large.csv").at("/reason/code").asText())
                .isEqualTo("too_large");
        assertThat(reads("large.csv")).isZero();
    }

    @Test
    void aFileThatIsGoneBeforeItIsReadIsRejectedWithAReceipt() {
        FAULT.next(
                "intakeFunction",
                "GetItem",
                Faults.Fault.NONE,
                () -> suite.s3
                        .listObjectVersions(l -> l.bucket(suite.bucket()).prefix("uploads/" + company.tenant()))
                        .versions()
                        .forEach(version -> suite.s3.deleteObject(
                                d -> d.bucket(suite.bucket()).key(version.key()).versionId(version.versionId()))));
        upload(DAY.atTime(8, 0), "gone.csv", "c1;t1;1,00;2026-10-01");
        suite.settle();

        JsonNode receipt = company.receiptOf("billing/gone.csv");
        assertThat(receipt.at("/reason/code").asText()).isEqualTo("unavailable");
        assertThat(company.events("UploadRejected")).hasSize(1);
    }

    @Test
    void aFileThatIsLargerThanAllowedIsRejectedBeforeItIsRead() {
        company.configure(DAY.atTime(7, 0), "{\"uploads\": {\"maxDecompressedBytes\": 1000}}");
        suite.settle();
        upload(DAY.atTime(8, 0), "large.csv", rows(50));
        suite.settle();

        assertThat(company.receiptOf("billing/large.csv").at("/reason/code").asText())
                .isEqualTo("too_large");
        assertThat(reads("large.csv")).isZero();
    }

    @Test
    void theNewestUploadWinsOverALateOneThoughAnotherHasLostItsParts() {
        upload(DAY.atTime(8, 0), "a.csv", "c1;t1;1,00;2026-10-01");
        suite.settle();
        // b is stalled: its part is gone.
        FAULT.next(
                "billingFunction",
                "GetItem",
                Faults.Fault.NONE,
                () -> company.keys("parts/" + company.tenant() + "/billing/").stream()
                        .filter(key -> key.contains("-c.csv/") && key.endsWith(".jsonl.gz"))
                        .forEach(key -> suite.s3.deleteObject(
                                d -> d.bucket(suite.bucket()).key(key))));
        upload(DAY.atTime(10, 0), "c.csv", "c1;t2;5,00;2026-10-01");
        suite.settle();
        suite.tick(DAY.atTime(12, 0));
        suite.tick(DAY.atTime(13, 0));
        upload(DAY.atTime(11, 0), "d.csv", "c1;t1;1,00;2026-10-01");
        suite.settle();
        assertThat(status("c.csv")).isEqualTo("applying");
        assertThat(status("d.csv")).isEqualTo("applied");

        upload(DAY.atTime(9, 0), "late.csv", "c1;t1;777,00;2026-10-01");
        suite.settle();

        assertThat(status("late.csv")).isEqualTo("applied");
        assertThat(value("c1 t1")).isEqualTo("1.00");
    }

    /// The hourly plan comes when the upload has long been waiting for its verdict, which then takes effect at once.
    @Test
    void anUploadThatIsSentAgainBeforeItsVerdictIsAppliedByIt() {
        upload(DAY.atTime(7, 0), "first.csv", "c1;t1;1,00;2026-10-01");
        suite.settle();
        FAULT.next("intakeFunction", "GetObject", Faults.Fault.NONE, () -> {
            suite.cloud().tick(DAY.atTime(14, 0).toInstant(ZoneOffset.UTC));
            while (company.items("Runs").stream().noneMatch(UploadsTest::wasSentAgain)) {
                Thread.onSpinWait();
            }
        });
        upload(DAY.atTime(8, 0), "a.csv", "c1;t1;1,00;2026-10-01");
        suite.settle();

        assertThat(status("a.csv")).isEqualTo("applied");
    }

    private static boolean wasSentAgain(Map<String, AttributeValue> run) {
        return run.get("run").s().startsWith("open#")
                && run.containsKey("sentAgain")
                && run.get("sentAgain").n().equals("1");
    }

    @Test
    void aPartThatIsDeliveredAgainSendsNothingHoweverManyNewerUploadsThereAre() {
        int clients = 2_001;
        for (int upload = 0; upload < 3; upload++) {
            String[] rows = IntStream.range(0, clients)
                    .mapToObj(client -> "c" + client + ";t1;1,00;2026-10-01")
                    .toArray(String[]::new);
            upload(DAY.atTime(8 + upload, 0), "u" + upload + ".csv", rows);
            suite.settle();
        }
        List<String> parts = company.parts("billing");
        assertThat(parts).hasSize(6);
        suite.cloud().requests().reset();

        for (int twice = 0; twice < 2; twice++) {
            parts.forEach(part -> suite.send("billingQueue", part));
            suite.settle();
        }

        assertThat(suite.written("Records")).isZero();
        assertThat(suite.cloud().requests().count(request -> request.service().equals("Sqs")))
                .isZero();
        assertThat(applications()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64})
    void filesOfOneTableUploadedAtOnceCostThreeApplicationsEachAtMost(int files) {
        suite.cloud().requests().reset();
        for (int file = 0; file < files; file++) {
            // Each has a row of its own, and one that all have.
            upload(
                    DAY.atTime(8, 0).plusSeconds(file),
                    "f" + file + ".csv",
                    "c1;t" + file + ";1,00;2026-10-01",
                    "c1;all;" + file + ",00;2026-10-01");
        }
        suite.settle();

        assertThat(company.rows("billing")).hasSize(files + 1);
        assertThat(value("c1 all")).isEqualTo(files - 1 + ".00");
        assertThat(applications()).isBetween((long) files, 3L * files);
    }

    @Test
    void filesThatArriveInTheOppositeOrderStillEndAsIfTheyHadArrivedInOrder() {
        int files = 12;
        for (int file = files - 1; file >= 0; file--) {
            upload(DAY.atTime(8, 0).plusSeconds(file), "f" + file + ".csv", "c1;all;" + file / 4 + ",00;2026-10-01");
        }
        suite.settle();

        assertThat(value("c1 all")).isEqualTo((files - 1) / 4 + ".00");
        assertThat(company.events("UploadApplied").stream()
                        .map(event -> event.path("id").asText())
                        .distinct())
                .hasSize(files);
    }

    /// It comes while the older one is being decided.
    @Test
    void aGuardedSnapshotIsJudgedAfterTheOlderUploadsOfItsTable() {
        company.upload(DAY.atTime(7, 0), "clients/c.csv", "client_id;name", "c1;Padaria");
        suite.settle();
        FAULT.next(
                "intakeFunction",
                "PutItem",
                Faults.Fault.NONE,
                () -> upload(DAY.atTime(8, 1), "snapshot/cut.csv", "c1;t1;1,00;2026-10-01"));
        upload(
                DAY.atTime(8, 0),
                "whole.csv",
                "c1;t1;1,00;2026-10-01",
                "c1;t2;1,00;2026-10-01",
                "c1;t3;1,00;2026-10-01");
        suite.settle();

        assertThat(status("snapshot/cut.csv")).isEqualTo("quarantined");
        assertThat(company.rows("billing")).hasSize(3);
    }
}
