package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The exports of one company from six systems, as `examples/exports` has them.
class SixSystemsTest {
    private static final Path EXPORTS = Program.ROOT.resolve("examples/exports");
    private static final List<String> FIELDS =
            List.of("name", "mrr", "licences", "overdueTitles", "ticketsAboveSla", "nps", "activeUsers", "sponsorName");

    /// What the files mean; `-` where they say nothing of a client.
    private static final String CLIENTS = """
        99.971.000/0001-04 | Academia Ponto Forte | 149 | 3 | 0 | 0 | 100 | 3 | Marina Teste
        99.971.137/0001-50 | Clínica Bem-te-vi | 289 | 5 | 0 | 0 | 100 | 3 | Otávio Teste
        99.971.274/0001-95 | Estúdio Onda Leve | 590 | 7 | 3 | 0 | 0 | 3 | Lúcia Modelo
        99.971.411/0001-91 | Odonto Jardim | 825 | 9 | 1 | 4 | -100 | 2 | Renato Modelo
        01.998.824/0001-65 | Fisio Caminhar | 149 | 11 | 0 | 0 | 100 | 3 | Íris Amostra
        99.971.685/0001-80 | Vet Patas & Cia | 289 | 13 | 0 | - | -50 | - | -
        99.971.822/0001-87 | Academia Maré Alta | 590 | 15 | 0 | 0 | 100 | 3 | Marina Teste
        99.971.959/0001-31 | Salão Dona Flor | 825 | 17 | 2 | 0 | 0 | 3 | Otávio Teste
        99.972.096/0001-17 | Clínica Horizonte | 0 | 0 | 0 | - | -100 | - | Lúcia Modelo
        01.998.979/0001-00 | Pilates do Vale | 289 | 21 | 0 | 0 | 100 | 3 | Renato Modelo
        99.972.370/0001-58 | Espaço Nuvem | 590 | 23 | 1 | 4 | -100 | 2 | Íris Amostra
        99.972.507/0001-74 | Centro Médico Araucária | 825 | 25 | 0 | 0 | 100 | 3 | Caetano Amostra
        """;

    @TempDir
    private Path home;

    @Test
    void oneCommandGivesTwelveClientsAndNoneTwice() throws Exception {
        Program run = run(EXPORTS);

        assertThat(run.exit()).as(run.printed()).isZero();
        assertThat(table(run)).isEqualTo(CLIENTS);
    }

    @Test
    void whatJoinsTheSystemsIsSuggested() throws Exception {
        Path exports = Files.createDirectory(home.resolve("exports"));
        try (Stream<Path> files = Files.list(EXPORTS)) {
            for (Path file :
                    files.filter(file -> !file.endsWith("apelidos.csv")).toList()) {
                Files.copy(file, exports.resolve(file.getFileName()));
            }
        }

        Program without = run(exports);
        assertThat(without.lines("clients.jsonl")).hasSizeGreaterThan(12);
        assertThat(without.printed()).contains("aliases-suggested.csv");
        Path suggested = without.out().resolve("aliases-suggested.csv");
        assertThat(Files.readAllLines(suggested)).anyMatch(line -> line.contains("Academia Ponto Forte"));

        Files.copy(suggested, exports.resolve("apelidos.csv"));
        Program with = run(exports);
        // HubSpot's record ids and the ids of PostHog's accounts are like nothing in the registry.
        assertThat(with.lines("clients.jsonl"))
                .extracting(client -> client.path("clientId").asText())
                .noneMatch(id -> id.equals("Academia Ponto Forte"));
    }

    private Program run(Path exports) throws Exception {
        return Program.run(exports, home.resolve("out-" + System.nanoTime()), "--as-of", "2026-10-09");
    }

    private static String table(Program run) throws Exception {
        Map<String, JsonNode> clients = run.lines("clients.jsonl").stream()
                .collect(Collectors.toMap(client -> client.path("clientId").asText(), client -> client));
        String known = CLIENTS.lines()
                .map(line -> line.substring(0, line.indexOf(" | ")))
                .filter(clients::containsKey)
                .map(id -> line(id, clients.remove(id)))
                .collect(Collectors.joining());
        return known + String.join("", clients.keySet());
    }

    private static String line(String id, JsonNode client) {
        return Stream.concat(Stream.of(id), FIELDS.stream().map(field -> shown(client.path(field))))
                .collect(Collectors.joining(" | ", "", "\n"));
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() || value.isNull()
                ? "-"
                : value.isNumber()
                        ? new BigDecimal(value.asText()).stripTrailingZeros().toPlainString()
                        : value.asText();
    }
}
