package clientkpis.configuration.check;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.configuration.check.ConfigurationCheck.Problem;
import clientkpis.configuration.check.ConfigurationCheck.Result;
import clientkpis.json.Json;
import clientkpis.kpi.configuration.ClientIdMatch;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationCheckTest {
    /// The one of docs/configuration.md.
    static final String EXAMPLE = """
        {
          "timeZone": "America/Sao_Paulo",
          "recalculateAt": "06:00",
          "numberFormat": "pt-BR",
          "dateFormat": "dd/MM/yyyy",
          "columns": {"contracts": {"Vlr Mensal": "value"}, "clientes": {"Nota interna": "custom.NOTA"}},
          "senseScore": {
            "indicators": [
              {"name": "engagement", "field": "engagementScore", "weight": 30, "points": [[-100, 0], [100, 100]]},
              {"name": "nps",        "field": "nps",             "weight": 20, "points": [[-100, 0], [100, 100]]},
              {"name": "finance",    "field": "overdueTitles",   "weight": 25, "points": [[0, 100], [1, 60], [3, 0]]},
              {"name": "support",    "field": "ticketsAboveSla", "weight": 25, "points": [[0, 100], [2, 50], [5, 0]]},
              {"name": "nota",       "field": "custom.NOTA",     "weight": 0.5, "points": [[0, 0], [10, 100]]}
            ],
            "bands": {"yellow": 50, "green": 75}
          },
          "rules": {
            "size":  [{"when": {"mrr": [{"numeric": [">=", 9000]}]}, "then": "Tier 1"}],
            "stage": [{"when": {"playbooks": {"Onboarding": [{"exists": true}]}}, "then": "Adoção"}]
          },
          "situation": {"opportunityTrend": "falling", "settles": "immediately"},
          "uploads": {"snapshotMaxRemoved": 0.5, "usageRetentionDays": 60, "maxDecompressedBytes": 2000000000}
        }
        """;

    @Test
    void theExampleIsAccepted() {
        Configuration configuration = accepted(EXAMPLE);
        assertThat(configuration.scoring().indicators()).hasSize(5);
        assertThat(configuration.rules().ofFields()).containsOnlyKeys("size", "stage");
    }

    @Test
    void theLanguageAndTheCurrencyAreTheTenants() {
        Configuration configuration = accepted("{\"language\": \"en\", \"currency\": \"USD\"}");
        assertThat(configuration.language()).isEqualTo(Language.ENGLISH);
        assertThat(configuration.currency()).isEqualTo(Currency.getInstance("USD"));
    }

    @Test
    void whatIsAbsentHasItsDefault() {
        assertThat(accepted("{}")).isEqualTo(Configuration.DEFAULT);
        assertThat(accepted("\uFEFF{\"senseScore\": {\"bands\": {\"green\": 80}}}")
                        .scoring()
                        .bands()
                        .yellow())
                .isEqualTo(Configuration.DEFAULT.scoring().bands().yellow());
    }

    @Test
    void whichTextsAreOneClientsIdIsSaid() {
        assertThat(accepted("{\"clientIds\": {\"match\": \"cnpj-cpf\"}}")
                        .formats()
                        .clientIds())
                .isEqualTo(ClientIdMatch.CNPJ_CPF);
        assertThat(accepted("{\"clientIds\": {}}").formats().clientIds()).isEqualTo(ClientIdMatch.EXACT);
    }

    @Test
    void howANumberIsWrittenMakesNoDifference() {
        assertThat(accepted("{\"senseScore\": {\"bands\": {\"yellow\": 50.00, \"green\": 7.5e1}}}"))
                .isEqualTo(Configuration.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"timezone\": \"America/Sao_Paulo\"} | /timezone",
                "{\"time/zone\": \"UTC\"} | /time~1zone",
                "{\"timeZone\": \"America/Sao Paulo\"} | /timeZone",
                "{\"language\": \"pt\"} | /language",
                "{\"currency\": \"real\"} | /currency",
                "{\"currency\": \"ABC\"} | /currency",
                "{\"recalculateAt\": \"6h\"} | /recalculateAt",
                "{\"numberFormat\": \"de\"} | /numberFormat",
                "{\"clientIds\": {\"match\": \"cnpj\"}} | /clientIds/match",
                "{\"clientIds\": {\"normalise\": \"cnpj-cpf\"}} | /clientIds/normalise",
                "{\"dateFormat\": \"dd.MM.yyyy\"} | /dateFormat",
                "{\"columns\": {\"vendas\": {\"a\": \"value\"}}} | /columns/vendas",
                "{\"columns\": {\"contracts\": {\"A\": \"value\"}, \"contratos\": {}}} | /columns/contratos",
                "{\"columns\": {\"contracts\": {\"a/b\": \"valr\"}}} | /columns/contracts/a~1b",
                "{\"columns\": {\"contracts\": {\"a\": \"custom.X\"}}} | /columns/contracts/a",
                "{\"columns\": {\"clients\": {\"a\": \"custom.É\"}}} | /columns/clients/a",
                "{\"columns\": {\"clients\": {\"Plano A\": \"plan\", \"plano_a\": \"size\"}}} |"
                        + " /columns/clients/plano_a",
                "{\"senseScore\": {\"indicators\": []}} | /senseScore/indicators",
                "{\"senseScore\": {\"indicators\": [{\"name\": \"a\", \"field\": \"nps\", \"weight\": 0, \"points\":"
                        + " [[0, 0]]}]}} | /senseScore/indicators/0/weight",
                "{\"senseScore\": {\"indicators\": [{\"name\": \"a\", \"field\": \"plan\", \"weight\": 1, \"points\":"
                        + " [[0, 0]]}]}} | /senseScore/indicators/0/field",
                "{\"senseScore\": {\"indicators\": [{\"name\": \"a\", \"field\": \"arr\", \"weight\": 1, \"points\":"
                        + " [[0, 0]]}]}} | /senseScore/indicators/0/field",
                "{\"senseScore\": {\"indicators\": [{\"name\": \"a\", \"field\": \"custom.X\", \"weight\": 1,"
                        + " \"points\": [[0, 0]]}]}} | /senseScore/indicators/0/field",
                "{\"senseScore\": {\"indicators\": [{\"name\": \"a\", \"field\": \"senseScoreVariation7d\","
                        + " \"weight\": 1, \"points\": [[0, 0]]}]}} | /senseScore/indicators/0/field",
                "{\"senseScore\": {\"indicators\": [{\"name\": \"a\", \"field\": \"actions30d\", \"weight\": 1,"
                        + " \"points\": [[0, 0]]}]}} | /senseScore/indicators/0/field",
                "{\"senseScore\": {\"indicators\": [{\"name\": \"a\", \"field\": \"nps\", \"weight\": 1, \"points\":"
                        + " [[1, 0], [1, 5]]}]}} | /senseScore/indicators/0/points/1/0",
                "{\"senseScore\": {\"indicators\": [{\"name\": \"a\", \"field\": \"nps\", \"weight\": 1, \"points\":"
                        + " [[1, 101]]}]}} | /senseScore/indicators/0/points/0/1",
                "{\"senseScore\": {\"indicators\": [{\"name\": \"a\", \"field\": \"nps\", \"weight\": 1, \"points\":"
                        + " [[1e-30, 1]]}]}} | /senseScore/indicators/0/points/0/0",
                "{\"senseScore\": {\"indicators\": [{\"name\": \"a\", \"field\": \"nps\", \"weight\": 1e-999999999,"
                        + " \"points\": [[1, 1]]}]}} | /senseScore/indicators/0/weight",
                "{\"senseScore\": {\"indicators\": [{\"name\": \"a\", \"field\": \"nps\", \"weight\": 1, \"points\":"
                        + " [[1]]}]}} | /senseScore/indicators/0/points/0",
                "{\"senseScore\": {\"bands\": {\"yellow\": 80}}} | /senseScore/bands",
                "{\"rules\": {\"name\": []}} | /rules/name",
                "{\"columns\": {\"clients\": {\"\": \"plan\"}}} | /columns/clients/",
                "{\"rules\": {\"size\": [{\"when\": {\"mrr\": 9000}, \"then\": \"T\"}]}} | /rules/size/0/when",
                "{\"rules\": {\"size\": [{\"when\": {\"mrr\": [{\"numeric\": [\">\", \"x\"]}]}, \"then\": \"T\"}]}} |"
                        + " /rules/size/0/when",
                "{\"rules\": {\"size\": [{\"when\": {\"mrr\": [1]}, \"then\": \" \"}]}} | /rules/size/0/then",
                "{\"situation\": {\"settles\": \"weekly\"}} | /situation/settles",
                "{\"uploads\": {\"snapshotMaxRemoved\": 1.1}} | /uploads/snapshotMaxRemoved",
                "{\"uploads\": {\"usageRetentionDays\": 29}} | /uploads/usageRetentionDays",
                "[] | ",
                "{\"timeZone\": \"UTC\", \"timeZone\": \"UTC\"} | ",
                "{} {} | ",
                "{'a': 1} | "
            })
    void whatIsWrongIsRefusedWithItsPointer(String json, String pointer) {
        assertThat(refused(json)).extracting(Problem::pointer).contains(pointer == null ? "" : pointer);
        assertThat(refused(json))
                .allSatisfy(problem -> assertThat(problem.message().in(Language.ENGLISH))
                        .isNotBlank()
                        .isNotEqualTo(problem.message().in(Language.PORTUGUESE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"clientIds\": {\"normalise\": 1}} | Não existe esta chave. As chaves aqui são match."
                        + " | There is no such name. The names here are match.",
                "{\"rules\": {\"name\": []}}"
                        + " | Não existe esta chave. As chaves aqui são `stage`, `size`, `status`, `plan`, `segment`."
                        + " | There is no such name. The names here are `stage`, `size`, `status`, `plan`, `segment`.",
                "{\"language\": \"pt\"} | O esperado é um destes valores: `pt-BR`, `en`."
                        + " | Expected is one of `pt-BR`, `en`.",
                "{\"timeZone\": 5} | O esperado é um texto. | Expected is a text.",
                "{\"uploads\": {\"usageRetentionDays\": 3661}} | O número tem de ser de 30 a 3.660."
                        + " | The number has to be from 30 to 3,660.",
                "{\"read\": {\"billing\": {\"value\": {\"scale\": 0}}}}"
                        + " | O número tem de ser maior que 0 e no máximo 1.000.000."
                        + " | The number has to be above 0 and at most 1,000,000.",
                "{\"read\": {\"billing\": {\"value\": {\"months\": {\"a\": {\"b\": 1}, \"c\": {\"d\": 1}}}}}}"
                        + " | O número de chaves tem de ser exatamente 1. | The number of names has to be exactly 1.",
                "{\"read\": {\"contracts\": {\"value\": {\"months\": \"12\"}}}}"
                        + " | O esperado é um número inteiro ou um objeto. | Expected is a whole number or an object.",
                "{\"read\": {\"contracts\": {\"value\": {\"months\": 0}}}}"
                        + " | O número tem de ser de 1 a 120. | The number has to be from 1 to 120.",
                "{\"read\": {\"billing\": {\"value\": {}}}}"
                        + " | O número de chaves tem de ser no mínimo 1. | The number of names has to be at least 1.",
                "{\"read\": {\"billing\": {\"value\": {\"from\": []}}}}"
                        + " | O número de elementos tem de ser de 1 a 20."
                        + " | The number of elements has to be from 1 to 20.",
                "{\"columns\": {\"clients\": {\"\": \"plan\"}}} | O número de caracteres de uma chave tem de ser de 1"
                        + " a 256. | The number of characters of a name has to be from 1 to 256.",
                "{\"senseScore\": {\"indicators\": [{}]}} | Falta a chave `name`. | The name `name` is missing.",
                "{\"recalculateAt\": \"6h\"} | O esperado é uma hora de 00:00 a 23:59, como `06:00`."
                        + " | Expected is an hour from 00:00 to 23:59, such as `06:00`.",
                "{\"timeZone\": \"UTC\", \"timeZone\": 1} | A chave `timeZone` está repetida: linha 1, coluna 31."
                        + " | The name `timeZone` is there twice: line 1, column 31.",
                "{'a': 1} | Não é JSON: a linha 1, coluna 2, não pode ser lida."
                        + " | Not JSON: line 1, column 2 cannot be read.",
                "{\"rules\": {\"size\": [{\"when\": {\"nps\": [1], \"mrr\": 9000}, \"then\": \"T\"}]}} | Não é um"
                    + " padrão de eventos: veja `mrr`. Um padrão é como `{\"mrr\": [{\"numeric\": [\">=\", 9000]}]}`."
                    + " | Not an event pattern: look at `mrr`. A pattern is such as `{\"mrr\": [{\"numeric\": [\">=\","
                    + " 9000]}]}`."
            })
    void whatIsWrongIsSaidInBothLanguages(String json, String portuguese, String english) {
        assertThat(refused(json))
                .extracting(problem -> problem.message().in(Language.PORTUGUESE))
                .contains(portuguese);
        assertThat(refused(json))
                .extracting(problem -> problem.message().in(Language.ENGLISH))
                .contains(english);
    }

    @Test
    void aRefusedOneStillSaysItsLanguage() {
        assertThat(language("{\"language\": \"en\", \"timezone\": 1}")).isEqualTo(Language.ENGLISH);
        assertThat(language("{\"language\": \"fr\"}")).isNull();
        assertThat(language("{\"language\": ")).isNull();
    }

    private static @Nullable Language language(String json) {
        return ((Result.Rejected) check(json)).language();
    }

    @Test
    void everyErrorIsGivenAtOnce() {
        assertThat(refused("{\"timeZone\": \"x\", \"rules\": {\"size\": [{\"when\": {\"a\": 1}, \"then\": \"T\"}]},"
                        + " \"senseScore\": {\"bands\": {\"yellow\": 90}}}"))
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder("/timeZone", "/rules/size/0/when", "/senseScore/bands");
    }

    @Test
    void whatIsNoUtf8OrTooLongIsRefused() {
        assertThat(ConfigurationCheck.check(new byte[] {'{', (byte) 0xe7, '}'})).isInstanceOf(Result.Rejected.class);
        assertThat(ConfigurationCheck.check(new byte[ConfigurationCheck.LARGEST + 1]))
                .isInstanceOf(Result.Rejected.class);
        assertThat(ConfigurationCheck.check(new byte[0])).isInstanceOf(Result.Rejected.class);
    }

    /// Also one that came as a part of something larger.
    @Test
    void whatIsTooLongToBeKeptIsRefused() {
        ObjectNode json = Json.object();
        for (String table : List.of("clients", "contracts", "billing", "support")) {
            ObjectNode columns = json.withObject("/columns/" + table);
            for (int i = 0; i < 190; i++) {
                columns.put("%0250d".formatted(i), "client_id");
            }
        }
        assertThat(Json.bytes(json).length).isGreaterThan(ConfigurationCheck.LARGEST);
        assertThat(ConfigurationCheck.check(json)).isInstanceOf(Result.Rejected.class);

        json.withObject("/columns").remove("support");
        assertThat(ConfigurationCheck.check(json)).isInstanceOf(Result.Accepted.class);
    }

    @Test
    void whatNoLibraryCanReadIsRefused() {
        assertThat(refused("{\"senseScore\": 1e99999999999999999999}")).hasSize(1);
        assertThat(refused("{\"senseScore\": 1." + "0".repeat(100_000) + "}")).hasSize(1);
        assertThat(refused("[".repeat(100_000))).hasSize(1);
        assertThat(refused("{\"rules\":".repeat(15_000))).hasSize(1);
    }

    private static Configuration accepted(String json) {
        assertThat(check(json)).isInstanceOf(Result.Accepted.class);
        return ((Result.Accepted) check(json)).configuration();
    }

    private static List<Problem> refused(String json) {
        assertThat(check(json)).as(json).isInstanceOf(Result.Rejected.class);
        return ((Result.Rejected) check(json)).problems();
    }

    private static Result check(String json) {
        return ConfigurationCheck.check(json.getBytes(StandardCharsets.UTF_8));
    }
}
