package clientkpis.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestedAliasesTest {
    private static SuggestedAliases of(String... clients) throws JsonProcessingException {
        List<JsonNode> all = new ArrayList<>();
        for (String client : clients) {
            String[] idAndName = client.split("=", 2);
            ObjectNode json = Results.JSON.createObjectNode().put("clientId", idAndName[0]);
            all.add(idAndName.length > 1 ? json.put("name", idAndName[1]) : json);
        }
        return SuggestedAliases.of(all);
    }

    @Test
    void theSameIdWithoutPunctuationOrTheSameNameIsProbablyTheClient() throws JsonProcessingException {
        SuggestedAliases suggested =
                of("05.662.917/0001-20=Padaria Sol Ltda", "7=Moinho", "5662917000120", "PADARIA SOL", "nobody");
        assertThat(suggested.clients()).isEqualTo(5);
        assertThat(suggested.notRegistered()).isEqualTo(3);
        assertThat(suggested.aliases())
                .hasSize(2)
                .containsEntry("5662917000120", "05.662.917/0001-20")
                .containsEntry("PADARIA SOL", "05.662.917/0001-20");
    }

    @Test
    void theNameOfOneThatIsRegisteredTwiceLeadsToIt() throws JsonProcessingException {
        assertThat(of("10.000.000/0001-00=Aurora Ltda", "10000000000100=Aurora", "AURORA")
                        .aliases())
                .hasSize(2)
                .containsEntry("10000000000100", "10.000.000/0001-00")
                .containsEntry("AURORA", "10.000.000/0001-00");
    }

    @Test
    void whereTwoCouldBeMeantNoneIsSuggested() throws JsonProcessingException {
        assertThat(of("1=Sol Ltda", "2=Sol ME", "3=Sol", "SOL", "A-1=Lua", "A1=Mar", "a1", "A.1")
                        .aliases())
                .isEmpty();
    }

    @Test
    void withoutARegistryIdsThatResembleEachOtherAreProbablyOneClient() throws JsonProcessingException {
        SuggestedAliases suggested = of("40.118.233/0001-12", "40118233000112", "Padaria Sol", "PADARIA SOL LTDA", "7");
        assertThat(suggested.notRegistered()).isEqualTo(5);
        assertThat(suggested.aliases())
                .hasSize(2)
                .containsEntry("40118233000112", "40.118.233/0001-12")
                .containsEntry("Padaria Sol", "PADARIA SOL LTDA");
    }

    @Test
    void theOneThatMostTablesKnowIsTheClient() throws IOException {
        SuggestedAliases suggested = SuggestedAliases.of(List.of(
                Results.JSON.readTree("{\"clientId\": \"A-7\", \"sources\": {\"npsScore\": {\"table\": \"nps\"}}}"),
                Results.JSON.readTree("{\"clientId\": \"a7\", \"sources\": {\"tcv\": {\"table\": \"billing\"}, \"mrr\":"
                        + " {\"table\": \"contracts\"}}}")));
        assertThat(suggested.aliases()).hasSize(1).containsEntry("A-7", "a7");
    }

    @Test
    void oneCompanyThatIsRegisteredUnderTwoFormsOfItsIdIsSuggestedToo(@TempDir Path folder) throws IOException {
        SuggestedAliases suggested = of(
                "99.913.311/0001-09=Padaria Sol", "99913311000109=Sol", "A-1=Lua", "A1=Lua Ltda", "B-1=Mar", "B1=Rio");
        assertThat(suggested.notRegistered()).isZero();
        assertThat(suggested.aliases())
                .hasSize(2)
                .containsEntry("99913311000109", "99.913.311/0001-09")
                .containsEntry("A1", "A-1");
        assertThat(suggested.registered()).containsExactlyInAnyOrder("99913311000109", "A1");
        Path file = folder.resolve("aliases.csv");
        suggested.write(file, id -> "Sol");
        assertThat(Files.readString(file))
                .startsWith("\uFEFFclient_id;alias;system;name;note\r\n")
                .contains("99.913.311/0001-09;99913311000109;;Sol;registered too");
    }

    @Test
    void theFileIsOneOfTheTable(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("aliases.csv");
        of("7=Moinho; Azul", "007").write(file, id -> "Moinho; Azul");
        assertThat(Files.readString(file))
                .isEqualTo("\uFEFFclient_id;alias;system;name\r\n7;007;;\"Moinho; Azul\"\r\n");
    }
}
