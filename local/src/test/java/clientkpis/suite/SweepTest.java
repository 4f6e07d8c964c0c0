package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.invoke.Faults.Fault;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What was lost on the way, although it was retried, is found by the daily sweep.
class SweepTest {
    private static final Meanwhile MEANWHILE = new Meanwhile();
    /// The bucket dates objects by its own clock.
    private final LocalDate today = LocalDate.ofInstant(Instant.now(), Suite.ZONE);
    private final LocalDateTime morning = today.atTime(8, 0);
    private static final String CONTRACTS = "client_id;contract_id;model;value;status";

    @RegisterExtension
    static final Suite suite = Suite.start(MEANWHILE);

    private Company company;

    @BeforeEach
    void fresh() {
        suite.forgetDeadLetters();
        company = suite.company();
    }

    @AfterEach
    void allHappened() {
        MEANWHILE.assertAllHappened();
        company.assertChangesAreWhole();
    }

    /// At 4 o'clock UTC, after what was uploaded is old enough.
    private void sweep() {
        suite.tick(today.plusDays(2).atTime(1, 0));
    }

    @Test
    void anUploadWhoseEventWasLostIsAppliedOnce() {
        MEANWHILE.failsForGood("intakeFunction", "GetItem", suite.cloud().table("Runs"));
        company.upload(morning, "contracts/lost.csv", CONTRACTS, "c1;k1;MRR;1,00;Ativo");
        String event = suite.pending("uploads/" + company.tenant() + "/contracts/lost.csv");
        suite.loseDeadLetters();
        assertThat(company.receipts()).isEmpty();

        sweep();

        assertThat(company.rows("contracts")).hasSize(1);
        assertThat(company.events("UploadApplied")).hasSize(1);
        // S3's event arrives after all: that version was decided.
        suite.send("intakeQueue", event);
        suite.settle();
        sweep();
        assertThat(company.events("UploadApplied")).hasSize(1);
        assertThat(company.receipts()).hasSize(1);
    }

    @Test
    void clientsWhoseEvaluationWasLostAreEvaluated() {
        company.upload(morning, "contracts/first.csv", CONTRACTS, "c1;k1;MRR;1,00;Ativo", "c2;k2;MRR;1,00;Ativo");
        suite.settle();
        MEANWHILE.failsForGood("scoreFunction", "BatchGetItem", suite.cloud().table("Clients"));
        company.upload(
                morning.plusHours(1),
                "contracts/second.csv",
                CONTRACTS,
                "c1;k1;MRR;5,00;Ativo",
                "c2;k2;MRR;1,00;Ativo",
                "c3;k3;MRR;7,00;Ativo");
        suite.loseDeadLetters();
        assertThat(company.items("Clients")).hasSize(2);

        sweep();

        suite.recalculate(today.plusDays(2));
        var table = company.table(today.plusDays(2));
        assertThat(table.get("c1").path("mrr").decimalValue()).isEqualByComparingTo("5");
        assertThat(table.get("c3").path("mrr").decimalValue()).isEqualByComparingTo("7");
    }

    /// The function died before it marked the change, so nobody knows whether it was published.
    @Test
    void aChangeOfSituationThatIsNotMarkedAsPublishedIsPublishedOnceMore() {
        company.upload(morning, "nps/n.csv", "client_id;answer_id;score;answered_on", "c1;a;10;2026-09-01");
        suite.settle();
        MEANWHILE.fails("situationFunction", "UpdateItem", suite.cloud().table("SituationChanges"), Fault.BEFORE);
        company.upload(morning.plusMinutes(1), "overrides/o.csv", "client_id;field;value", "c1;situation;risco");
        suite.settle();
        var published = company.events("SituationChanged");
        assertThat(published).isNotEmpty();

        sweep();

        var all = company.events("SituationChanged");
        assertThat(all).hasSize(published.size() + 1);
        assertThat(all.getLast().path("id")).isEqualTo(published.getLast().path("id"));
        suite.cloud().requests().reset();
        sweep();
        assertThat(suite.written("SituationChanges")).isZero();
    }

    @Test
    void nothingIsSentWhereNothingIsMissing() {
        SmallPortfolio.ofAllTables().forEach((path, lines) -> company.upload(morning, path, lines));
        suite.settle();
        suite.recalculate(today);
        company.erase(morning.plusHours(14), "list.csv", "client_id", "c1");
        suite.settle();
        suite.cloud().requests().reset();

        sweep();

        assertThat(suite.cloud()
                        .requests()
                        .count(request -> request.function().equals("sweepFunction")
                                && request.service().equals("Sqs")
                                && request.accesses().stream()
                                        .noneMatch(access -> access.resource().endsWith("-sweep"))))
                .isZero();
        assertThat(suite.written("Records")).isZero();
    }
}
