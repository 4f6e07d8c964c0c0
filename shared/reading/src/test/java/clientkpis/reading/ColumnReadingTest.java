package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The language in which a source and a tenant say how a column is made of what a file has.
class ColumnReadingTest {
    private static final Reading TITLES = Reading.of("billing");
    private static final Reading CONTRACTS = Reading.of("contracts");
    private static final Reading USAGE = Reading.of("usage");

    private static List<Map<String, String>> rows(UploadFile.Result result) {
        return Reading.rows((UploadFile.Accepted) result);
    }

    @Test
    void theFirstCellThatIsNotBlankIsTaken() {
        assertThat(rows(TITLES.reading("{\"due_on\": {\"from\": [\"Novo\", \"Antigo\"]}}")
                        .csv("client_id;title_id;value;Antigo;Novo\n1;a;1;01/09/2026;\n1;b;1;01/09/2026;02/09/2026\n")))
                .extracting(row -> row.get("due_on"))
                .containsExactly("2026-09-01", "2026-09-02");
    }

    @Test
    void anAmountByPeriodIsOneByMonth() {
        UploadFile.Accepted file = CONTRACTS
                .reading("{\"value\": {\"from\": [\"Amount\"], \"months\": {\"Interval\": {\"Year\": 12, \"month\":"
                        + " 1}}}, \"model\": {\"default\": \"MRR\"}}")
                .csv("""
                    client_id;contract_id;status;Amount;Interval
                    1;a;active;11990,00;year
                    1;b;active;299;month
                    1;c;active;1;week
                    """);
        assertThat(rows(file)).extracting(row -> row.get("value")).containsExactly("999.17", "299");
        assertThat(rows(file)).extracting(row -> row.get("model")).containsOnly("MRR");
        assertThat(file.problems().first().getFirst().code()).isEqualTo(RowCode.UNKNOWN_PERIOD);
        assertThat(file.problems().first().getFirst().expected()).contains("month, year");
    }

    /// The empty header is of no period.
    @ParameterizedTest
    @ValueSource(strings = {"12", "12.0"})
    void anAmountOfAYearIsOneByMonth(String months) {
        UploadFile.Accepted file = CONTRACTS
                .reading("{\"value\": {\"from\": [\"Valor anual\"], \"months\": " + months + "}}")
                .csv("""
                    client_id;contract_id;model;status;Valor anual;
                    1;a;MRR;active;11990,00;month
                    1;b;MRR;active;-600;
                    """);
        assertThat(rows(file)).extracting(row -> row.get("value")).containsExactly("999.17", "-50.00");
    }

    @Test
    void centsAreScaled() {
        assertThat(rows(TITLES.reading("{\"value\": {\"from\": [\"cents\"], \"scale\": 0.01}}")
                        .csv("client_id;title_id;due_on;cents\n1;a;01/09/2026;129900\n")))
                .extracting(row -> row.get("value"))
                .containsExactly("1299.00");
    }

    @Test
    void anIdIsMadeOfCellsAndRowsThatAgreeInThemAreNumbered() {
        List<Map<String, String>> rows = rows(TITLES.reading("{\"title_id\": {\"key\": [\"client_id\", \"Parcela\"]}}")
                .csv("client_id;value;due_on;Parcela\n1;1;01/09/2026;1\n1;2;01/09/2026;1\n1;3;01/09/2026;2\n"));
        assertThat(rows).extracting(row -> row.get("title_id")).doesNotHaveDuplicates();
        assertThat(rows).extracting(row -> row.get("value")).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(rows)
                .filteredOn(row -> row.get("title_id").endsWith("-2"))
                .extracting(row -> row.get("value"))
                .containsExactly("2");
    }

    @Test
    void rowsOfOneKeyAreCounted() {
        assertThat(rows(USAGE.reading("{\"actions\": {\"count\": true}}")
                        .csv("client_id;user_id;used_on\n1;u;01/09/2026\n1;u;01/09/2026\n1;v;01/09/2026\n")))
                .extracting(row -> row.get("actions"))
                .containsExactly("2", "1");
    }

    @Test
    void countsDoNotDependOnHowMuchFitsInMemory() {
        StringBuilder file = new StringBuilder("client_id;user_id;used_on\n");
        for (int i = 0; i < 3_000; i++) {
            file.append(i % 7).append(";u").append(i % 3).append(";01/09/2026\n");
        }
        Reading counting = USAGE.reading("{\"actions\": {\"count\": true}}");
        byte[] bytes = file.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(rows(counting.bytes("x.csv", bytes, 10_000, 2)))
                .containsExactlyInAnyOrderElementsOf(rows(counting.bytes("x.csv", bytes)));
    }

    @Test
    void datesOfAFormNeedNoProof() {
        assertThat(rows(TITLES.reading("{\"due_on\": {\"form\": \"month-first\", \"zone\": \"UTC\"}}")
                        .csv("client_id;title_id;value;due_on\n1;a;1;09/02/2026 01:30\n")))
                .extracting(row -> row.get("due_on"))
                .containsExactly("2026-09-01");
    }

    @Test
    void aHeaderThatSaysUtcIsAZone() {
        assertThat(rows(TITLES.csv(
                        "client_id;title_id;value;Due Date (UTC)\n1;a;1;2026-09-02 01:30\n2;b;1;2026-09-02 12:00\n")))
                .extracting(row -> row.get("due_on"))
                .containsExactlyInAnyOrder("2026-09-01", "2026-09-02");
    }

    @Test
    void secondsSince1970AreMoments() {
        assertThat(rows(USAGE.reading("{\"used_on\": {\"form\": \"epoch-seconds\"}, \"actions\": {\"count\": true}}")
                        .csv("client_id;user_id;used_on\n1;u;1759795200\n1;v;1759809600\n")))
                .extracting(row -> row.get("used_on"))
                .containsExactly("2025-10-06", "2025-10-07");
    }

    @Test
    void aTitleWithNothingLeftIsPaid() {
        assertThat(rows(TITLES.reading("{\"paid_on\": {\"paidWhenZero\": \"A Receber\"}}")
                        .csv("""
                            client_id;title_id;value;due_on;A Receber
                            1;a;1;01/09/2026;0,00
                            1;b;1;01/09/2026;1,00
                            """)))
                .extracting(row -> row.get("status"))
                .containsExactly("paid", "open");
    }

    @Test
    void aTitleThatIsPaidInPartIsNotPaid() {
        assertThat(rows(TITLES.reading("{\"paid_on\": {\"from\": [\"Pago em\"], \"paidWhenZero\": \"Saldo\"}}")
                        .csv("""
                            client_id;title_id;value;due_on;Pago em;Saldo
                            1;a;9;01/09/2026;02/09/2026;0,00
                            1;b;9;01/09/2026;02/09/2026;4,00
                            1;c;9;01/09/2026;;9,00
                            """)))
                .extracting(row -> row.get("status") + " " + row.get("paid_on"))
                .containsExactly("paid 2026-09-02", "open null", "open null");
    }

    @Test
    void everyHeaderThatDecidesIsTold() {
        UploadFile.Accepted titles = TITLES.reading(
                        "{\"paid_on\": {\"paidWhenZero\": \"A Receber\"}, \"value\": {\"from\": [\"Amount\"],"
                                + " \"months\": {\"Interval\": {\"month\": 1}}, \"when\": {\"Kind\": [\"fee\"]}}}")
                .csv("client_id;title_id;Amount;Interval;Kind;due_on;A Receber\n1;a;1;month;fee;01/09/2026;0\n");
        assertThat(titles.used())
                .contains(
                        new Receipt.UsedColumn("paid_on", "A Receber"),
                        new Receipt.UsedColumn("value", "Interval"),
                        new Receipt.UsedColumn("value", "Kind"));
        assertThat(titles.absent()).doesNotContain("paid_on");
        assertThat(titles.warnings())
                .extracting(Warning::code)
                .contains(WarningCode.PAID_WITHOUT_DATE)
                .doesNotContain(WarningCode.NO_PAYMENT_DATE);
    }

    @Test
    void aHeaderIsToldOnceOfAColumn() {
        UploadFile.Accepted contacts = Reading.of("contacts")
                .reading("{\"name\": {\"from\": [\"First\"], \"join\": [\"First\", \"Last\"]}}")
                .csv("client_id;contact_id;First;Last\n1;a;Lia;Modelo\n");
        assertThat(contacts.used()).extracting(Receipt.UsedColumn::header).doesNotHaveDuplicates();
    }

    @Test
    void aStatusToldByTwoColumnsIsTheFirstWordThatSaysSomething() {
        assertThat(rows(TITLES.reading("{\"status\": {\"from\": [\"status\", \"payment\"], \"words\":"
                                + " {\"finalized\": \"\", \"voided\": \"cancelled\","
                                + " \"succeeded\": \"paid\"}}}")
                        .csv("""
                            client_id;title_id;value;due_on;status;payment
                            1;a;1;01/09/2026;finalized;succeeded
                            1;b;1;01/09/2026;voided;succeeded
                            """)))
                .extracting(row -> row.get("status"))
                .containsExactly("paid", "cancelled");
    }

    @Test
    void aValueMayStandInJsonInsideACell() {
        assertThat(rows(USAGE.reading("{\"client_id\": {\"from\": [\"properties.$groups.company\"]},"
                                + " \"actions\": {\"count\": true}}")
                        .csv("user_id,used_on,properties\n"
                                + "u,2026-09-01,\"{\"\"a\"\": [1], \"\"$groups\"\": {\"\"company\"\":"
                                + " \"\"c1\"\"}}\"\n")))
                .extracting(row -> row.get("client_id"))
                .containsExactly("c1");
    }
}
