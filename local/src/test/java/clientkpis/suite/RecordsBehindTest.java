package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.tables.RecordColumns;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The records behind each number, and what would change the score, from the upload to the page.
class RecordsBehindTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final String RESPONDENT = "pessoa@exemplo.com.br";
    private static final int BLOCK = 200;
    private static final Pattern PACKED = Pattern.compile("<script type=\"text/plain\"[^>]*>([^<]+)</script>");

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private static Company company;

    @BeforeAll
    static void aCompany() {
        company = suite.another();
        company.upload(DAY.atTime(8, 0), "clients/c.csv", "client_id;name", "c1;Padaria", "c2;Café");
        company.upload(
                DAY.atTime(8, 1),
                "billing/b.csv",
                "client_id;title_id;value;due_on;paid_on",
                "c1;T1;100,00;2026-08-20;",
                "c1;T2;50,5;2026-09-01;",
                "c1;T3;70,00;2026-08-01;2026-08-02",
                // Under another id of the client, which the company says later.
                "apelido;T4;30,00;2026-08-30;");
        company.upload(
                DAY.atTime(8, 2),
                "support/s.csv",
                "client_id;ticket_id;opened_on;sla_on;closed_on",
                "c1;S1;2026-08-01;2026-08-05;",
                "c1;S2;2026-08-30;2026-09-10;",
                "c1;S3;2026-08-01;2026-08-05;2026-08-04");
        company.upload(
                DAY.atTime(8, 3),
                "nps/n.csv",
                "client_id;answer_id;respondent;score;answered_on",
                "c1;A1;" + RESPONDENT + ";9;2026-08-01",
                "c1;A2;" + RESPONDENT + ";3;2026-08-20");
        company.upload(
                DAY.atTime(8, 4),
                "usage/u.csv",
                "client_id;user_id;used_on;actions",
                "c1;ana;2026-07-20;5",
                "c1;ana;2026-07-10;2",
                "c1;bia;2026-08-30;1");
        company.upload(
                DAY.atTime(8, 5),
                "activities/a.csv",
                "client_id;activity_id;due_on;completed_on;status",
                "c1;K1;2026-08-31;;Pendente",
                "c1;K2;;;");
        company.upload(
                DAY.atTime(8, 6),
                "contracts/k.csv",
                "client_id;contract_id;model;value;status;starts_on;ends_on",
                "c1;C1;MRR;900,00;Ativo;2026-01-01;2026-12-31");
        suite.settle();
        suite.recalculate(DAY);
        company.upload(DAY.plusDays(1).atTime(8, 0), "aliases/a.csv", "client_id;alias", "c1;apelido");
        suite.settle();
        suite.recalculate(DAY.plusDays(1));
    }

    @Test
    void theRecordsOfADayAreInThePanel() {
        assertThat(panel(DAY, "c1").path("records")).isEqualTo(Json.parse("""
            [{"field":"pendingActivities","table":"activities","count":2,"columns":["activity_id","due_on","status","daysLate"],"rows":[["K1","2026-08-31","Pendente",1],["K2",null,null,null]]},
             {"field":"overdueTitles","table":"billing","count":1,"columns":["title_id","value","due_on","daysLate"],"rows":[["T1",100.00,"2026-08-20",12]]},
             {"field":"mrr","table":"contracts","count":1,"columns":["contract_id","value","starts_on","ends_on","daysToEnd"],"rows":[["C1",900.00,"2026-01-01","2026-12-31",121]]},
             {"field":"renewalOn","table":"contracts","count":1,"columns":["contract_id","model","value","ends_on","daysToEnd"],"rows":[["C1","MRR",900.00,"2026-12-31",121]]},
             {"field":"nps","table":"nps","count":1,"columns":["answer_id","respondent","score","answered_on"],"rows":[["A2","pessoa@exemplo.com.br",3,"2026-08-20"]]},
             {"field":"ticketsAboveSla","table":"support","count":1,"columns":["ticket_id","opened_on","sla_on","daysLate"],"rows":[["S1","2026-08-01","2026-08-05",27],["S2","2026-08-30","2026-09-10",null]]},
             {"field":"activeUsers","table":"usage","count":1,"columns":["user_id","used_on","actions30d"],"rows":[["ana","2026-07-20",7]]}]
            """));
    }

    @Test
    void theyFollowTheDayAndWhatIsMovedToTheClient() {
        JsonNode titles = panel(DAY.plusDays(1), "c1").path("records").get(1);
        assertThat(titles.path("count").asInt()).isEqualTo(3);
        assertThat(titles.path("rows").toString())
                .isEqualTo("[[\"T1\",100.00,\"2026-08-20\",13],[\"T4\",30.00,\"2026-08-30\",3],"
                        + "[\"T2\",50.50,\"2026-09-01\",1]]");
    }

    @Test
    void aClientWithoutRecordsHasNone() {
        assertThat(panel(DAY, "c2").has("records")).isFalse();
        assertThat(panel(DAY, "c2").has("wouldChange")).isFalse();
    }

    @Test
    void whatWouldChangeTheScoreIsInThePanel() {
        // Engagement 0 is worth 50, NPS -100 none, one title 60, one ticket 75: 48.75 of 100.
        assertThat(panel(DAY, "c1").path("wouldChange").toString())
                .isEqualTo("{\"healthy\":["
                               + "{\"indicator\":\"engagement\",\"field\":\"engagementScore\",\"score\":63.75,\"band\":\"yellow\"},"
                               + "{\"indicator\":\"nps\",\"field\":\"nps\",\"score\":68.75,\"band\":\"yellow\"},"
                               + "{\"indicator\":\"finance\",\"field\":\"overdueTitles\",\"score\":58.75,\"band\":\"yellow\"},"
                               + "{\"indicator\":\"support\",\"field\":\"ticketsAboveSla\",\"score\":55.00,\"band\":\"yellow\"}],"
                               + "\"nextBand\":{\"band\":\"yellow\",\"indicator\":\"support\",\"field\":\"ticketsAboveSla\","
                               + "\"from\":1,\"to\":0,\"score\":55.00}}");
    }

    @Test
    void everyColumnHasItsLabels() {
        JsonNode labels = page(DAY).getFirst().path("recordColumns");
        assertThat(labels.size()).isEqualTo(RecordColumns.load().labels().size());
        for (JsonNode records : panel(DAY, "c1").path("records")) {
            for (JsonNode column : records.path("columns")) {
                String own = records.path("table").asText() + "." + column.asText();
                JsonNode label = labels.has(own) ? labels.path(own) : labels.path(column.asText());
                assertThat(label.path("pt").asText()).as(own).isNotEmpty();
                assertThat(label.path("en").asText()).as(own).isNotEmpty();
            }
        }
    }

    @Test
    void aRespondentIsInNothingButThePanel() {
        assertThat(company.exported(DAY).toString()).doesNotContain(RESPONDENT);
        assertThat(company.keys("exports/" + company.tenant() + "/"))
                .isNotEmpty()
                .noneMatch(key -> Opened.text(company.object(key)).contains(RESPONDENT));
        assertThat(suite.events().toString()).doesNotContain(RESPONDENT);
    }

    private static JsonNode panel(LocalDate day, String client) {
        List<JsonNode> page = page(day);
        JsonNode clients = page.getFirst().path("clients");
        for (int i = 0; i < clients.size(); i++) {
            if (clients.path(i).path(0).asText().equals(client)) {
                return page.get(1 + i / BLOCK).path(i % BLOCK);
            }
        }
        throw new AssertionError("The page does not show " + client);
    }

    /// The page's data, then its blocks of panels.
    private static List<JsonNode> page(LocalDate day) {
        String key = "reports/%s/%s/index.html".formatted(company.tenant(), day);
        String page = new String(company.object(key), StandardCharsets.UTF_8);
        List<JsonNode> data = new ArrayList<>();
        for (Matcher packed = PACKED.matcher(page); packed.find(); ) {
            byte[] bytes = Base64.getDecoder().decode(packed.group(1));
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                data.add(Json.parse(in.readAllBytes()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return data;
    }
}
