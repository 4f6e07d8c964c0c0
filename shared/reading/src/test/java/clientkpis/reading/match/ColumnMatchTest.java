package clientkpis.reading.match;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.ReadingOptions;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Headers that are in no list, and what they mean.
class ColumnMatchTest {
    /// @param lines a header and rows, with `;`
    private static Map<String, String> match(String table, String... lines) {
        TableSchema schema = Tables.load().find(table);
        List<List<String>> cells = Arrays.stream(lines)
                .map(line -> Arrays.asList(line.split(";", -1)))
                .toList();
        ColumnMatch match = ColumnMatch.of(
                ReadingOptions.of(Configuration.DEFAULT, schema).of(schema),
                new Sample(cells.getFirst(), cells.subList(1, cells.size())));
        Map<String, String> found = new LinkedHashMap<>();
        match.found()
                .forEach((column, by) ->
                        found.put(column.name(), match.header().get(by.headers().getFirst())));
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "billing | due_on | Data de vencimento",
                "billing | due_on | Due Date (UTC)",
                "billing | paid_on | Data da Baixa",
                "billing | paid_on | Data do último pagamento",
                "billing | paid_on | Data de recebimento",
                "billing | client_id | CPF/CNPJ",
                "billing | value | Valor da Conta",
                "billing | value | Valor original da parcela (R$)",
                "billing | title_id | Nº Título",
                "contracts | value | Mensalidade",
                "contracts | ends_on | Fim da vigência",
                "contracts | ends_on | Current Period End (UTC)",
                "contracts | licences | Qtd. de licenças",
                "support | ticket_id | Número do chamado",
                "support | closed_on | Solved at",
                "support | opened_on | Aberto em",
                "nps | score | Qual a probabilidade de você recomendar a Fluxo a um amigo?",
                "nps | answered_on | Carimbo de data/hora",
                "usage | user_id | distinct_id",
                "activities | due_on | Activity - Due date",
                "clients | client_id | accountExternalId",
                "clients | name | Nome da empresa",
                "clients | cs | Proprietário da empresa",
                "contacts | client_id | Associated Company IDs (Primary)",
                "contacts | phone | WhatsApp",
                "contacts | registered_on | Data de criação",
                "contracts | contract_id | Contrato nº",
                "activities | due_on | Data agendada",
                "support | client_id | Organização do solicitante",
                "support | sla_on | Previsão de solução",
                "billing | value | Valor total",
                "billing | value | Valor sem impostos",
                "billing | title_id | Número do Pedido",
                "support | opened_on | Conversation started at (America/Lima)",
                "nps | score | Answer"
            })
    void aHeaderMeansAColumnByItsWords(String table, String column, String header) {
        assertThat(match(table, header)).containsEntry(column, header);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "billing | Minha Empresa (CNPJ)",
                "billing | Amount Paid",
                "billing | Valor recebido",
                "billing | Desconto (R$)",
                "billing | CNPJ do fornecedor",
                "support | Customer interactions",
                "contracts | Account Balance",
                "contracts | Current Period Start (UTC)",
                "contracts | Trial End (UTC)",
                "support | Requester",
                "support | First resolution time in minutes"
            })
    void aTrapMeansNothing(String table, String header) {
        assertThat(match(table, header)).isEmpty();
    }

    @Test
    void cellsThatCannotBeOfAColumnRefuteItsHeader() {
        assertThat(match("billing", "Recebido", "1.299,00", "0,00")).isEmpty();
        assertThat(match("billing", "Pagamento", "01/09/2026")).containsKey("paid_on");
    }

    @Test
    void theBetterHeaderWinsAndEachMeansOneColumn() {
        assertThat(match(
                        "billing",
                        "Cliente;CNPJ;Vencimento;Data prevista;Valor líquido;Valor",
                        "A;1;01/09/2026;02/09/2026;90,00;100,00"))
                .containsEntry("client_id", "CNPJ")
                .containsEntry("due_on", "Vencimento")
                .containsEntry("value", "Valor")
                .hasSize(3);
    }

    @Test
    void aHeaderThatNoRowHasACellUnderGivesNoRequiredColumn() {
        assertThat(match("contacts", "CNPJ;Código do cliente;ID;Nome", ";7;1;A", ";8;2;B"))
                .containsEntry("client_id", "Código do cliente");
    }

    @Test
    void aCellThatAllRowsHaveIsTheClientOnlyWhereNoOtherIs() {
        assertThat(match("billing", "AccountCode;ContactName", "200;A", "200;B", "200;A", "200;C"))
                .containsEntry("client_id", "ContactName");
        assertThat(match("support", "Empresa;Cliente", "F;A", "F;B", "F;A", "F;C"))
                .containsEntry("client_id", "Cliente");
        assertThat(match("support", "CNPJ;Assunto", "7;a", "7;b", "7;c", "7;d")).containsEntry("client_id", "CNPJ");
        assertThat(match("support", "Empresa;Assunto", "F;a", "F;b", "F;c", "F;d"))
                .containsEntry("client_id", "Empresa");
    }

    /// One client's file is not read by the names that it writes.
    @Test
    void aNameOfTheTableStandsWhateverItsCells() {
        assertThat(match("support", "CNPJ;Cliente", "7;A", "7;B", "7;A", "7;C")).containsEntry("client_id", "CNPJ");
        assertThat(match("billing", "id_cliente;cliente", "c1;A", "c1;A", "c1;A", "c1;A"))
                .containsEntry("client_id", "id_cliente");
    }

    @Test
    void aHeaderWithCellsGoesBeforeABetterOneWithout() {
        assertThat(match("contacts", "Celular;Telefone comercial", ";47 3333-0001", ";47 3333-0002"))
                .containsEntry("phone", "Telefone comercial");
        assertThat(match("contacts", "Celular", "", "")).containsEntry("phone", "Celular");
    }

    @Test
    void wordsForNothingDoNotRefuteADate() {
        assertThat(match("billing", "DT Baixa", "  /  /  ", "-", "N/D", "01/09/2026"))
                .containsKey("paid_on");
    }

    @Test
    void howOftenAContractIsPaidIsNoAmount() {
        assertThat(match("contracts", "Recorrência", "1", "2", "3")).doesNotContainKey("value");
        assertThat(match("contracts", "Recorrência", "690,00", "1.240,50")).containsKey("value");
    }

    @Test
    void anAmountIsNoId() {
        assertThat(match("support", "Cliente;Ticket ID", "0,00;1", "12,50;2")).doesNotContainKey("client_id");
    }

    @Test
    void anIdThatIsNotUniqueIsNotTheIdOfARow() {
        assertThat(match("support", "ID;Cliente", "1;A", "1;B", "1;C", "1;D", "1;E"))
                .doesNotContainKey("ticket_id");
        assertThat(match("support", "ID;Cliente", "1;A", "2;B", "3;C", "4;D", "5;E"))
                .containsEntry("ticket_id", "ID");
    }
}
