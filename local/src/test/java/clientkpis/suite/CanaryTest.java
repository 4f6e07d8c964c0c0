package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.local.invoke.Faults.Fault;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.local.service.DeadLetter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A person's name, e-mail, phone and CPF in every table, in bad cells and in names of files, while every function that
/// handles them fails until its messages are given up: where the person is found afterwards, besides what was uploaded
/// and what is stored.
class CanaryTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    /// Of a client; nothing else is the id of a client.
    private static final String CPF = "529.982.247-25";
    private static final String NAME = "Marialva Concei\u00e7\u00e3o";
    private static final String EMAIL = "marialva@exemplo.com.br";
    private static final String PHONE = "+55 11 98765-4321";
    private static final String OTHER_CPF = "111.444.777-35";

    /// The contact that becomes the client's sponsor: three of its fields.
    private static final String SPONSOR = "Zenaide Sponsora;zenaide@exemplo.com.br;+55 21 91234-5678;sponsor;sim";

    /// In cells that are not kept as a client's fields.
    private static final List<String> OF_CELLS =
            List.of("marialva@", "98765-4321", "111.444.777", "11144477735", "conceição jr");

    /// In a client's fields.
    private static final List<String> OF_FIELDS =
            List.of("marialva", "zenaide", "91234-5678", "529.982", "52998224725");

    private static final String FILE = "Zuleica Prado";

    private static final List<String> LOG = new CopyOnWriteArrayList<>();
    private static volatile Set<String> failing = Set.of();

    @RegisterExtension
    static final Suite suite = Suite.logged(LOG::add, CanaryTest::fault);

    private static Company company;
    private static List<DeadLetter> dead;

    private static Fault fault(Request request) {
        return failing.contains(request.function()) ? Fault.BEFORE : Fault.NONE;
    }

    @BeforeAll
    static void everythingFailsOnceUploaded() throws Exception {
        company = suite.company();
        upload(8);
        suite.settle();
        suite.recalculate(DAY);
        failing = Set.of("scoreFunction");
        upload(9);
        giveUp();
        failing = Set.of("surveyFunction");
        aChangeThatTheBusWillNeverAccept();
        upload(10);
        suite.cloud().tick(DAY.plusDays(1).atTime(12, 0).atZone(Suite.ZONE).toInstant());
        giveUp();
        failing = Stream.of("clients", "contacts", "billing", "usage", "support", "overrides", "nps", "maturity")
                .map(name -> name + "Function")
                .collect(Collectors.toSet());
        upload(12);
        giveUp();
        failing = Set.of("intakeFunction", "configurationFunction", "erasureFunction", "dailyFunction");
        upload(13);
        company.configure(DAY.atTime(13, 0), "{\"" + NAME + "\": \"" + EMAIL + "\"}");
        company.erase(DAY.atTime(14, 0), "lista.csv", "client_id", CPF, OTHER_CPF);
        giveUp();
        failing = Set.of();
        dead = suite.cloud().deadLetters();
        suite.forgetDeadLetters();
        suite.settle();
    }

    private static void aChangeThatTheBusWillNeverAccept() {
        suite.dynamo.putItem(put -> put.tableName(suite.cloud().table("SituationChanges"))
                .item(Map.of(
                        "client", AttributeValue.fromS(company.tenant() + "#" + CPF),
                        "version", AttributeValue.fromN("99"),
                        "tenant", AttributeValue.fromS(company.tenant().name()),
                        "asOf", AttributeValue.fromS(DAY.toString()),
                        "published", AttributeValue.fromBool(true),
                        "detail", AttributeValue.fromS("{\"name\": \"" + NAME + " " + EMAIL))));
    }

    private static void giveUp() throws InterruptedException {
        suite.cloud().settle(Duration.ofMinutes(5));
        failing = Set.of();
        suite.cloud().settle(Duration.ofMinutes(5));
    }

    private static void upload(int hour) {
        String suffix = " " + hour;
        company.upload(
                DAY.atTime(hour, 0),
                "clients/" + FILE + suffix + ".csv",
                "client_id;name;cs;status",
                CPF + ";" + NAME + suffix + ";" + NAME + ";Ativo",
                ";" + NAME + " Jr;" + EMAIL + ";" + PHONE);
        company.upload(
                DAY.atTime(hour, 1),
                "contacts/k.csv",
                "client_id;contact_id;name;email;phone;role;active",
                CPF + ";k;" + SPONSOR,
                CPF + ";l;" + NAME + " Jr;" + EMAIL + ";" + PHONE + ";user;sim",
                CPF + ";" + OTHER_CPF + ";" + NAME + " Jr;" + EMAIL + ";" + PHONE + ";sponsor;talvez " + EMAIL);
        company.upload(
                DAY.atTime(hour, 2),
                "billing/b.csv",
                "client_id;title_id;value;due_on;" + EMAIL,
                CPF + ";t" + hour + ";10,00;2026-08-01;" + PHONE,
                CPF + ";" + OTHER_CPF + ";10,00;2026-08-01;" + PHONE,
                CPF + ";t;" + EMAIL + ";" + PHONE + ";x");
        company.upload(
                DAY.atTime(hour, 3),
                "usage/u.jsonl",
                "{\"client_id\": \"" + CPF + "\", \"user_id\": \"" + EMAIL
                        + "\", \"used_on\": \"2026-08-%02d\", \"actions\": 4}".formatted(hour),
                "{\"client_id\": \"" + CPF + "\", \"user_id\": \"" + EMAIL + "\", \"used_on\": \"" + PHONE + "\"}");
        company.upload(
                DAY.atTime(hour, 4),
                "support/s.csv",
                "client_id;ticket_id;sla_on",
                CPF + ";" + EMAIL + hour + ";2026-08-01");
        company.upload(
                DAY.atTime(hour, 5),
                "nps/n.csv",
                "client_id;answer_id;respondent;score;answered_on",
                CPF + ";a" + hour + ";" + EMAIL + ";" + hour % 10 + ";2026-08-01");
        company.upload(
                DAY.atTime(hour, 6),
                "overrides/o.csv",
                "client_id;field;value",
                CPF + ";situation;" + (hour < 10 ? "risco" : "oportunidade"),
                CPF + ";" + EMAIL + ";" + PHONE);
        company.upload(
                DAY.atTime(hour, 7),
                "maturity/m.csv",
                "item;nivel;evidencia",
                "turnover;" + (hour % 5 + 1) + ";" + EMAIL,
                EMAIL + ";1;" + PHONE);
    }

    private static List<String> in(String text, List<String> canaries) {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        return canaries.stream().filter(lower::contains).toList();
    }

    @Test
    void everyKindOfWorkWasGivenUp() {
        assertThat(dead)
                .extracting(DeadLetter::where)
                .contains(
                        "intakeDeadLetterQueue",
                        "clientsDeadLetterQueue",
                        "contactsDeadLetterQueue",
                        "billingDeadLetterQueue",
                        "usageDeadLetterQueue",
                        "scoreDeadLetterQueue",
                        "situationDeadLetterQueue",
                        "surveyDeadLetterQueue",
                        "configurationDeadLetterQueue",
                        "erasureDeadLetterQueue",
                        "maturityDeadLetterQueue");
    }

    @Test
    void noLineOfALogOrMetricNamesThePerson() {
        List<String> all = Stream.concat(
                        OF_CELLS.stream(), Stream.concat(OF_FIELDS.stream(), Stream.of("concei", "zuleica")))
                .toList();
        assertThat(LOG)
                .hasSizeGreaterThan(100)
                .allSatisfy(line -> assertThat(in(line, all)).as(line).isEmpty());
    }

    @Test
    void noDeadLetterOrFailureDestinationHasACell() {
        assertThat(dead).allSatisfy(letter -> {
            assertThat(in(letter.toString(), OF_CELLS)).as(letter.toString()).isEmpty();
            // What goes to `score` has the client's fields, and its id.
            boolean fields = letter.where().equals("scoreDeadLetterQueue");
            String body = letter.where().equals("situationDeadLetterQueue")
                    ? letter.body().replace("\"clientId\":\"" + CPF + "\"", "")
                    : letter.body();
            assertThat(in(body, List.of("marialva", "529.982", "52998224725")).isEmpty() || fields)
                    .as(letter.toString())
                    .isTrue();
        });
    }

    @Test
    void aFileIsNamedOnlyByTheEventsAndMessagesAboutIt() {
        assertThat(dead)
                .filteredOn(letter -> letter.body().contains("Zuleica"))
                .extracting(DeadLetter::where)
                .isSubsetOf("intakeDeadLetterQueue", "clientsDeadLetterQueue", "scoreDeadLetterQueue");
    }

    @Test
    void anEventHasNoCellAndTheClientsIdOnlyAsSuch() {
        assertThat(suite.events()).isNotEmpty().allSatisfy(event -> {
            assertThat(in(event.toString(), OF_CELLS)).as(event.toString()).isEmpty();
            ObjectNode detail = event.path("detail").deepCopy();
            JsonNode id = detail.remove("id");
            JsonNode client = detail.remove("clientId");
            if (client != null) {
                assertThat(client.asText()).isEqualTo(CPF);
                assertThat(id.asText()).contains(CPF);
            }
            detail.remove(List.of("object", "upload", "receipt"));
            assertThat(in(detail.toString(), List.of("529.982", "52998224725", "zenaide", "91234-5678", "zuleica")))
                    .as(detail.toString())
                    .isEmpty();
            assertThat(Json.text(event.path("detail-type"))).isNotEmpty();
        });
    }
}
