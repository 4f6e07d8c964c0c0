package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Erased clients leave no trace, except in what the company itself uploaded (LGPD, art. 18).
class ErasureTest {
    private static final String CANARY = "CANARIO";
    private static final String CLIENT = "CANARIO-77.001";
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);

    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final Suite suite = Suite.logged(LOG::add);

    private static Company company;
    private static List<String> originals;
    private static Map<String, JsonNode> before;

    @BeforeAll
    static void replay() {
        company = suite.company();
        company.upload(
                DAY.atTime(8, 0),
                "clients/c.csv",
                "client_id;name;cs",
                CLIENT + ";Padaria CANARIO;ana",
                "c2;Café;ana",
                "c3;Bar;rui");
        company.upload(
                DAY.atTime(8, 1),
                "contacts/p.csv",
                "client_id;contact_id;name;email;role;active",
                CLIENT + ";k1;Maria CANARIO;canario@CANARIO.example;sponsor;sim",
                "c2;k2;João;joao@example.com;sponsor;sim");
        company.upload(
                DAY.atTime(8, 2),
                "billing/b.csv",
                "client_id;title_id;value;due_on",
                CLIENT + ";t1;10,00;2026-08-01",
                CLIENT + ";CANARIO-t2;dez;2026-08-01",
                "c2;t3;nove;2026-08-01",
                "c2;t4;9,00;2026-08-01");
        company.upload(
                DAY.atTime(8, 3),
                "usage/u.jsonl",
                "{\"client_id\": \"" + CLIENT
                        + "\", \"user_id\": \"CANARIO-u\", \"used_on\": \"2026-08-30\", \"actions\": 4}",
                "{\"client_id\": \"" + CLIENT
                        + "\", \"user_id\": \"CANARIO-u\", \"used_on\": \"ontem CANARIO\", \"actions\": 4}",
                "{\"client_id\": \"c3\", \"user_id\": \"u\", \"used_on\": \"2026-08-30\", \"actions\": 2}");
        company.upload(
                DAY.atTime(8, 4),
                "support/s.csv",
                "client_id;ticket_id;sla_on",
                "CANARIO77001;s1;2026-08-01",
                "c2;s2;2026-08-01");
        company.upload(
                DAY.atTime(8, 5),
                "overrides/o.csv",
                "client_id;field;value;reason",
                CLIENT + ";situation;risco;CANARIO ligou",
                CLIENT + ";situation2;risco;CANARIO");
        company.upload(
                DAY.atTime(8, 6),
                "nps/n.csv",
                "client_id;answer_id;respondent;score;answered_on",
                CLIENT + ";a1;maria@CANARIO.example;3;2026-08-30",
                "c2;a2;joao@example.com;9;2026-08-30");
        company.upload(DAY.atTime(8, 7), "maturity/m.csv", "item;nivel;evidencia", "turnover;4;" + CLIENT + " saiu");
        suite.settle();
        suite.recalculate(DAY);
        suite.recalculate(DAY.plusDays(1));
        company.rehearse(
                DAY.plusDays(2).atTime(8, 0),
                "names",
                "{\"candidate\": {\"senseScore\": {\"bands\": {\"green\": 99, \"yellow\": 98}}}}");
        suite.settle();
        originals = List.copyOf(company.keys("uploads/" + company.tenant() + "/"));
        before = company.table(DAY.plusDays(1));
        assertThat(before).containsKeys(CLIENT, "CANARIO77001");
        assertThat(traces())
                .as("the search finds what is there")
                .hasSizeGreaterThan(20)
                .anyMatch(key -> key.contains("/latest/index.html"))
                .anyMatch(key -> key.contains("rehearsals/names/result.json"))
                .anyMatch(key -> key.contains("/csv/"))
                .anyMatch(key -> key.startsWith("maturity/"));

        company.erase(DAY.plusDays(2).atTime(9, 0), "lista.csv", "ID Original", CLIENT, "CANARIO77001");
        suite.settle();
    }

    @Test
    void nothingIsFoundOutsideWhatTheCompanyUploaded() {
        assertThat(traces()).isEmpty();
        assertThat(LOG).noneMatch(line -> line.contains(CANARY));
    }

    @Test
    void theReceiptCountsAndListsTheOriginalsThatNameTheClient() {
        assertThat(company.keys("receipts/" + company.tenant() + "/erasures/"))
                .singleElement()
                .satisfies(key -> {
                    JsonNode receipt = Json.parse(company.object(key));
                    assertThat(receipt.path("status").asText()).isEqualTo("erased");
                    assertThat(receipt.path("note").asText()).startsWith("Os originais são seus");
                    assertThat(receipt.path("clients").asInt()).isEqualTo(2);
                    List<String> listed = new ArrayList<>();
                    receipt.path("originals").forEach(original -> listed.add(original.asText()));
                    assertThat(listed).containsExactlyElementsOf(originals);
                });
        assertThat(company.events("ErasureCompleted")).hasSize(1);
        assertThat(company.keys("erasures/")).isEmpty();
    }

    @Test
    void aPartThatIsDeliveredAgainBringsNobodyBack() {
        for (String table : List.of("clients", "contacts", "billing", "usage", "support", "overrides")) {
            company.parts(table).forEach(part -> suite.send(table + "Queue", part));
        }
        // An older upload that ends late: the parts of the newer one are applied once more.
        company.upload(
                DAY.atTime(7, 0), "billing/older.csv", "client_id;title_id;value;due_on", "c2;t4;9,00;2026-08-01");
        suite.settle();
        suite.recalculate(DAY.plusDays(3));
        Map<String, JsonNode> table = company.table(DAY.plusDays(3));
        assertThat(table).containsOnlyKeys("c2", "c3");
        for (String client : List.of("c2", "c3")) {
            assertThat(table.get(client).path("overdueTitles"))
                    .isEqualTo(before.get(client).path("overdueTitles"));
            assertThat(table.get(client).path("name"))
                    .isEqualTo(before.get(client).path("name"));
        }
    }

    @Test
    void aNewerUploadBringsAClientBackWithWhatItHas() {
        Company other = suite.another();
        other.upload(DAY.atTime(8, 0), "clients/c.csv", "client_id;name", "x;Antes");
        suite.settle();
        other.erase(DAY.atTime(9, 0), "x.csv", "client_id", "x");
        suite.settle();
        other.upload(DAY.atTime(8, 30), "clients/late.csv", "client_id;name", "x;Tarde");
        suite.settle();
        assertThat(other.items("Clients")).noneMatch(item -> item.containsKey("fields"));
        other.upload(DAY.atTime(10, 0), "clients/new.csv", "client_id;name", "x;Depois");
        suite.settle();
        suite.recalculate(DAY.plusDays(4));
        assertThat(other.table(DAY.plusDays(4)).get("x").path("name").asText()).isEqualTo("Depois");
    }

    @Test
    void aCnpjIsOneClientInUploadsOverridesAndErasures() {
        Company other = suite.another();
        other.configure(DAY.atTime(7, 0), "{\"clientIds\": {\"match\": \"cnpj-cpf\"}}");
        suite.settle();
        other.upload(DAY.atTime(8, 0), "clients/c.csv", "client_id;name", "01.999.823/0098-68;Sol", "c2;Lua");
        other.upload(DAY.atTime(8, 1), "overrides/o.csv", "client_id;field;value", "1999823009868;stage;VIP");
        other.upload(DAY.atTime(8, 2), "support/s.csv", "client_id;ticket_id;sla_on", "01999823009868;s1;2026-08-01");
        suite.settle();
        suite.recalculate(DAY);
        assertThat(other.table(DAY)).containsOnlyKeys("01.999.823/0098-68", "c2");
        JsonNode client = other.table(DAY).get("01.999.823/0098-68");
        assertThat(client.path("stage").asText()).isEqualTo("VIP");
        assertThat(client.path("ticketsAboveSla").asInt()).isEqualTo(1);

        other.erase(DAY.atTime(9, 0), "x.csv", "CNPJ", "1999823009868", "52998224725");
        suite.settle();
        suite.recalculate(DAY.plusDays(1));
        assertThat(other.table(DAY.plusDays(1))).containsOnlyKeys("c2");
        JsonNode receipt = Json.parse(other.object(
                other.keys("receipts/" + other.tenant() + "/erasures/").getFirst()));
        assertThat(receipt.path("listed").asInt()).isEqualTo(2);
        assertThat(receipt.path("erased").asInt()).isEqualTo(1);
        assertThat(receipt.path("notFound").asInt()).isEqualTo(1);
    }

    @Test
    void aListThatCannotBeReadErasesNobody() {
        Company other = suite.another();
        other.erase(DAY.atTime(9, 0), "x.csv", "nome;valor", "x;1");
        suite.settle();
        assertThat(other.events("ErasureRejected"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("reason").asText()).isEqualTo("columns_missing"));
    }

    /// Every place outside `uploads/` that has the canary: table and key, or object and version.
    private static List<String> traces() {
        List<String> traces = new ArrayList<>();
        for (String table : List.of("Clients", "Records", "SituationChanges", "Tenants", "Runs")) {
            for (Map<String, AttributeValue> item : suite.items(table)) {
                StringBuilder text = new StringBuilder(item.toString());
                item.values().forEach(value -> {
                    if (value.b() != null) {
                        text.append(Opened.text(value.b().asByteArray()));
                    }
                });
                if (text.toString().contains(CANARY)) {
                    traces.add(table);
                }
            }
        }
        suite.s3.listObjectVersionsPaginator(list -> list.bucket(suite.bucket())).versions().stream()
                .filter(version -> !version.key().startsWith("uploads/"))
                .forEach(version -> {
                    byte[] bytes = suite.s3
                            .getObjectAsBytes(get -> get.bucket(suite.bucket())
                                    .key(version.key())
                                    .versionId(version.versionId()))
                            .asByteArray();
                    if (version.key().contains(CANARY) || Opened.text(bytes).contains(CANARY)) {
                        traces.add(version.key() + " " + version.versionId());
                    }
                });
        return traces;
    }
}
