package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.Options;
import clientkpis.local.trigger.Deliveries.Delivery;
import clientkpis.suite.Company;
import clientkpis.suite.SmallWorkbook;
import clientkpis.suite.Suite;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// When all has settled, whatever was ever delivered may be delivered again: a message causes a bounded number of
/// messages, and a repeated one none.
@Tag("slow")
class TwiceMoreTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    /// More than one part holds.
    private static final int CLIENTS = 2_100;

    @Test
    void everyMessageThatWasEverCarriedDeliveredTwiceMoreWritesAndSendsNothing() {
        try (Suite suite = Suite.start(
                Suite.ROOT.resolve("template.yaml"), Options.defaults().withRecord())) {
            Company company = suite.company();
            for (int upload = 0; upload < 4; upload++) {
                int value = 1 + upload % 3;
                company.upload(
                        DAY.atTime(8, upload),
                        "contracts/" + upload + ".csv",
                        Stream.concat(
                                        Stream.of("client_id;contract_id;model;value;status"),
                                        IntStream.range(0, CLIENTS)
                                                .mapToObj(i -> "c" + i + ";k;MRR;" + value + ",00;Ativo"))
                                .toArray(String[]::new));
            }
            company.upload(DAY.atTime(8, 30), "auto/Carteira.xlsx", SmallWorkbook.ofSeveralTables());
            suite.settle();
            suite.recalculate(DAY);
            suite.recalculate(DAY.plusDays(1));
            company.erase(DAY.plusDays(1).atTime(9, 0), "list.csv", "client_id", "c1", "c2", "nobody");
            suite.settle();
            Map<String, ?> state = company.state();
            List<Delivery> carried = suite.cloud().carried();
            assertThat(carried)
                    .extracting(Delivery::source)
                    .contains("contractsQueue", "scoreQueue", "refreshQueue", "erasureQueue");

            for (int time = 0; time < 2; time++) {
                suite.cloud().requests().reset();
                for (Delivery delivery : carried) {
                    // What is on the stream was published, and is published again. The schedule sends a message per
                    // tenant, which does nothing more.
                    if (!delivery.source().equals("SituationChanges")
                            && !delivery.source().equals("dailyFunction")) {
                        deliver(suite, delivery);
                    }
                }
                suite.settle();

                assertThat(List.of(
                                suite.written("Records"), suite.written("Clients"), suite.written("SituationChanges")))
                        .as("items written to Records, Clients, SituationChanges")
                        .containsOnly(0L);
                assertThat(suite.cloud().requests().sent())
                        .as("messages and events sent")
                        .isZero();
            }
            assertThat(company.state()).isEqualTo(state);
        }
    }

    private static void deliver(Suite suite, Delivery delivery) {
        try {
            suite.cloud().deliverAgain(delivery);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
