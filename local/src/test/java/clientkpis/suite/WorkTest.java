package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.message.SegmentMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Work is proportional to change, counted in the requests that the functions make.
class WorkTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);
    private static final int CLIENTS = 10;
    private static final int DUE_TODAY = 3;

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private Company company;

    /// Ten clients, all evaluated and recalculated; the titles of three of them are due on that day.
    @BeforeEach
    void aPortfolioRecalculated() {
        company = suite.company();
        upload(MORNING);
        suite.settle();
        suite.recalculate(DAY);
        assertThat(company.export(DAY)).hasSize(CLIENTS);
        suite.cloud().requests().reset();
    }

    private void upload(LocalDateTime time) {
        company.upload(time, "clients/clients.csv", lines("client_id;name;status", "c%d;Padaria %d;Ativo"));
        company.upload(time.plusSeconds(1), "billing/titles.csv", titles());
        company.upload(
                time.plusSeconds(2),
                "nps/answers.csv",
                lines("client_id;answer_id;score;answered_on", "c%d;a%d;9;2026-09-01"));
        company.upload(
                time.plusSeconds(3),
                "usage/usage.csv",
                lines("client_id;user_id;used_on;actions", "c%d;u%d;2026-09-05;7"));
    }

    private static String[] titles() {
        String[] titles = lines("client_id;title_id;value;due_on;paid_on", "c%d;t%d;10,00;2026-12-10;");
        for (int i = 1; i <= DUE_TODAY; i++) {
            titles[i] = titles[i].replace("2026-12-10", DAY.toString());
        }
        return titles;
    }

    private static String[] lines(String header, String line) {
        List<String> lines = new ArrayList<>(List.of(header));
        for (int i = 0; i < CLIENTS; i++) {
            lines.add(line.formatted(i, i));
        }
        return lines.toArray(String[]::new);
    }

    private static void assertWritten(int clients, int records, int changes) {
        assertThat(List.of(suite.written("Clients"), suite.written("Records"), suite.written("SituationChanges")))
                .as("items written to Clients, Records, SituationChanges")
                .containsExactly((long) clients, (long) records, (long) changes);
    }

    private static long requestsOf(String function) {
        return suite.cloud().requests().count(request -> request.function().equals(function));
    }

    @Test
    void aSecondTickOfTheSameDayDoesNothing() {
        suite.tick(DAY.atTime(23, 59, 59));

        assertWritten(0, 0, 0);
        assertThat(requestsOf("surveyFunction")).isZero();
    }

    @Test
    void aDayRecalculatedAgainWritesNothing() {
        var before = company.state();
        Map<String, JsonNode> export = company.export(DAY);
        String segment = SegmentMessage.all(company.tenant(), DAY, CLIENTS).getFirst();

        suite.send("surveyQueue", segment);
        suite.settle();
        suite.send("refreshQueue", segment);
        suite.settle();

        assertThat(requestsOf("surveyFunction")).isPositive();
        assertThat(requestsOf("refreshFunction")).isPositive();
        assertWritten(0, 0, 0);
        assertThat(company.state()).isEqualTo(before);
        assertThat(company.export(DAY)).isEqualTo(export);
        assertThat(company.events("RecalculationCompleted")).hasSize(1);
    }

    @Test
    void aRecalculationWritesAsManyClientsAsChangeAndAUsualDayNone() {
        suite.recalculate(DAY.plusDays(1));

        assertWritten(DUE_TODAY, 0, 0);
        assertThat(company.export(DAY.plusDays(1)).values())
                .filteredOn(client -> client.path("overdueTitles").asInt() == 1)
                .hasSize(DUE_TODAY);
        assertThat(company.events("RecalculationCompleted")
                        .getLast()
                        .path("changed")
                        .asInt())
                .isEqualTo(DUE_TODAY);

        suite.cloud().requests().reset();
        suite.recalculate(DAY.plusDays(2));

        assertThat(company.export(DAY.plusDays(2))).hasSize(CLIENTS);
        assertThat(requestsOf("refreshFunction")).isPositive();
        assertWritten(0, 0, 0);
        assertThat(company.events("RecalculationCompleted")
                        .getLast()
                        .path("changed")
                        .asInt())
                .isZero();
    }

    /// What the report read of the days before, it reads once.
    @Test
    void aUsualDayMakesAsManyRequestsHoweverManyWereBefore() {
        suite.recalculate(DAY.plusDays(1));
        suite.recalculate(DAY.plusDays(2));
        suite.cloud().requests().reset();
        suite.recalculate(DAY.plusDays(3));
        Map<String, Long> early = requestsOfADay();

        suite.recalculate(DAY.plusDays(4));
        suite.recalculate(DAY.plusDays(5));
        suite.cloud().requests().reset();
        suite.recalculate(DAY.plusDays(6));

        assertThat(requestsOfADay()).isEqualTo(early);
    }

    private static Map<String, Long> requestsOfADay() {
        return Stream.of("surveyFunction", "refreshFunction", "reportFunction")
                .collect(Collectors.toMap(function -> function, WorkTest::requestsOf));
    }

    @Test
    void anUploadWritesAsManyRowsAndClientsAsChange() {
        String[] titles = titles();
        titles[CLIENTS] = titles[CLIENTS].replace("2026-12-10;", "2026-12-10;" + DAY);
        titles[CLIENTS - 1] = titles[CLIENTS - 1].replace("10,00", "11,00");

        company.upload(DAY.plusDays(1).atTime(8, 0), "billing/more.csv", titles);
        suite.settle();

        assertWritten(2, 2, 0);
        JsonNode rows = company.receiptOf("billing/more.csv").path("rows");
        assertThat(rows.path("stored").asInt()).isEqualTo(2);
        assertThat(rows.path("unchanged").asInt()).isEqualTo(CLIENTS - 2);
    }

    @Test
    void theSameFilesAgainWriteNoRowNoClientAndTellNoChange() {
        Set<String> before = new HashSet<>(company.receipts().keySet());
        int published = company.events("SituationChanged").size();

        upload(DAY.plusDays(1).atTime(8, 0));
        suite.settle();

        assertWritten(0, 0, 0);
        Map<String, JsonNode> receipts = company.receipts();
        receipts.keySet().removeAll(before);
        assertThat(receipts).hasSize(4).allSatisfy((key, receipt) -> {
            assertThat(receipt.path("status").asText()).isEqualTo("applied");
            assertThat(receipt.at("/rows/unchanged").asInt()).isEqualTo(CLIENTS);
            assertThat(receipt.at("/clients/new").asInt()).isZero();
        });
        assertThat(company.events("SituationChanged")).hasSize(published);
    }
}
