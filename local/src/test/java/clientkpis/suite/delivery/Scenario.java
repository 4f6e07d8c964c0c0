package clientkpis.suite.delivery;

import clientkpis.json.Json;
import clientkpis.suite.Company;
import clientkpis.suite.SmallPortfolio;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Some days of a small portfolio: a configuration, uploads of every table, a recalculation, an alias beside uploads
/// under it and its client, newer uploads with a snapshot, a corrected file, a bad row and a client who has left,
/// another configuration, an erasure, a second recalculation, and a rehearsal of those days.
final class Scenario {
    private static final LocalDate FIRST = LocalDate.of(2026, 9, 10);
    private static final LocalDate SECOND = FIRST.plusDays(10);

    private static final String REHEARSAL = "bands";
    private static final Pattern DATA = Pattern.compile("id=\"data\">([^<]*)<");

    /// A stage of every company happens at once; the next one begins when all has settled.
    private interface Stage {
        void of(Company company);
    }

    private static final Map<String, Stage> STAGES = new LinkedHashMap<>();

    static {
        STAGES.put("configuration", company -> company.configure(FIRST.atTime(7, 0), """
            {"rules": {"stage": [{"when": {"overdueTitles": [{"numeric": [">", 0]}]}, "then": "Cobrança"}]}}
            """));
        STAGES.put("clients", company -> upload(company, FIRST.atTime(7, 30), "clients/clients.csv"));
        STAGES.put("uploads", Scenario::firstUploads);
        STAGES.put("first day", company -> {});
        STAGES.put("alias", Scenario::anAlias);
        STAGES.put("newer uploads", Scenario::newerUploads);
        STAGES.put("second configuration", company -> company.configure(SECOND.atTime(7, 0), "{}"));
        STAGES.put("erasure", company -> company.erase(SECOND.atTime(9, 0), "list.csv", "client_id", "c3"));
        STAGES.put("second day", company -> {});
        STAGES.put(
                "rehearsal",
                company -> company.rehearse(
                        SECOND.plusDays(1).atTime(9, 0),
                        REHEARSAL,
                        "{\"horizons\": [7], \"candidate\": {\"senseScore\": {\"bands\": {\"yellow\": 40, \"green\":"
                                + " 60}}}}"));
    }

    private Scenario() {}

    /// @param begins is told each stage's name before it
    static void run(Suite suite, List<Company> companies, Consumer<String> begins) {
        STAGES.forEach((name, stage) -> {
            begins.accept(name);
            companies.forEach(stage::of);
            suite.settle();
            if (name.equals("first day")) {
                suite.recalculate(FIRST);
            } else if (name.equals("second day")) {
                suite.recalculate(SECOND);
            }
        });
    }

    private static void upload(Company company, LocalDateTime time, String path) {
        company.upload(
                time, path, Objects.requireNonNull(SmallPortfolio.ofAllTables().get(path)));
    }

    private static void firstUploads(Company company) {
        LocalDateTime time = FIRST.atTime(8, 0);
        for (String path : SmallPortfolio.ofAllTables().keySet()) {
            if (!path.startsWith("clients/")) {
                upload(company, time, path);
                time = time.plusSeconds(1);
            }
        }
        company.upload(
                time,
                "support/erp.csv",
                "client_id;ticket_id;opened_on;sla_on;closed_on",
                "ERP 2;s20;2026-09-01;2026-09-02;");
        company.upload(time, "playbooks/p.csv", "client_id;playbook;completed_on", "c1;Onboarding;2026-09-03");
        company.upload(
                time, "overrides/o.csv", "client_id;field;value;expires_on", "c2;stage;VIP;", "c4;nps;90;2026-09-15");
        company.upload(time, "maturity/m.csv", "item;nivel;evidencia", "turnover;4;bom");
    }

    /// An alias, rows under it and under its client, and a snapshot with rows under both, all at once.
    private static void anAlias(Company company) {
        LocalDateTime time = FIRST.plusDays(5).atTime(8, 0);
        String titles = "client_id;title_id;value;due_on;issued_on;paid_on;status";
        company.upload(time, "aliases/both-ids.csv", "client_id;alias;system", "c2;ERP 2;ERP");
        company.upload(
                time.plusSeconds(1),
                "support/both-ids.csv",
                "client_id;ticket_id;opened_on;sla_on;closed_on",
                "c2;s21;2026-09-01;2026-09-02;",
                "ERP 2;s22;2026-09-01;2026-09-02;2026-09-04");
        company.upload(
                time.plusSeconds(2),
                "billing/snapshot/confirm/both-ids.csv",
                titles,
                "c1;t1;1500,00;2026-09-05;2026-08-05;;Aberto",
                "c2;t21;20,00;2026-09-05;2026-08-05;;Aberto",
                "ERP 2;t22;30,00;2026-09-05;2026-08-05;;Aberto");
        company.upload(
                time.plusSeconds(3), "billing/both-ids.csv", titles, "ERP 2;t23;40,00;2026-09-05;2026-08-05;;Aberto");
    }

    private static void newerUploads(Company company) {
        LocalDateTime time = SECOND.atTime(6, 0);
        company.upload(
                time,
                "contracts/snapshot/confirm/all.csv",
                "client_id;contract_id;model;value;status;starts_on;ends_on;licences",
                "c1;k1;MRR;1.700,00;Ativo;2025-01-10;2027-12-31;10",
                "c2;k3;MRR;100,00;Cancelado;2026-01-10;2026-09-30;1",
                "c6;k6;MRR;10,00;Ativo;2026-01-10;2027-09-30;1");
        company.upload(
                time.plusSeconds(30),
                "clients/left.csv",
                "client_id;name;status;plan;segment;registered_on;cancelled_on",
                "c2;Padaria Dois;Ativo;Basic;Varejo;2025-02-10;2026-09-15");
        company.upload(
                time.plusMinutes(1),
                "billing/titles-3.csv",
                "client_id;title_id;value;due_on;issued_on;paid_on;status",
                "c1;t1;1500,00;2026-09-05;2026-08-05;2026-09-18;Pago",
                "c1;t2;1500,00;2026-09-12;2026-08-05;2026-09-18;Pago",
                "c2;t6;dez;2026-09-12;2026-08-05;;Aberto",
                "c4;t7;70,00;2026-09-12;2026-08-05;;Aberto");
        company.upload(
                time.plusMinutes(2),
                "usage/usage-3.csv",
                "client_id;user_id;used_on;actions;accesses",
                "c1;u1;2026-09-19;40;2",
                "c4;u4;2026-09-19;1;1");
        company.upload(
                time.plusMinutes(3),
                "nps/answers-2.csv",
                "client_id;answer_id;respondent;score;answered_on",
                "c1;a4;ana;9;2026-09-18",
                "c4;a5;leo;1;2026-09-18");
    }

    /// What a company finds in the end, in parts that are compared one by one. What names the company, its uploads or
    /// the moment is left out.
    static Map<String, Object> outcome(Company company) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        for (String table : List.of(
                "clients",
                "contracts",
                "billing",
                "support",
                "nps",
                "usage",
                "activities",
                "contacts",
                "playbooks",
                "overrides",
                "aliases")) {
            outcome.put("rows of " + table, company.rows(table));
        }
        for (LocalDate day : List.of(FIRST, SECOND)) {
            outcome.put("export of " + day, company.table(day));
        }
        outcome.put("receipts", receipts(company));
        outcome.put("changes of situation", changes(company));
        outcome.put("events", events(company));
        outcome.put("objects", objects(company));
        outcome.put("rehearsal", rehearsal(company));
        company.assertChangesAreWhole();
        return outcome;
    }

    /// Which of several uploads is the first with a new client depends on the order in which they are applied; how many
    /// new clients they have together does not.
    private static Map<String, JsonNode> receipts(Company company) {
        Map<String, JsonNode> receipts = new TreeMap<>();
        int clients = 0;
        for (JsonNode receipt : company.receipts().values()) {
            ObjectNode left = (ObjectNode) receipt;
            boolean counted = !receipt.path("object").asText().contains("both-ids");
            if (counted && receipt.path("clients") instanceof ObjectNode counts) {
                clients += counts.path("new").asInt();
                counts.remove("new");
            }
            if (!counted) {
                // How many clients and rows are new depends on when the alias is learnt; what is stored does not.
                left.remove(List.of("clients", "rows", "warnings"));
            }
            receipts.put(anonymous(company, receipt.path("object").asText()), left);
            left.remove(List.of("upload", "tenant", "object", "objectVersion", "rejectedRows"));
        }
        receipts.put("new clients", IntNode.valueOf(clients));
        return receipts;
    }

    /// Each client's situation before and after each day on which it changed.
    private static Map<String, String> changes(Company company) {
        Map<String, List<JsonNode>> all = new TreeMap<>();
        company.items("SituationChanges").stream()
                .map(item -> Json.parse(item.get("detail").s()))
                .sorted((one, other) -> Long.compare(
                        one.path("version").asLong(), other.path("version").asLong()))
                .forEach(change -> all.computeIfAbsent(
                                change.path("clientId").asText() + " "
                                        + change.path("asOf").asText(),
                                client -> new ArrayList<>())
                        .add(change));
        Map<String, String> net = new TreeMap<>();
        all.forEach((client, changes) -> {
            String from = changes.getFirst().path("from").asText();
            String to = changes.getLast().path("to").asText();
            if (!from.equals(to)) {
                net.put(client, from + " -> " + to);
            }
        });
        return net;
    }

    /// How many events of each type were published, each as often as it has an id of its own: all but the changes of
    /// situations.
    private static Map<String, Long> events(Company company) {
        return company.events()
                .filter(event -> !event.path("detail-type").asText().equals("SituationChanged"))
                .map(event -> List.of(
                        event.path("detail-type").asText(),
                        event.at("/detail/id").asText()))
                .distinct()
                .collect(Collectors.groupingBy(List::getFirst, TreeMap::new, Collectors.counting()));
    }

    /// What the company's rehearsal found, and what its page shows.
    private static List<String> rehearsal(Company company) {
        String folder = "reports/" + company.tenant() + "/rehearsals/" + REHEARSAL + "/";
        String result = new String(company.object(folder + "result.json"), StandardCharsets.UTF_8);
        Matcher shown = DATA.matcher(new String(company.object(folder + "index.html"), StandardCharsets.UTF_8));
        String data = shown.find()
                ? new String(Base64.getDecoder().decode(shown.group(1)), StandardCharsets.UTF_8)
                : "no data";
        return List.of(anonymous(company, result), anonymous(company, data));
    }

    private static List<String> objects(Company company) {
        List<String> keys = new ArrayList<>();
        for (String kind : List.of("exports", "reports", "summaries", "maturity")) {
            company.keys(kind + "/" + company.tenant() + "/").forEach(key -> keys.add(anonymous(company, key)));
        }
        return keys;
    }

    private static String anonymous(Company company, String text) {
        return text.replace(company.tenant().name(), "company").replaceFirst("\\d{8}T\\d{6}-[0-9a-f]+-", "");
    }
}
