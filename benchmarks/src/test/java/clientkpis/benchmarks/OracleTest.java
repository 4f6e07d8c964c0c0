package clientkpis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.benchmarks.DataUpload.Form;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Cases small enough to be worked out by hand from the specification.
///
/// One file for one specification, section by section.
class OracleTest {

    private static final LocalDate D = LocalDate.of(2026, 9, 1);

    private final List<DataUpload> uploads = new ArrayList<>();

    @Test
    void mrrIsTheSumOfActiveContractsOfTheModelMrr() {
        given(
                D,
                contract("1", "MRR", "10.10", "Ativo"),
                contract("2", "mrr", "20.20", "VIGENTE"),
                contract("3", "MRR", "40", "cancelado"),
                contract("4", "Setup", "80", "ativo"));

        assertThat(at(D)).containsEntry("mrr", money("30.30"));
    }

    @Test
    void contractsOfWhichNoneIsActiveGiveZeroAndNoContractsGiveNothing() {
        given(D, contract("1", "MRR", "10", "suspenso"), row(Table.CLIENTS, "b", "name", "B"));

        assertThat(at(D))
                .containsEntry("mrr", money("0.00"))
                .containsEntry("licences", 0)
                .doesNotContainKey("renewalOn");
        assertThat(at(D, "b")).containsOnlyKeys("name", "situation");
    }

    @Test
    void blankRecurringMeansRecurringWhenTheModelIsMrr() {
        given(
                D,
                contract("1", "MRR", "1", "ativo", "licences", 1),
                contract("2", "Setup", "1", "ativo", "licences", 2),
                contract("3", "Setup", "1", "ativo", "licences", 4, "recurring", true),
                contract("4", "MRR", "1", "ativo", "licences", 8, "recurring", false),
                contract("5", "MRR", "1", "ativo"));

        assertThat(at(D)).containsEntry("licences", 5);
    }

    @Test
    void renewalIsTheNearestEndFromTodayOnAndElseTheLatestPastOne() {
        given(
                D,
                contract("1", "MRR", "1", "ativo", "ends_on", D.plusDays(1), "starts_on", D.minusDays(9)),
                contract("2", "MRR", "1", "ativo", "ends_on", D.minusDays(5)),
                contract("3", "MRR", "1", "cancelado", "ends_on", D, "starts_on", D.plusDays(4)));

        assertThat(at(D))
                .containsEntry("renewalOn", D.plusDays(1))
                .containsEntry("daysToRenewal", 1)
                .containsEntry("lastPurchaseOn", D.plusDays(4));
        assertThat(at(D.plusDays(3))).containsEntry("renewalOn", D.plusDays(1)).containsEntry("daysToRenewal", -2);
    }

    @Test
    void titleDueTodayIsNotOverdueAndTomorrowItIs() {
        given(D, title("1", D), title("2", D, "paid_on", D.plusDays(40)), title("3", D, "status", "Cancelada"));

        assertThat(at(D)).containsEntry("overdueTitles", 0);
        assertThat(at(D.plusDays(1))).containsEntry("overdueTitles", 1);
    }

    @Test
    void tcvCountsTitlesFromTheDayOfTheirIssue() {
        given(D, title("1", D), title("2", D, "issued_on", D.plusDays(1)), title("3", D, "status", "cancelled"));

        assertThat(at(D)).containsEntry("tcv", money("10.00"));
        assertThat(at(D.plusDays(1))).containsEntry("tcv", money("20.00"));
    }

    @Test
    void ticketIsAboveSlaFromTheDayAfterItsSlaWhileOpen() {
        given(
                D,
                row(Table.SUPPORT, "a", "ticket_id", "1", "sla_on", D),
                row(Table.SUPPORT, "a", "ticket_id", "2", "sla_on", D, "closed_on", D.plusDays(9)),
                row(Table.SUPPORT, "a", "ticket_id", "3"));

        assertThat(at(D)).containsEntry("ticketsAboveSla", 0);
        assertThat(at(D.plusDays(1))).containsEntry("ticketsAboveSla", 1);
    }

    @Test
    void everyRespondentCountsOnceWithTheLatestAnswerByCodePoint() {
        given(
                D,
                answer("1", "ana", 0, D),
                answer("2", "ana", 10, D.plusDays(1)),
                answer("～", "bia", 10, D),
                answer("😀", "bia", 6, D),
                answer("5", null, 9, D),
                answer("6", null, 9, D),
                answer("7", null, 7, D));

        // ana 10, bia 6 (😀 is the higher code point though the lower UTF-16 unit), 9, 9, 7: (3 - 1) / 5
        assertThat(at(D)).containsEntry("nps", money("40.00"));
    }

    @Test
    void engagementIsTheRankAmongClientsThatAreNotInactive() {
        given(
                D,
                used("a", D, 5),
                used("b", D, 5),
                used("c", D, 1),
                used("d", D, 9),
                used("e", D, 3),
                row(Table.CLIENTS, "d", "name", "D", "status", "Inativa"),
                row(Table.CLIENTS, "e", "name", "E"));

        // n = 4: c 1, e 3, a and b 5
        assertThat(at(D, "a")).containsEntry("engagementScore", money("50.00"));
        assertThat(at(D, "c")).containsEntry("engagementScore", money("-75.00"));
        assertThat(at(D, "e")).containsEntry("engagementScore", money("-25.00"));
        assertThat(at(D, "d")).doesNotContainKey("engagementScore").containsEntry("activeUsers", 1);
    }

    @Test
    void engagementRoundsHalvesAwayFromZero() {
        for (int i = 0; i < 16; i++) {
            given(D, used("c" + i, D, i));
        }

        // 100 x (2 x 8 + 1 - 16) / 16 = 6.25; 100 x (1 - 16) / 16 = -93.75
        assertThat(at(D, "c8")).containsEntry("engagementScore", money("6.25"));
        assertThat(at(D, "c0")).containsEntry("engagementScore", money("-93.75"));
        assertThat(new ExactNumber(
                                ExactNumber.of(-1).numerator(),
                                ExactNumber.of(8).numerator())
                        .rounded(2))
                .isEqualTo(money("-0.13"));
    }

    @Test
    void usageCountsForThirtyDaysAndItsClientStaysInThePortfolio() {
        given(
                D,
                used("a", D, 5),
                row(Table.USAGE, "a", "user_id", "v", "used_on", D, "actions", 0, "accesses", 1),
                used("b", D, 1));

        assertThat(at(D.plusDays(29)))
                .containsEntry("activeUsers", 1)
                .containsEntry("usersWithActivity", 1)
                .containsEntry("engagementScore", money("50.00"));
        assertThat(at(D.plusDays(30)))
                .containsEntry("activeUsers", 0)
                .containsEntry("usersWithActivity", 0)
                .containsEntry("engagementScore", money("0.00"));
        assertThat(at(D, "b")).doesNotContainKey("usersWithActivity");
    }

    @Test
    void activityIsPendingUntilItsDateOrItsStatusSaysThatItIsCompletedOrCancelled() {
        given(
                D,
                row(Table.ACTIVITIES, "a", "activity_id", "1", "status", "Concluída", "due_on", D.minusDays(1)),
                row(Table.ACTIVITIES, "a", "activity_id", "2", "status", "em andamento", "due_on", D.minusDays(1)),
                row(Table.ACTIVITIES, "a", "activity_id", "3", "status", "CANCELADA"),
                row(Table.ACTIVITIES, "a", "activity_id", "4", "completed_on", D.minusDays(3)));

        assertThat(at(D))
                .containsEntry("pendingActivities", 1)
                .containsEntry("overdueActivities", 1)
                .containsEntry("lastInteractionOn", D.minusDays(3));
    }

    @Test
    void sponsorIsTheFirstRegisteredActiveOneAndBlankIsNotActive() {
        given(
                D,
                contact("1", "Zoe", "role", "Sponsor", "active", true),
                contact("3", "Bia", "role", "SPONSOR", "active", true, "registered_on", D),
                contact("2", "Ana", "role", "sponsor", "active", true, "registered_on", D, "email", "ana@x.com"),
                contact("0", "Rui", "role", "sponsor", "registered_on", D.minusDays(9)));

        assertThat(at(D))
                .containsEntry("sponsorName", "Ana")
                .containsEntry("sponsorEmail", "ana@x.com")
                .doesNotContainKey("sponsorPhone");
    }

    @Test
    void senseScoreSpreadsTheWeightOfWhatIsAbsent() {
        given(
                D,
                title("1", D.minusDays(1)),
                answer("1", "ana", 9, D),
                answer("2", "bia", 7, D),
                answer("3", "rui", 7, D));

        // overdue 1 -> 60 (25); nps 33.33 -> 66.665 (20): (1500 + 1333.3) / 45 = 62.9622...
        assertThat(at(D))
                .containsEntry("nps", money("33.33"))
                .containsEntry("senseScore", money("62.96"))
                .containsEntry("senseScoreCoverage", money("45.00"));
    }

    @Test
    void variationIsThePeriodOverThePreviousOneWithOneDayInBoth() {
        given(D, title("1", D.minusDays(1)));
        given(LocalDate.of(2026, 9, 15), title("1", D.minusDays(1), "paid_on", D));

        // 15/09 to 30/09: 100; 01/09 to 15/09: 14 days at 60 and one at 100
        assertThat(at(LocalDate.of(2026, 9, 30)))
                .containsEntry("senseScoreVariation15d", money("1.5957"))
                .containsEntry("senseScoreVariation7d", money("1.0000"))
                .doesNotContainKey("senseScoreVariation30d");
    }

    @Test
    void variationIsAbsentWhenThePreviousPeriodHasNoValueOrIsZero() {
        given(D, title("1", D.minusDays(1)), title("2", D.minusDays(1)), title("3", D.minusDays(1)));

        assertThat(at(D)).containsEntry("senseScore", money("0.00")).doesNotContainKey("senseScoreVariation7d");
        assertThat(at(D.plusDays(20)))
                .doesNotContainKey("senseScoreVariation7d")
                .doesNotContainKey("senseScoreVariation30d");
    }

    @Test
    void clientIsAtRiskWhileItsScoreIsRedAndFallsBelowTheMeanOfSixtyDays() {
        given(D, title("1", D), title("2", D.plusDays(1)));

        Expected expected = Oracle.expected(uploads, D.plusDays(3));

        // 100, then 60, then 30 and 30: red since the third day
        assertThat(expected.clients().get("a")).containsEntry("senseScore", money("30.00"));
        assertThat(expected.changes()).isEmpty();
        // Within the first seven days both means are of the same days: the mean of 60 leaves the mean of 7 on the
        // eighth.
        assertThat(Oracle.expected(uploads, D.plusDays(80)).changes())
                .containsExactly(
                        new Expected.Change("a", "neutral", "risk", D.plusDays(7)),
                        // the two good days leave the 60 days one by one, and then both means are 30
                        new Expected.Change("a", "risk", "neutral", D.plusDays(61)));
    }

    @Test
    void clientIsAnOpportunityWhenScoreAndEngagementAreHighAndFall() {
        given(D, used("a", D, 10), used("b", D, 1), used("c", D, 2));
        given(D.plusDays(10), used("c", D.plusDays(10), 8), used("d", D.plusDays(10), 0));

        // a: 66.67 (83.34 points, green) until the tenth day; then a and c are equal at the top of four: 50 (75, green)
        assertThat(at(D.plusDays(10)))
                .containsEntry("engagementScore", money("50.00"))
                .containsEntry("senseScore", money("75.00"))
                .containsEntry("situation", "opportunity");
        assertThat(at(D.plusDays(9))).containsEntry("situation", "neutral");
    }

    @Test
    void yellowScoreIsNeutralHoweverItFalls() {
        given(D, title("1", D.plusDays(10)));

        assertThat(at(D.plusDays(14)))
                .containsEntry("senseScore", money("60.00"))
                .containsEntry("situation", "neutral");
    }

    @Test
    void inactiveDayHasNoEngagementInTheMeans() {
        given(D, used("a", D, 10), used("b", D, 1), title("1", D.plusDays(90)));
        given(D.plusDays(1), row(Table.CLIENTS, "a", "name", "A", "status", "inactive"));

        // engagement drops out of the score: title alone, 100
        assertThat(at(D)).containsEntry("senseScore", money("86.36"));
        assertThat(at(D.plusDays(1)))
                .containsEntry("senseScore", money("100.00"))
                .containsEntry("senseScoreCoverage", money("25.00"));
    }

    @Test
    void laterRowReplacesTheWholeRowOfItsKeyInOrderOfPaths() {
        uploads.add(upload(D, "billing-2.csv", Form.MIXED, title("1", D.minusDays(1))));
        uploads.add(upload(D, "billing-1.csv", Form.MIXED, title("1", D.minusDays(1), "paid_on", D)));

        assertThat(at(D)).containsEntry("overdueTitles", 1);
    }

    @Test
    void rejectedRowsAndFilesCountNothing() {
        DataRow good = title("1", D);
        given(
                D,
                good,
                new DataRow(Table.BILLING, Map.of("client_id", "ghost"), false),
                new DataRow(Table.BILLING, title("2", D).values(), false));
        uploads.add(upload(D, "z.csv", Form.TRUNCATED_GZIP, title("3", D)));

        Expected expected = Oracle.expected(uploads, D);

        assertThat(expected.clients()).containsOnlyKeys("a");
        assertThat(expected.clients().get("a")).containsEntry("tcv", money("10.00"));
    }

    private void given(LocalDate day, DataRow... rows) {
        uploads.add(upload(day, "file-" + uploads.size(), Form.MIXED, rows));
    }

    private static DataUpload upload(LocalDate day, String path, Form form, DataRow... rows) {
        return new DataUpload(day, path, rows[0].table(), List.of(rows), form);
    }

    private Map<String, Object> at(LocalDate day) {
        return at(day, "a");
    }

    private Map<String, Object> at(LocalDate day, String client) {
        return Oracle.expected(uploads, day).clients().get(client);
    }

    private static DataRow contract(String id, String model, String value, String status, Object... more) {
        DataRow row = row(Table.CONTRACTS, "a", more);
        return with(row, "contract_id", id, "model", model, "value", money(value), "status", status);
    }

    private static DataRow title(String id, LocalDate due, Object... more) {
        return with(row(Table.BILLING, "a", more), "title_id", id, "value", money("10.00"), "due_on", due);
    }

    private static DataRow answer(String id, String respondent, int score, LocalDate on) {
        DataRow row = row(Table.NPS, "a", "answer_id", id, "score", score, "answered_on", on);
        return respondent == null ? row : with(row, "respondent", respondent);
    }

    private static DataRow used(String client, LocalDate on, int actions) {
        return row(Table.USAGE, client, "user_id", "u", "used_on", on, "actions", actions);
    }

    private static DataRow contact(String id, String name, Object... more) {
        return with(row(Table.CONTACTS, "a", more), "contact_id", id, "name", name);
    }

    private static DataRow row(Table table, String client, Object... cells) {
        return with(new DataRow(table, Map.of("client_id", client), true), cells);
    }

    private static DataRow with(DataRow row, Object... cells) {
        Map<String, Object> values = new HashMap<>(row.values());
        for (int i = 0; i < cells.length; i += 2) {
            values.put((String) cells[i], cells[i + 1]);
        }
        return new DataRow(row.table(), values, row.valid());
    }

    private static BigDecimal money(String number) {
        return new BigDecimal(number);
    }
}
