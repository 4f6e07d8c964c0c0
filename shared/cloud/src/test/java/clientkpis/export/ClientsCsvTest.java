package clientkpis.export;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.configuration.Language;
import clientkpis.tables.ClientField;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsCsvTest {
    @Test
    void beginsWithTheMarkAndThePortugueseLabelsTheIdFirst() throws IOException {
        String header = csv().lines().toList().getFirst();

        assertThat(header).startsWith("\uFEFFID Original;Cliente;Status;");
        List<String> labels = Arrays.asList(header.substring(1).split(";", -1));
        assertThat(labels)
                .containsExactlyInAnyOrderElementsOf(Tables.load().fields().stream()
                        .filter(field -> !field.internal())
                        .map(field -> field.label().pt())
                        .toList());
    }

    @Test
    void labelsBandsAndSituationsAreInTheTenantsLanguage() throws IOException {
        String client = "{\"clientId\": \"1\", \"senseScoreBand\": \"yellow\", \"situation\": \"opportunity\"}";
        assertThat(csv(Language.PORTUGUESE, client))
                .contains(";Faixa do SenseScore;", ";Situação")
                .contains(";amarelo;", ";oportunidade")
                .doesNotContain("yellow", "opportunity");
        assertThat(csv(Language.ENGLISH, client))
                .startsWith("\uFEFFClient id;Client;")
                .contains(";SenseScore band;", ";Situation")
                .contains(";yellow;", ";opportunity")
                .doesNotContain("amarelo", "oportunidade");
    }

    @Test
    void numbersHaveDecimalCommasAndDatesAreAsInBrazil() throws IOException {
        Map<String, String> cells = cells("""
            {"clientId": "00.1", "mrr": 1234.50, "daysToRenewal": -3, "renewalOn": "2026-02-28", "overdueTitles": 0}\
            """);

        assertThat(cells)
                .containsEntry("clientId", "00.1")
                .containsEntry("mrr", "1234,50")
                .containsEntry("daysToRenewal", "-3")
                .containsEntry("renewalOn", "28/02/2026")
                .containsEntry("overdueTitles", "0")
                .containsEntry("senseScore", "");
    }

    @Test
    void fieldsThatNoSchemaDeclaresHaveTheSameForms() throws IOException {
        StringBuilder out = new StringBuilder();
        new ClientsCsv(
                        Tables.load(),
                        new TreeSet<>(Set.of("playbooks.Onboarding", "custom.NOTA", "custom.CODIGO")),
                        Language.PORTUGUESE,
                        out)
                .add(Json.parse("""
                    {"clientId": "1", "playbooks.Onboarding": "2026-09-30", "custom.NOTA": 8.5,\
                     "custom.CODIGO": "2026-09-30-x"}\
                    """));

        assertThat(out.toString()).endsWith(";2026-09-30-x;8,5;30/09/2026\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+cmd|'/c calc'!A1", "-2-3", "@SUM(A1)", "\t=1", "\r=1", "-", "+55 11 99999-0000"})
    void whatASpreadsheetWouldExecuteBecomesText(String text) {
        assertThat(ClientsCsv.text(text)).containsPattern("^\"?'").contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-10", "+5511999990000", "-1.234,56", "Ana = Bia", "a-b", "'x"})
    void numbersAndPlainTextsStayAsTheyAre(String text) {
        assertThat(ClientsCsv.text(text)).isEqualTo(text);
    }

    @Test
    void separatorsQuotesAndLineBreaksAreQuoted() {
        assertThat(ClientsCsv.text("a;b")).isEqualTo("\"a;b\"");
        assertThat(ClientsCsv.text("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
        assertThat(ClientsCsv.text("a\nb")).isEqualTo("\"a\nb\"");
        assertThat(ClientsCsv.text("=a;b")).isEqualTo("\"'=a;b\"");
    }

    @Property
    void noTextBeginsAFormula(@ForAll String text) {
        String cell = ClientsCsv.text(text);
        String shown = cell.startsWith("\"") ? cell.substring(1) : cell;

        assertThat(shown.isEmpty() || "=@\t\r".indexOf(shown.charAt(0)) < 0).isTrue();
    }

    private static String csv(String... clients) throws IOException {
        return csv(Language.PORTUGUESE, clients);
    }

    private static String csv(Language language, String... clients) throws IOException {
        StringBuilder out = new StringBuilder();
        ClientsCsv csv = new ClientsCsv(Tables.load(), new TreeSet<>(), language, out);
        for (String client : clients) {
            csv.add(Json.parse(client));
        }
        assertThat(out.toString()).endsWith("\r\n");
        return out.toString();
    }

    private static Map<String, String> cells(String client) throws IOException {
        List<String> lines = csv(client).lines().toList();
        String[] labels = lines.get(0).substring(1).split(";", -1);
        String[] values = lines.get(1).split(";", -1);
        Map<String, String> byLabel = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            byLabel.put(labels[i], values[i]);
        }
        Map<String, String> cells = new HashMap<>();
        for (ClientField field : Tables.load().fields()) {
            if (!field.internal()) {
                cells.put(field.name(), byLabel.get(field.label().pt()));
            }
        }
        return cells;
    }
}
