package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.DataBucket;
import clientkpis.store.Assessments;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An upload of `maturity` is an assessment of the company (fields.md, *CSMI*).
class MaturityIndexTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final String HEADER = "item;nível;peso;evidência;avaliador;data";

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private Company company;

    @BeforeEach
    void aCompany() {
        company = suite.company();
    }

    private void assess(LocalDate day, String name, String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = HEADER;
        System.arraycopy(lines, 0, all, 1, lines.length);
        company.upload(day.atTime(8, 0), "maturity/" + name, all);
        suite.settle();
    }

    private List<ObjectNode> history() {
        return new Assessments(new DataBucket(() -> suite.s3, suite.bucket())).history(company.tenant());
    }

    @Test
    void theAnsweredItemsMakeTheirPillarsAndThoseTheIndex() {
        // People: (0 + 3 x 100) / 4 = 75; data: 50.
        assess(DAY, "a.csv", "Turnover;1;1;;Renata;01/09/2026", "team_workload;5;3;;;", "data volume;3;;;;");

        assertThat(company.events("MaturityAssessed")).singleElement().satisfies(event -> {
            assertThat(event.path("index").asText()).isEqualTo("62.50");
            assertThat(event.path("coverage").asText()).isEqualTo("11.11");
            assertThat(event.path("weakest").asText()).isEqualTo("data");
            assertThat(event.path("pillars").get(0).toString())
                    .isEqualTo("{\"key\":\"people\",\"score\":75.00,\"answered\":2,\"items\":9}");
            assertThat(event.path("pillars").get(2).has("score")).isFalse();
            assertThat(event.has("change")).isFalse();
            assertThat(event.toString()).doesNotContain("Renata");
        });
        assertThat(history())
                .singleElement()
                .satisfies(one -> assertThat(
                                one.path("answers").get(2).path("assessor").asText())
                        .isEqualTo("Renata"));
    }

    @Test
    void anAnswerStaysUntilANewerUploadAnswersItsItem() {
        assess(DAY, "a.csv", "turnover;1;;;;", "purpose;5;;;;");
        assess(DAY.plusDays(30), "b.csv", "turnover;3;;;;");

        JsonNode second = company.events("MaturityAssessed").getLast();
        assertThat(second.path("index").asText()).isEqualTo("75.00");
        assertThat(second.path("coverage").asText()).isEqualTo("7.41");
        assertThat(second.path("change").asText()).isEqualTo("25.00");
        assertThat(history()).hasSize(2);
        assertThat(history().getLast().path("answers"))
                .extracting(answer -> answer.path("item").asText())
                .containsExactly("purpose", "turnover");
    }

    @Test
    void aSnapshotIsWholeByItself() {
        assess(DAY, "a.csv", "turnover;1;;;;", "purpose;5;;;;");
        assess(DAY.plusDays(30), "snapshot/b.csv", "turnover;3;;;;");

        JsonNode second = company.events("MaturityAssessed").getLast();
        assertThat(second.path("index").asText()).isEqualTo("50.00");
        assertThat(second.path("coverage").asText()).isEqualTo("3.70");
        assertThat(second.path("change").asText()).isEqualTo("0.00");
    }

    @Test
    void oneThatArrivesLateTakesItsPlaceInTheOrder() {
        assess(DAY, "a.csv", "turnover;1;;;;");
        assess(DAY.plusDays(60), "c.csv", "turnover;5;;;;");
        assess(DAY.plusDays(30), "b.csv", "turnover;4;;;;");

        assertThat(history()).extracting(one -> one.path("index").asText()).containsExactly("0.00", "75.00", "100.00");
        assertThat(history()).extracting(one -> one.path("change").asText()).containsExactly("", "75.00", "25.00");
    }

    @Test
    void whatIsWrongIsRejectedRowByRow() {
        assess(
                DAY,
                "a.csv",
                "coffee;3;;;;",
                "turnover;6;;;;",
                "purpose;;;;;",
                "data-ops;2;-1;;;",
                "team-quality;2;;;;",
                "team-quality;4;;;;");

        JsonNode receipt = company.receiptOf("maturity/a.csv");
        assertThat(receipt.path("status").asText()).isEqualTo("applied");
        assertThat(receipt.path("problems").path("byCode").toString())
                .isEqualTo("{\"blank\":1,\"conflicting\":1,\"out_of_range\":2,\"unknown_item\":1}");
        assertThat(receipt.path("rows").path("repeated").asInt()).isEqualTo(1);
        assertThat(company.events("MaturityAssessed"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("index").asText()).isEqualTo("75.00"));
    }

    @Test
    void theTemplateUploadedEmptyIsAnsweredAndIsNotAnIndexOfZero() throws IOException {
        company.upload(
                DAY.atTime(8, 0),
                "maturity/csmi.csv",
                Files.readAllBytes(Suite.ROOT.resolve("examples/maturity/csmi.csv")));
        suite.settle();

        JsonNode receipt = company.receiptOf("maturity/csmi.csv");
        assertThat(receipt.at("/reason/code").asText()).isEqualTo("no_valid_row");
        assertThat(receipt.at("/reason/message").asText())
                .contains("Nenhuma das 27 linhas", "um número inteiro de 1 a 5; se não houver, deixe a linha de fora");
        assertThat(company.events("MaturityAssessed")).isEmpty();
        assertThat(history()).isEmpty();
    }
}
