package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Language;
import clientkpis.receipt.ColumnWords;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a receipt warns about although the file counts.
class WarningsTest {
    private static final Reading TITLES = Reading.of("billing");
    private static final Reading CONTRACTS = Reading.of("contracts");
    private static final String TITLE = "client_id;title_id;value;due_on;paid_on;status\n";
    private static final String CONTRACT = "client_id;contract_id;model;value;status\n";

    private static List<WarningCode> codes(UploadFile.Accepted accepted) {
        return accepted.warnings().stream().map(Warning::code).toList();
    }

    private static Warning only(UploadFile.Accepted accepted) {
        assertThat(accepted.warnings()).hasSize(1);
        return accepted.warnings().getFirst();
    }

    @Test
    void anOrdinaryFileHasNone() {
        assertThat(TITLES.csv(TITLE + "1;a;10,00;30/09/2026;;aberto\n2;b;1.234,50;01/02/2026;01/02/2026;pago\n")
                        .warnings())
                .isEmpty();
        assertThat(CONTRACTS.csv(CONTRACT + "1;a;MRR;10;Ativo\n").warnings()).isEmpty();
    }

    @Test
    void aColumnThatTurnsTheMeaningIsMissed() {
        Warning warning = only(TITLES.csv("client_id;title_id;value;due_on;Efetivado?\n1;a;1;30/09/2026;30/09/2026\n"));
        assertThat(warning.code()).isEqualTo(WarningCode.NO_PAYMENT_DATE);
        assertThat(warning.message()).contains("paid_on", "`Efetivado?`");
        assertThat(codes(Reading.of("support").csv("client_id;ticket_id\n1;a\n")))
                .containsExactly(WarningCode.NO_CLOSING_DATE);
        assertThat(codes(Reading.of("activities").csv("client_id;activity_id\n1;a\n")))
                .containsExactly(WarningCode.NO_COMPLETION_DATE);
    }

    @Test
    void wordsAreCountedWithTheirMeaning() {
        UploadFile.Accepted accepted = CONTRACTS.csv(
                CONTRACT + "1;a;MRR;10;Ativo\n2;b;MRR;10;past_due\n3;c;Mensal;10;past_due\n4;d;mrr;10;em vigor\n");
        assertThat(accepted.words())
                .contains(new ColumnWords(
                        "status",
                        List.of(
                                new ColumnWords.Word("past_due", 2, "unknown"),
                                new ColumnWords.Word("Ativo", 1, "active"),
                                new ColumnWords.Word("em vigor", 1, "active"))));
        Warning warning = only(accepted);
        assertThat(warning.code()).isEqualTo(WarningCode.UNKNOWN_WORDS);
        assertThat(warning.count()).isEqualTo(3);
        assertThat(warning.samples()).containsExactly("model: Mensal", "status: past_due");
    }

    @Test
    void theTenantSaysWhatItsWordsMean() {
        UploadFile.Accepted accepted = CONTRACTS
                .saying(Map.of("status", Map.of("Past Due", "active", "x", ""), "model", Map.of("Mensal", "MRR")))
                .csv(CONTRACT + "1;a;Mensal;10;past_due\n2;b;MRR;10;Encerrado\n");
        assertThat(accepted.warnings()).isEmpty();
        assertThat(Reading.rows(accepted).getFirst())
                .containsEntry("status", "active")
                .containsEntry("model", "MRR");
        assertThat(accepted.words().getFirst().words()).contains(new ColumnWords.Word("Mensal", 1, "MRR"));
    }

    @Test
    void contractsWithoutRecurringRevenueOrValues() {
        assertThat(codes(CONTRACTS.csv(CONTRACT + "1;a;MRR;0;Encerrado\n")))
                .containsExactlyInAnyOrder(WarningCode.NO_RECURRING_REVENUE, WarningCode.ZERO_VALUES);
    }

    @Test
    void titlesThatSayPaidWithoutADate() {
        assertThat(only(TITLES.csv(TITLE + "1;a;1;30/09/2026;;Pago\n")).code())
                .isEqualTo(WarningCode.PAID_WITHOUT_DATE);
    }

    @Test
    void datesThatProveNoOrder() {
        assertThat(only(TITLES.csv(TITLE + "1;a;1;01/02/2026;;\n1;b;1;03/03/2026;;\n")))
                .isEqualTo(Warning.of(WarningCode.DATE_ORDER_UNPROVEN, 1, List.of())
                        .in(Language.ENGLISH));
        assertThat(TITLES.csv(TITLE + "1;a;1;01/02/2026;31/01/2026;\n").warnings())
                .isEmpty();
    }

    @Test
    void numbersOfTwoFormatsAndCurrencies() {
        assertThat(only(TITLES.csv(TITLE + "1;a;1,5;30/09/2026;;\n1;b;1.5;30/09/2026;;\n"))
                        .code())
                .isEqualTo(WarningCode.MIXED_NUMBERS);
        assertThat(only(TITLES.csv(TITLE + "1;a;R$ 5;30/09/2026;;\n1;b;US$ 5;30/09/2026;;\n"))
                        .samples())
                .containsExactly("R$", "US$");
        assertThat(only(TITLES.csv("""
            client_id;title_id;value;due_on;paid_on;Moeda
            1;a;5;30/09/2026;;BRL
            1;b;5;30/09/2026;;USD
            """)).message()).contains("currency");
    }

    @Test
    void scoresOfAnotherScale() {
        String header = "client_id;answer_id;score;answered_on\n";
        StringBuilder rows = new StringBuilder(header);
        for (int i = 0; i < 10; i++) {
            rows.append("1;%d;%d;2026-09-30\n".formatted(i, i % 6));
        }
        Reading scores = Reading.of("nps");
        assertThat(only(scores.csv(rows.toString())).code()).isEqualTo(WarningCode.NPS_SCALE);
        assertThat(scores.csv(rows + "1;x;10;2026-09-30\n").warnings()).isEmpty();
        assertThat(scores.csv(header + "1;x;5;2026-09-30\n").warnings()).isEmpty();
    }

    @Test
    void moreThanHalfRejected() {
        assertThat(codes(TITLES.csv(TITLE + "1;a;1;30/09/2026;;\n1;b;x;30/09/2026;;\n1;c;x;30/09/2026;;\n")))
                .containsExactly(WarningCode.MOSTLY_REJECTED);
    }

    @Test
    void textThatWasReadInTheWrongEncoding() {
        UploadFile.Accepted accepted =
                Reading.of("clients").csv("client_id;name\n1;SÃ£o Paulo\n2;SÃO PAULO\n3;Ação â€“ Já\n");
        assertThat(only(accepted).code()).isEqualTo(WarningCode.MANGLED_TEXT);
        assertThat(only(accepted).samples()).containsExactly("SÃ£o Paulo", "Ação â€“ Já");
        assertThat(Reading.rows(accepted)).extracting(row -> row.get("name")).contains("SÃ£o Paulo");
    }

    @Test
    void rowsOfOneKeyThatDiffer() {
        UploadFile.Accepted accepted = TITLES.csv("""
            client_id;title_id;Parcela;value;due_on;paid_on
            1;a;1;10;05/01/2026;
            1;a;2;10;05/02/2026;04/02/2026
            1;a;2;10;05/02/2026;04/02/2026
            1;b;1;1;13/02/2026;
            """);
        assertThat(accepted.rows().repeated()).isEqualTo(2);
        assertThat(accepted.rows().conflicting()).isEqualTo(1);
        Warning warning = only(accepted);
        assertThat(warning.code()).isEqualTo(WarningCode.CONFLICTING);
        assertThat(warning.message()).contains("due_on, paid_on", "`Parcela`", "read.billing.title_id.key");
        assertThat(accepted.problems().byCode()).isEqualTo(Map.of("conflicting", 1L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_id;title_id;value;due_on;paid_on;status",
                "CNPJ;Id_Titulo;Valor;Vencimento;Data Pagamento;Status",
            })
    void aSecondHeaderIsSkipped(String header) {
        UploadFile.Accepted accepted = TITLES.csv(TITLE + header + "\n1;a;1;30/09/2026;;\n" + TITLE);
        assertThat(accepted.rows().read()).isEqualTo(1);
        assertThat(only(accepted).code()).isEqualTo(WarningCode.REPEATED_HEADERS);
        assertThat(only(accepted).count()).isEqualTo(2);
    }

    @Test
    void aSecondHeaderIsSkippedWhereColumnsAreMade() {
        String header = "Cliente;Mensalidade;Início;Situação\n";
        UploadFile.Accepted accepted = CONTRACTS
                .reading("""
                    {"model": {"default": "MRR"}, "contract_id": {"key": ["Cliente", "Início"]}}
                    """)
                .csv(header + "A;10,00;30/09/2026;Ativo\n".repeat(4) + header + "B;20,00;30/09/2026;Ativo\n");
        assertThat(accepted.rows().read()).isEqualTo(5);
        assertThat(only(accepted).code()).isEqualTo(WarningCode.REPEATED_HEADERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";Total;100;;;",
                "Total geral;;300,00;;;",
                "Total;2;3;;;",
                "TOTAL:;;3;;;",
                "Subtotal;;10;;;",
                "Grand Total;;;;;",
                "Soma;;10;;;",
                "Total de clientes;3;;;;",
                "Copyright (c) 2026 Acme;;;;;",
                "Confidential Information - Do Not Distribute;;;;;"
            })
    void totalsAndFootersAreSkipped(String line) {
        UploadFile.Accepted accepted = TITLES.csv(TITLE + "1;a;1;30/09/2026;;\n" + line + "\n;;;;;\n ; ;;;;\n");
        assertThat(accepted.rows().read()).isEqualTo(1);
        assertThat(only(accepted).code()).isEqualTo(WarningCode.SKIPPED_TOTALS);
    }

    @Test
    void aClientMayBeCalledTotal() {
        UploadFile.Accepted accepted = TITLES.csv(TITLE
                + "Total Express;a;1;30/09/2026;;aberto\nTotalcred;b;1;30/09/2026;;\n" + "1;total;1;30/09/2026;;\n");
        assertThat(accepted.rows().accepted()).isEqualTo(3);
    }

    @Test
    void extraBlankCellsCountWhereOnlySomeRowsHaveThem() {
        assertThat(TITLES.csv(TITLE + "1;a;1;30/09/2026;;x;\n1;b;1;30/09/2026;;;\n")
                        .rows()
                        .accepted())
                .isEqualTo(2);
        assertThat(TITLES.csv(TITLE + "1;a;1;30/09/2026;;x\n1;b;1;30/09/2026;;;\n")
                        .rows()
                        .rejected())
                .isEqualTo(1);
    }
}
