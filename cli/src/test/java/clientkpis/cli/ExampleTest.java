package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.output.Results;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
    @TempDir
    private Path home;

    @Test
    void theExampleGivesWhatThePageOfItsOutputShows() throws Exception {
        Program run = ExampleRun.get();

        assertThat(run.exit()).as(run.printed()).isZero();
        assertThat(run.lines("clients.jsonl"))
                .extracting(client -> client.path("situation").asText())
                .contains("risk", "opportunity", "neutral");
        assertThat(run.receipts())
                .anySatisfy(
                        receipt -> assertThat(receipt).contains("not_a_number", "a combinar", "blank", "rejected.csv"))
                .anySatisfy(receipt -> assertThat(receipt).contains("\"probably\" : \"05.662.917/0001-20\""));
        String shown = run.printed()
                + Files.readString(run.out().resolve("clients.jsonl"))
                + Files.readString(run.out().resolve("events.jsonl"))
                + Files.readString(run.out().resolve("money.jsonl"))
                + Files.readString(run.out().resolve("movements.jsonl"))
                + String.join("\n", run.receipts());
        assertThat(excerpts())
                .hasSizeGreaterThan(3)
                .allSatisfy(excerpt -> assertThat(shown).contains(excerpt));
        assertThat(publishedExamples())
                .hasSizeGreaterThan(3)
                .allSatisfy(
                        event -> assertThat(run.events(event.path("detail-type").asText()))
                                .contains(event.path("detail")));
    }

    @Test
    void aFileOfNoTableIsRejectedAsAnUploadAndTheOthersAreNot() throws Exception {
        Path exports = Files.createDirectory(home.resolve("exports"));
        Files.writeString(exports.resolve("Relatório final.csv"), "a;b\n1;2\n");
        Files.writeString(exports.resolve("clientes.csv"), "CNPJ;Cliente\n1;Ana\n");

        Program run = Program.start(
                Program.ROOT, List.of(), exports, home.resolve("out"), "--as-of", "2026-03-02", "--tenant", "acme");

        assertThat(run.exit()).as(run.printed()).isEqualTo(1);
        assertThat(run.printed()).contains("2: 1 applied, 1 rejected", "  Relatório final.csv", "unknown_table");
        assertThat(run.events("UploadRejected"))
                .singleElement()
                .extracting(detail -> detail.path("reason").path("code").asText())
                .isEqualTo("unknown_table");
        assertThat(run.lines("clients.jsonl"))
                .singleElement()
                .extracting(
                        client -> client.path("name").asText(),
                        client -> client.path("asOf").asText())
                .containsExactly("Ana", "2026-03-02");
        assertThat(run.events("RecalculationCompleted"))
                .singleElement()
                .extracting((JsonNode detail) -> detail.path("day").asText())
                .isEqualTo("2026-03-02");
    }

    /// The published examples of events that come from this run; the others are `EventsDocTest`'s.
    private static List<JsonNode> publishedExamples() throws IOException {
        List<JsonNode> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(Program.ROOT.resolve("events/examples"))) {
            for (Path file : files.sorted().toList()) {
                JsonNode event = Results.JSON.readTree(file.toFile());
                if (event.path("detail").path("tenant").asText().equals("local")) {
                    examples.add(event);
                }
            }
        }
        return examples;
    }

    /// The blocks of docs/output.md without a language, without the sign that they are cut.
    private static List<String> excerpts() throws IOException {
        return Pattern.compile("\n```(\\w*)\n(.*?)…?\n```\n", Pattern.DOTALL)
                .matcher(Files.readString(Program.ROOT.resolve("docs/output.md")))
                .results()
                .filter(block -> block.group(1).isEmpty() || block.group(1).equals("text"))
                .map(block -> block.group(2))
                .toList();
    }
}
