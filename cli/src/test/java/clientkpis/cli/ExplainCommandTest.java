package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    @TempDir
    private Path out;

    private record Ran(int exit, String out, String err) {}

    @BeforeEach
    void aRun() throws IOException {
        Files.writeString(out.resolve("clients.jsonl"), """
            {"clientId":"00.1-2","name":"Pão \\u001b[31mÓtimo","asOf":"2026-09-03","mrr":9000.00,"engagementScore":-76.92,"daysToRenewal":-1200,"custom.DESCONTO":-7.50,"overdueTitles":0,"size":"Tier 1","senseScore":100.00,"situation":"neutral","sources":{"name":{"source":"integration","table":"clients","upload":"u1"},"mrr":{"source":"calculated","table":"contracts"},"overdueTitles":{"source":"manual","author":"ana","reason":"pago","expiresOn":"2026-09-04","below":{"value":2,"source":"calculated","table":"billing"}},"size":{"source":"rule","position":1},"senseScore":{"source":"calculated"},"situation":{"source":"calculated"}}}
            {"clientId":"99.910.234/0001-33","asOf":"2026-09-03","situation":"neutral","sources":{}}
            {"clientId":"other","asOf":"2026-09-03","situation":"neutral","aliases":"8812; Sol; Lua & Filhos; Sol Azul","sources":{}}
            """);
        Files.writeString(out.resolve("details.jsonl"), """
            {"clientId":"00.1-2","asOf":"2026-09-03","senseScore":{"value":100.00,"band":"green","coverage":25.00,"indicators":[{"name":"finance","field":"overdueTitles","weight":25,"value":0,"points":100.00,"contribution":100.00},{"name":"nps","field":"nps","weight":20}]},"wouldChange":{"healthy":[{"indicator":"finance","field":"overdueTitles","score":100.00,"band":"green"}],"nextBand":{"band":"yellow","indicator":"finance","field":"overdueTitles","from":3,"to":1,"score":60.00}},"history":{"from":"2026-09-01","senseScore":[null,0.00,100.00],"engagementScore":[null,null,null]},"clause":{"name":"none","comparisons":[{"clause":"risk","of":"senseScore","left":{"name":"mean60","value":"50.00","sumOfHundredths":10000,"days":2},"operator":">","right":{"name":"mean7","value":"-50.50","sumOfHundredths":-5050,"days":1},"holds":false},{"clause":"risk","of":"senseScore","left":{"name":"band","value":"green"},"operator":"is","right":{"name":"value","value":"red"},"holds":false}]},"configuration":{"version":3,"since":"2026-09-02"}}
            """);
        Files.writeString(out.resolve("records.jsonl"), """
            {"clientId":"00.1-2","records":[{"field":"overdueTitles","table":"billing","count":21,"columns":["title_id","value","due_on","daysLate"],"rows":[["T\\u001b1",100.00,"2026-08-22",12],["T2",9.50,null,null]]}]}
            {"clientId":"other","records":[{"field":"nps","table":"nps","count":1,"columns":["answer_id","respondent"],"rows":[["a1","other@example.com"]]}]}
            """);
        Files.writeString(out.resolve("events.jsonl"), """
            {"detail-type":"SituationChanged","detail":{"clientId":"00.1-2","version":2,"from":"risk","to":"neutral","asOf":"2026-09-03","cause":"override","upload":{"table":"overrides","id":"o1"},"senseScore":{"value":100.00},"configuration":{"version":3}}}
            {"detail-type":"SituationChanged","detail":{"clientId":"other","version":1,"to":"risk","asOf":"2026-09-03","cause":"daily","senseScore":{},"configuration":{"version":3}}}
            """);
    }

    @Test
    void everyFieldHasItsValueSourceAndFormulaAndWhatIsBelow() {
        Ran ran = explain("00.1-2");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .containsPattern("MRR \\(mrr\\) +R\\$9,000\\.00 +calculated from contracts")
                .contains("= sum of value over active contracts whose model is MRR")
                .containsPattern("Size \\(size\\) +Tier 1 +rule 1")
                .containsPattern("\\(overdueTitles\\) +0 +manual, by ana: pago, through 2026-09-04")
                .contains("below: 2, calculated from billing")
                .contains("integration, clients, upload u1");
    }

    @Test
    void theRecordsBehindANumberAreATable() throws IOException {
        String printed = explain("00.1-2").out();
        assertThat(printed)
                .contains("Records behind Overdue titles (overdueTitles): 21, the first 2")
                .containsPattern("Title +Amount +Due on +Days late")
                .containsPattern("R\\$100\\.00 +2026-08-22 +12")
                .containsPattern("T2 +R\\$9\\.50 +- +-")
                .doesNotContain("other@example.com");
        Files.delete(out.resolve("records.jsonl"));
        assertThat(explain("00.1-2").exit()).as("of a run of an older version").isZero();
    }

    @Test
    void whatWouldChangeTheScoreFollowsIt() {
        assertThat(explain("00.1-2").out())
                .contains("The smallest step to yellow: overdueTitles from 3 to 1, which gives 60.00")
                .containsPattern("finance +healthy: 100.00, green");
        assertThat(explain("other").out()).doesNotContain("What would change it");
    }

    @Test
    void theScoreIsTakenApartAndTheHistoryIsALineOfBlocks() {
        assertThat(explain("00.1-2").out())
                .contains("SenseScore: 100.00, green, coverage 25.00%, configuration version 3 since 2026-09-02")
                .containsPattern("finance +overdueTitles +25 +0 +100.00 +100.00")
                .containsPattern("nps +nps +20 +no data")
                .contains("from 2026-09-01 to 2026-09-03")
                .contains("·▁█");
    }

    @Test
    void whatIsReconstructedOfTheHistoryIsSaid() throws IOException {
        assertThat(explain("00.1-2").out()).doesNotContain("reconstructed");
        Path details = out.resolve("details.jsonl");
        Files.writeString(
                details,
                Files.readString(details)
                        .replace(
                                "\"from\":\"2026-09-01\"",
                                "\"from\":\"2026-09-01\",\"reconstructedUntil\":\"2026-09-02\""));
        assertThat(explain("00.1-2").out())
                .contains("Up to 2026-09-02 the days are reconstructed from the dates in the rows");
        assertThat(explain("00.1-2", "--lang", "pt-BR").out())
                .contains("Até 2026-09-02 os dias são reconstruídos pelas datas nas linhas");
    }

    @Test
    void theSituationShowsBothSidesAndTheChangesTheirCauses() {
        assertThat(explain("00.1-2").out())
                .contains("mean60 50.00 (2 days) > mean7 −50.50 (1 day): does not hold")
                .contains("green is red: does not hold")
                .containsPattern("2026-09-03 +risk +-> neutral +override \\(overrides, o1\\)")
                .doesNotContain("other");
    }

    @Test
    void aPageInPortugueseHasNoWordOfEnglish() throws IOException {
        Files.writeString(out.resolve("movements.jsonl"), """
            {"clientId":"00.1-2","month":"2026-08","movement":"expansion","start":10.00,"end":1890.00}
            """);
        Ran ran = explain("00.1-2", "--lang", "pt-BR");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .containsPattern("Porte \\(size\\) +Tier 1 +regra 1")
                .containsPattern("Títulos vencidos \\(overdueTitles\\) +0 +manual, por ana: pago, até 2026-09-04")
                .contains("sem o ajuste: 2, calculado de billing")
                .contains("SenseScore: 100,00, verde, cobertura 25,00%, versão 3 da configuração desde 2026-09-02")
                .contains("Situação: neutro")
                .contains("Registros por trás de Títulos vencidos (overdueTitles): 21, os primeiros 2")
                .containsPattern("Título +Valor +Vencimento")
                .contains("O menor passo até amarelo: overdueTitles de 3 para 1, o que dá 60,00")
                .containsPattern("finance +saudável: 100,00, verde")
                .containsPattern("Movimentos do MRR por mês\n +2026-08 +expansão +R\\$ 10,00 -> +R\\$ 1\\.890,00")
                .contains("mean60 50,00 (2 dias) > mean7 −50,50 (1 dia): não vale")
                .contains("verde é vermelho: não vale")
                .containsPattern("2026-09-03 +risco +-> neutro +ajuste manual");
        LanguagesTest.assertIn(Language.PORTUGUESE, ran.out());
        LanguagesTest.assertIn(Language.ENGLISH, explain("00.1-2").out().replace("pago", ""));
        LanguagesTest.assertIn(
                Language.PORTUGUESE, explain("00.1-3", "--lang", "pt-BR").err());
    }

    @Test
    void aNegativeNumberHasTheTrueMinus() {
        assertThat(explain("00.1-2", "--lang", "pt-BR").out())
                .containsPattern("\\(engagementScore\\) +−76,92 ")
                .containsPattern("\\(daysToRenewal\\) +−1\\.200 ")
                .containsPattern("custom.DESCONTO +−7,5 ");
        assertThat(explain("00.1-2").out())
                .containsPattern("\\(engagementScore\\) +−76\\.92 ")
                .doesNotContainPattern("(?<![\\w-])-\\d");
    }

    @Test
    void theLanguageAndTheCurrencyAreTheTenants() throws IOException {
        Files.writeString(out.resolve("tenant.json"), "{\"currency\":\"USD\",\"language\":\"pt-BR\"}");
        assertThat(explain("00.1-2").out()).containsPattern("MRR \\(mrr\\) +US\\$ 9\\.000,00 +calculado de contracts");
        assertThat(explain("00.1-2", "--lang", "en").out())
                .containsPattern("MRR \\(mrr\\) +\\$9,000\\.00 +calculated from contracts");
    }

    @Test
    void nothingInItIsExecutedByATerminal() {
        assertThat(explain("00.1-2").out())
                .contains("Pão \\u001b[31mÓtimo", "T\\u001b1")
                .doesNotContain("\u001b");
    }

    @Test
    void aCnpjMayBeWrittenAnyhow() {
        assertThat(explain("99910234000133").out()).contains("99.910.234/0001-33");
        assertThat(explain("99910234000134").exit()).isEqualTo(1);
    }

    @Test
    void anAliasIsFoundAlsoWithASeparatorInIt() {
        for (String alias : List.of("8812", "SOL AZUL Ltda", "sol; lua & filhos")) {
            assertThat(explain(alias).out()).as(alias).contains("other");
        }
        assertThat(explain("Lua").exit()).isEqualTo(1);
    }

    @Test
    void whoIsNotThereIsProbablyOneWhoIs() {
        assertThat(explain("12").err()).contains("There is no client 12", "00.1-2");
        assertThat(explain("otimo").err()).contains("00.1-2");
        assertThat(explain("otimo").exit()).isEqualTo(1);
    }

    @Test
    void aFolderThatNoRunWroteIsWrongUsage() throws IOException {
        Files.delete(out.resolve("details.jsonl"));
        Ran ran = explain("other");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("details.jsonl", "--out");
    }

    private Ran explain(String client, String... options) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Kpis.commandLine(
                        (root, log, saved) -> {
                            throw new IOException("No cloud is needed");
                        },
                        new PrintStream(printed, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false)
                .execute(Stream.concat(Stream.of("explain", client, "--out", out.toString()), Stream.of(options))
                        .toArray(String[]::new));
        return new Ran(exit, printed.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
