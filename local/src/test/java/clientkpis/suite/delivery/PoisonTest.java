package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.invoke.Faults;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.local.service.DeadLetter;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What fails on every attempt is given up by itself: everything else goes on, and the documented redrive brings it
/// back once its cause is gone.
class PoisonTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final String BILLING = "client_id;title_id;value;due_on";
    private static final Duration SOON = Duration.ofMinutes(5);

    private static volatile String failing = "";

    /// Requests of one function about one tenant fail.
    private static volatile String failingTenant = "";

    @RegisterExtension
    static final Suite suite = Suite.start(new Faults() {
        @Override
        public Fault decide(Request request) {
            return Fault.NONE;
        }

        @Override
        public Fault decide(Request request, String event) {
            return request.function().equals(failing) && event.contains(failingTenant) ? Fault.BEFORE : Fault.NONE;
        }
    });

    private Company broken;
    private Company sound;

    @BeforeEach
    void twoCompanies() {
        failing = "";
        broken = suite.company();
        sound = suite.another();
        suite.forgetDeadLetters();
    }

    private void uploads(Company company) {
        company.upload(DAY.atTime(8, 0), "clients/c.csv", "client_id;name;status", "c1;Ana;Ativo");
        company.upload(DAY.atTime(8, 1), "billing/b.csv", BILLING, "c1;t1;1,00;2026-09-01");
        company.upload(DAY.atTime(8, 2), "overrides/o.csv", "client_id;field;value", "c1;situation;risco");
    }

    private List<String> givenUp() throws InterruptedException {
        suite.cloud().settle(SOON);
        return suite.cloud().deadLetters().stream()
                .map(DeadLetter::where)
                .distinct()
                .toList();
    }

    /// As docs/operate.md says: from the dead-letter queue to the function's own.
    private static void redrive(String queue) {
        String from = arn(queue.replace("Queue", "DeadLetterQueue"));
        suite.sqs.startMessageMoveTask(move -> move.sourceArn(from).destinationArn(arn(queue)));
        long end = System.nanoTime() + SOON.toNanos();
        while (suite
                        .sqs
                        .getQueueAttributes(
                                get -> get.queueUrl(suite.cloud().queueUrl(queue.replace("Queue", "DeadLetterQueue")))
                                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                        .attributes()
                        .values()
                        .stream()
                        .anyMatch(count -> !count.equals("0"))
                && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static String arn(String queue) {
        return suite.sqs
                .getQueueAttributes(
                        get -> get.queueUrl(suite.cloud().queueUrl(queue)).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"intake", "clients", "billing", "overrides", "score"})
    void whatAnUploadCausesIsGivenUpAloneAndComesBack(String function) throws InterruptedException {
        failingTenant = broken.tenant().name();
        failing = function + "Function";
        uploads(broken);
        uploads(sound);

        assertThat(givenUp()).containsExactly(function + "DeadLetterQueue");
        assertThat(sound.receipts().values())
                .hasSize(3)
                .allMatch(receipt -> receipt.path("status").asText().equals("applied"));

        failing = "";
        redrive(function + "Queue");
        suite.settle();

        assertSame(broken, sound);
    }

    @ParameterizedTest
    @ValueSource(strings = {"survey", "refresh", "report", "daily"})
    void whatADayCausesIsGivenUpAloneAndComesBack(String function) throws InterruptedException {
        uploads(broken);
        uploads(sound);
        suite.settle();
        failingTenant = broken.tenant().name();
        failing = function + "Function";
        suite.cloud().tick(DAY.atTime(23, 0).atZone(ZONE).toInstant());

        assertThat(givenUp()).containsExactly(function + "DeadLetterQueue");
        assertThat(sound.keys("reports/%s/%s/".formatted(sound.tenant(), DAY))).isNotEmpty();

        failing = "";
        redrive(function + "Queue");
        suite.settle();

        assertSame(broken, sound);
        assertThat(broken.keys("reports/%s/%s/".formatted(broken.tenant(), DAY)))
                .isNotEmpty();
        assertThat(broken.exported(DAY)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"configuration", "erasure", "maturity"})
    void whatAnAdministratorUploadsIsGivenUpAloneAndComesBack(String function) throws InterruptedException {
        uploads(broken);
        uploads(sound);
        suite.settle();
        failingTenant = broken.tenant().name();
        failing = function + "Function";
        for (Company company : List.of(broken, sound)) {
            company.upload(DAY.atTime(9, 0), "maturity/m.csv", "item;nivel;evidencia", "turnover;4;x");
            company.configure(DAY.atTime(9, 1), "{\"uploads\": {\"usageRetentionDays\": 90}}");
            company.erase(DAY.atTime(9, 2), "list.csv", "client_id", "c1");
        }

        assertThat(givenUp()).containsExactly(function + "DeadLetterQueue");
        assertThat(sound.items("Clients")).noneMatch(item -> item.containsKey("fields"));

        failing = "";
        redrive(function + "Queue");
        suite.settle();

        for (Company company : List.of(broken, sound)) {
            assertThat(company.items("Clients")).noneMatch(item -> item.containsKey("fields"));
            assertThat(company.events("ConfigurationActivated")).hasSize(1);
            assertThat(company.events("MaturityAssessed")).hasSize(1);
            assertThat(company.events("ErasureCompleted")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "intakeQueue",
                "billingQueue",
                "scoreQueue",
                "configurationQueue",
                "erasureQueue",
                "maturityQueue",
                "dailyQueue",
                "surveyQueue",
                "refreshQueue",
                "reportQueue"
            })
    void anUnreadableMessageIsGivenUpAlone(String queue) throws InterruptedException {
        List<String> poison = List.of("no JSON", "{}", "null", "", "{\"v\": 1e99999999999}", "[".repeat(5_000));
        poison.stream().filter(body -> !body.isEmpty()).forEach(body -> suite.send(queue, body));
        uploads(sound);
        suite.cloud().tick(DAY.atTime(23, 0).atZone(ZONE).toInstant());

        assertThat(givenUp()).containsExactly(queue.replace("Queue", "DeadLetterQueue"));
        suite.forgetDeadLetters();
        suite.recalculate(DAY);

        assertThat(sound.receipts().values())
                .allMatch(receipt -> receipt.path("status").asText().equals("applied"));
        assertThat(sound.table(DAY)).containsOnlyKeys("c1");
    }

    private static void assertSame(Company one, Company other) {
        assertThat(text(one)).isEqualTo(text(other));
        one.assertChangesAreWhole();
    }

    private static List<Object> text(Company company) {
        String name = company.tenant().name();
        return List.of(
                company.rows("billing").toString().replace(name, "-"),
                company.rows("clients").toString().replace(name, "-"),
                company.receipts().values().stream()
                        .map(receipt -> receipt.path("status").asText() + receipt.path("rows"))
                        .sorted()
                        .toList(),
                company.events("SituationChanged").stream()
                        .map(event -> event.path("to").asText())
                        .toList());
    }
}
