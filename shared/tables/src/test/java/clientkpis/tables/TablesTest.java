package clientkpis.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {
    private static final Tables TABLES = Tables.load();

    @Test
    void everySchemaInTheFolderIsATable() {
        assertThat(TABLES.all())
                .extracting(TableSchema::name)
                .contains("activities", "billing", "clients", "contacts", "contracts", "nps", "support", "usage");
    }

    @ParameterizedTest
    @CsvSource({
        "clientes, clients",
        "contratos, contracts",
        "Contratos, contracts",
        "financeiro, billing",
        "suporte, support",
        "NPS, nps",
        "uso, usage",
        "atividades, activities",
        "contatos, contacts",
        "contracts, contracts"
    })
    void aTableIsFoundByItsNameOrAlias(String name, String table) {
        assertThat(TABLES.find(name)).hasToString(table);
    }

    @Test
    void aNameOfNoTableFindsNone() {
        assertThat(TABLES.find("invoices")).isNull();
    }

    /// Column by column, what tables.md lists.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clients | client_id | client_id",
                "clients | name | name, cliente, nome, Cliente",
                "clients | status | status, Status",
                "clients | cs | cs, CS",
                "clients | csm | csm, CSM",
                "clients | salesperson | salesperson, comercial, Comercial",
                "clients | plan | plan, plano, Plano",
                "clients | segment | segment, segmento, Segmento",
                "clients | stage | stage, fase, Fase",
                "clients | size | size, porte, Porte",
                "clients | registered_on | registered_on, data_registro, data_de_registro, Data de Registro",
                "clients | cancelled_on | cancelled_on, data_cancelamento, dt_cancel, churned_on, churn_date, Data de"
                        + " Cancelamento",
                "contracts | contract_id | contract_id, id_contrato",
                "contracts | model | model, modelo",
                "contracts | value | value, valor, monthly_payment",
                "contracts | status | status",
                "contracts | starts_on | starts_on, data_inicio, start_date, data_de_início",
                "contracts | ends_on | ends_on, data_fim, end_date, Data de Fim",
                "contracts | licences | licences, licencas, license_qty, Licenças",
                "contracts | recurring | recurring, recorrente, is_subscription",
                "billing | title_id | title_id, id_titulo, ID Título",
                "billing | value | value, valor",
                "billing | due_on | due_on, data_vencimento, vencimento, Data de Vencimento, due_date",
                "billing | issued_on | issued_on, data_emissao, data de emissão, issued_date",
                "billing | paid_on | paid_on, data_pagamento, data de pagamento",
                "billing | status | status",
                "support | ticket_id | ticket_id, id_chamado",
                "support | opened_on | opened_on, data_abertura",
                "support | sla_on | sla_on, sla, data_sla, data_de_sla, SLA",
                "support | closed_on | closed_on, data_encerramento",
                "nps | answer_id | answer_id, id_resposta",
                "nps | respondent | respondent, respondente",
                "nps | score | score, nota",
                "nps | answered_on | answered_on, data_resposta",
                "usage | user_id | user_id, id_usuario, ID-Usuário",
                "usage | used_on | used_on, data, data_uso, Data",
                "usage | actions | actions, acoes, Ações",
                "usage | accesses | accesses, acessos",
                "activities | activity_id | activity_id, id_atividade",
                "activities | due_on | due_on, data_prevista, prazo",
                "activities | completed_on | completed_on, data_conclusao, Data de Conclusão",
                "activities | status | status",
                "contacts | contact_id | contact_id, id_contato",
                "contacts | name | name, nome",
                "contacts | email | email, E-mail",
                "contacts | phone | phone, telefone",
                "contacts | role | role, tipo, papel",
                "contacts | active | active, ativo",
                "contacts | registered_on | registered_on, data_cadastro, Data de Cadastro"
            })
    void everyAliasMeansItsColumn(String table, String column, String headers) {
        for (String header : headers.split(", ", -1)) {
            assertThat(TABLES.find(table).column(header)).as(header).isNotNull();
            assertThat(TABLES.find(table).column(header).name()).as(header).isEqualTo(column);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"client_id", "id_original", "ID Original", "id_cliente", "id_legacy", "CNPJ", "cpf", "clientId"})
    void theClientIsCalledTheSameInEveryTable(String header) {
        for (TableSchema table : TABLES.all()) {
            if (table.named("client_id") != null) {
                assertThat(table.column(header)).as(table.name()).isEqualTo(table.named("client_id"));
            }
        }
    }

    @Test
    void aDateIsAlsoCalledByItsEnglishNameBehindData() {
        for (TableSchema table : TABLES.all()) {
            for (Column column : table.columns()) {
                if (column.type() == ColumnType.DATE) {
                    String what = column.name().replaceFirst("_on$", "");
                    for (String header : List.of("data_" + what, "data_de_" + what, what + "_date")) {
                        assertThat(table.column(header))
                                .as(table + " " + header)
                                .isEqualTo(column);
                    }
                }
            }
        }
    }

    @Test
    void noHeaderMeansTwoColumnsOfATable() {
        for (TableSchema table : TABLES.all()) {
            Map<String, String> columns = new HashMap<>();
            for (Column column : table.columns()) {
                for (String header : column.names()) {
                    String other = columns.put(Headers.normal(header), column.name());
                    assertThat(other).as(table + " " + header).isIn(null, column.name());
                }
            }
        }
    }

    @Test
    void twoColumnsOfOneAliasAreRefused() {
        Column id = new Column("item", ColumnType.STRING, List.of(), true, null, null, 256);
        Column a = new Column("value", ColumnType.STRING, List.of("valor"), false, null, null, 256);
        Column b = new Column("amount", ColumnType.STRING, List.of("Valor"), false, null, null, 256);

        assertThatThrownBy(() -> new TableSchema("t", List.of(), List.of(id, a, b), List.of("item"), List.of()))
                .hasMessageContaining("names both value and amount");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clients | client_id | client_id, name",
                "contracts | client_id, contract_id | client_id, contract_id, model, value, status",
                "billing | client_id, title_id | client_id, title_id, value, due_on",
                "support | client_id, ticket_id | client_id, ticket_id",
                "nps | client_id, answer_id | client_id, answer_id, score, answered_on",
                "usage | client_id, user_id, used_on | client_id, user_id, used_on, actions",
                "activities | client_id, activity_id | client_id, activity_id",
                "contacts | client_id, contact_id | client_id, contact_id, name",
                "aliases | client_id, alias | client_id, alias",
                "playbooks | client_id, playbook | client_id, playbook",
                "overrides | client_id, field | client_id, field"
            })
    void keysAndRequiredColumnsAreThoseOfTheTable(String table, String key, String required) {
        TableSchema schema = TABLES.find(table);
        assertThat(schema.primaryKey()).containsExactly(key.split(", ", -1));
        assertThat(schema.requiredColumns()).extracting(Column::name).containsExactly(required.split(", ", -1));
    }

    @Test
    void headersCompareWithoutCaseAccentsSpacesUnderscoresAndHyphens() {
        assertThat(Headers.normal(" Data-de_CONCLUSÃO\u00a0")).isEqualTo("datadeconclusao");
        assertThat(Headers.normal("Valor (R$)")).isEqualTo("valor(r$)");
        assertThat(Headers.normal("  ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "clientId, ID Original, TEXT",
        "name, Cliente, TEXT",
        "registeredOn, Data de Registro, DATE",
        "cancelledOn, Data de Cancelamento, DATE",
        "mrr, MRR, MONEY",
        "licences, Licenças, INTEGER",
        "renewalOn, Data Renovação, DATE",
        "daysToRenewal, Dias para Renovar, DAYS",
        "lastPurchaseOn, Última compra, DATE",
        "overdueTitles, Títulos vencidos, INTEGER",
        "tcv, TCV, MONEY",
        "ticketsAboveSla, Chamados acima do SLA, INTEGER",
        "nps, NPS, NUMBER",
        "activeUsers, Usuários Ativos, INTEGER",
        "usersWithActivity, Usuários com atividade no sistema, INTEGER",
        "engagementScore, Engagement, NUMBER",
        "pendingActivities, Atividades Pendentes, INTEGER",
        "overdueActivities, Atividades Atrasadas, INTEGER",
        "lastInteractionOn, Última interação, DATE",
        "sponsorName, Sponsor, TEXT",
        "sponsorEmail, E-mail Sponsor, TEXT",
        "sponsorPhone, Telefone Sponsor, TEXT",
        "senseScore, SenseScore, NUMBER",
        "senseScoreVariation15d, Variação 15D, NUMBER",
        "situation, Situação, TEXT"
    })
    void everyFieldHasItsLabelAndType(String name, String label, ClientField.Type type) {
        ClientField field = TABLES.field(name);
        assertThat(field.label().pt()).isEqualTo(label);
        assertThat(field.type()).isEqualTo(type);
    }

    @Test
    void theActionsThatEngagementRanksAreKeptAndNotShown() {
        assertThat(TABLES.field("actions30d").internal()).isTrue();
        assertThat(TABLES.field("overdueSince").internal()).isTrue();
        assertThat(TABLES.fields()).filteredOn(ClientField::internal).hasSize(2);
    }

    @Test
    void whatIsUploadedAsIsComesFromIntegration() {
        assertThat(TABLES.find("clients").clientFields())
                .extracting(ClientField::source)
                .containsOnly(ClientField.Source.INTEGRATION);
        assertThat(TABLES.field("mrr").source()).isEqualTo(ClientField.Source.CALCULATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name': 't', 'fields': [], 'primaryKey': ['item'], 'clientFields': [], 'alias': ['x']}",
                "{'name': 't', 'fields': [{'name': 'item', 'type': 'text'}], 'primaryKey': ['item'], 'clientFields':"
                        + " []}",
                "{'name': 't', 'fields': [{'name': 'item', 'type': 'string', 'constraints': {'unique': true}}],"
                        + " 'primaryKey': ['item'], 'clientFields': []}",
                "{'name': 't', 'fields': [{'name': 'item', 'type': 'string'}], 'primaryKey': ['item'], 'clientFields':"
                        + " []}",
                "{'name': 't', 'fields': [{'name': 'item', 'type': 'string', 'constraints': {'required': true}}],"
                        + " 'primaryKey': ['items'], 'clientFields': []}",
                "{'name': 't', 'primaryKey': ['item'], 'clientFields': []}",
                "{'name': 't', 'name': 'u', 'fields': [], 'primaryKey': ['item'], 'clientFields': []}"
            })
    void aSchemaThatSaysSomethingElseIsRefusedWithItsName(String json) {
        assertThatThrownBy(() -> Tables.schema("tables/t.json", json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tables/t.json");
    }

    @Test
    void aSchemaIsReadWhole() {
        TableSchema schema = Tables.schema("tables/t.json", """
            {"name": "toy", "aliases": ["brinquedo"], "primaryKey": ["client_id"],
             "fields": [{"name": "client_id", "type": "string", "constraints": {"required": true}},
                        {"name": "level", "type": "integer", "aliases": ["nivel"],
                         "constraints": {"minimum": 1, "maximum": 5}},
                        {"name": "evidence", "type": "string", "constraints": {"maxLength": 4096}}],
             "clientFields": [{"name": "toy", "type": "number", "scale": 1,
                               "label": {"pt": "Brinquedo", "en": "Toy"}, "source": "calculated"}]}\
            """);

        assertThat(schema.column("Nível"))
                .isEqualTo(new Column("level", ColumnType.INTEGER, List.of("nivel"), false, 1L, 5L, 256));
        assertThat(schema.named("evidence").maxLength()).isEqualTo(4096);
        assertThat(schema.clientFields())
                .containsExactly(new ClientField(
                        "toy",
                        ClientField.Type.NUMBER,
                        1,
                        new ClientField.Label("Brinquedo", "Toy"),
                        ClientField.Source.CALCULATED,
                        false,
                        ClientField.Override.ANY,
                        null));
    }

    @Test
    void twoTablesOfOneNameOrFieldAreRefused() {
        TableSchema nps = TABLES.find("nps");
        TableSchema other = new TableSchema("other", List.of("NPS"), nps.columns(), nps.primaryKey(), List.of());
        assertThatThrownBy(() -> new Tables(List.of(nps, other), List.of())).hasMessageContaining("both called");

        TableSchema same = new TableSchema("same", List.of(), nps.columns(), nps.primaryKey(), nps.clientFields());
        assertThatThrownBy(() -> new Tables(List.of(nps, same), List.of())).hasMessageContaining("the field nps");
    }
}
