package clientkpis.benchmarks;

import static clientkpis.benchmarks.DataColumn.clientId;
import static clientkpis.benchmarks.DataColumn.key;
import static clientkpis.benchmarks.DataColumn.optional;
import static clientkpis.benchmarks.DataColumn.required;

import clientkpis.benchmarks.DataColumn.Kind;
import clientkpis.benchmarks.DataColumn.Use;
import java.util.List;

/// The eight tables, as the specification's page on upload tables lists them.
enum Table {
    CLIENTS(
            "clients",
            "clientes",
            clientId(),
            required("name", Kind.TEXT, "name", "cliente", "nome"),
            optional("status", Kind.TEXT, "status"),
            optional("cs", Kind.TEXT, "cs"),
            optional("csm", Kind.TEXT, "csm"),
            optional("salesperson", Kind.TEXT, "salesperson", "comercial"),
            optional("plan", Kind.TEXT, "plan", "plano"),
            optional("segment", Kind.TEXT, "segment", "segmento"),
            optional("stage", Kind.TEXT, "stage", "fase"),
            optional("size", Kind.TEXT, "size", "porte"),
            optional(
                    "registered_on",
                    Kind.DATE,
                    "registered on",
                    "data registro",
                    "data de registro",
                    "registered date"),
            optional(
                    "cancelled_on",
                    Kind.DATE,
                    "cancelled on",
                    "data cancelamento",
                    "data de cancelamento",
                    "dt cancel",
                    "churned on",
                    "churn date")),
    CONTRACTS(
            "contracts",
            "contratos",
            clientId(),
            key("contract_id", Kind.ID, "contract id", "id contrato"),
            required("model", Kind.TEXT, "model", "modelo"),
            required("value", Kind.MONEY, "value", "valor", "monthly payment"),
            required("status", Kind.TEXT, "status"),
            optional("starts_on", Kind.DATE, "starts on", "data início", "data de início", "start date", "starts date"),
            optional("ends_on", Kind.DATE, "ends on", "data fim", "data de fim", "end date", "ends date"),
            optional("licences", Kind.WHOLE, "licences", "licenças", "license qty"),
            optional("recurring", Kind.BOOLEAN, "recurring", "recorrente", "is subscription")),
    BILLING(
            "billing",
            "financeiro",
            clientId(),
            key("title_id", Kind.ID, "title id", "id título"),
            required("value", Kind.MONEY, "value", "valor"),
            required("due_on", Kind.DATE, "due on", "data vencimento", "data de vencimento", "vencimento", "due date"),
            optional("issued_on", Kind.DATE, "issued on", "data emissão", "data de emissão", "issued date"),
            optional("paid_on", Kind.DATE, "paid on", "data pagamento", "data de pagamento", "paid date"),
            optional("status", Kind.TEXT, "status")),
    SUPPORT(
            "support",
            "suporte",
            clientId(),
            key("ticket_id", Kind.ID, "ticket id", "id chamado"),
            optional("opened_on", Kind.DATE, "opened on", "data abertura", "data de abertura", "opened date"),
            optional("sla_on", Kind.DATE, "sla on", "sla", "data sla", "data de sla", "sla date"),
            optional("closed_on", Kind.DATE, "closed on", "data encerramento", "data de encerramento", "closed date")),
    NPS(
            "nps",
            "nps",
            clientId(),
            key("answer_id", Kind.ID, "answer id", "id resposta"),
            optional("respondent", Kind.TEXT, "respondent", "respondente"),
            required("score", Kind.WHOLE, "score", "nota"),
            required("answered_on", Kind.DATE, "answered on", "data resposta", "data de resposta", "answered date")),
    USAGE(
            "usage",
            "uso",
            clientId(),
            key("user_id", Kind.ID, "user id", "id usuário"),
            key("used_on", Kind.DATE, "used on", "data", "data uso", "data de uso", "used date"),
            required("actions", Kind.WHOLE, "actions", "ações"),
            optional("accesses", Kind.WHOLE, "accesses", "acessos")),
    ACTIVITIES(
            "activities",
            "atividades",
            clientId(),
            key("activity_id", Kind.ID, "activity id", "id atividade"),
            optional("due_on", Kind.DATE, "due on", "data prevista", "prazo", "due date"),
            optional(
                    "completed_on", Kind.DATE, "completed on", "data conclusão", "data de conclusão", "completed date"),
            optional("status", Kind.TEXT, "status")),
    CONTACTS(
            "contacts",
            "contatos",
            clientId(),
            key("contact_id", Kind.ID, "contact id", "id contato"),
            required("name", Kind.TEXT, "name", "nome"),
            optional("email", Kind.TEXT, "email", "e-mail"),
            optional("phone", Kind.TEXT, "phone", "telefone"),
            optional("role", Kind.TEXT, "role", "tipo", "papel"),
            optional("active", Kind.BOOLEAN, "active", "ativo"),
            optional(
                    "registered_on",
                    Kind.DATE,
                    "registered on",
                    "data cadastro",
                    "data de cadastro",
                    "registered date"));

    final String english;
    final String portuguese;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
    final List<DataColumn> columns;

    Table(String english, String portuguese, DataColumn... columns) {
        this.english = english;
        this.portuguese = portuguese;
        this.columns = List.of(columns);
    }

    /// The names of the columns that make the key, the client's id first.
    List<String> keyColumns() {
        return columns.stream()
                .filter(column -> column.use() == Use.KEY)
                .map(DataColumn::name)
                .toList();
    }
}
