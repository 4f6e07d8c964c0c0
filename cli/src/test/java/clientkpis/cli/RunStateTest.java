package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.cli.input.Exports;
import clientkpis.cli.input.UsageException;
import clientkpis.cli.output.RunState;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kpis run --state`: a run that goes on where the one before ended has the results of a run of all days.
class RunStateTest {
    private static final Path EXAMPLE = Program.ROOT.resolve("examples/padaria-saas");

    @TempDir
    private static Path home;

    private static Program first;
    private static Program second;
    private static Program whole;

    @BeforeAll
    static void threeRuns() throws Exception {
        days("2026-09-28", "2026-10-05");
        first = run("first", "--state", state().toString());
        days("2026-10-09");
        second = run("second", "--state", state().toString());
        whole = run("whole");
    }

    private static Path state() {
        return home.resolve("state");
    }

    private static Path exports() {
        return home.resolve("exports");
    }

    /// The first has the files of the example's first day too.
    private static void days(String... days) throws IOException {
        for (String day : days) {
            Path to = exports().resolve(day);
            copy(EXAMPLE.resolve(day), to);
            if (day.equals("2026-09-28")) {
                copy(EXAMPLE.resolve("2026-09-01"), to.resolve("antes"));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static Program run(String out, String... options) throws IOException {
        return Program.run(
                exports(),
                home.resolve(out),
                Stream.concat(Stream.of("--lang", "en"), Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void onlyTheNewDaysAreReplayed() {
        assertThat(first.exit()).as(first.printed()).isLessThan(2);
        assertThat(second.exit()).as(second.printed()).isLessThan(2);
        assertThat(first.printed()).contains("day 1 of 8");
        assertThat(second.printed())
                .contains("day 1 of 4")
                .contains("2026-10-06")
                .doesNotContain("of 8");
    }

    @Test
    void theResultsAreThoseOfAllDays() throws IOException {
        for (String file : List.of("clients.jsonl", "clients.csv", "details.jsonl", "money.jsonl", "movements.jsonl")) {
            assertThat(second.out().resolve(file))
                    .as(file)
                    .hasSameTextualContentAs(whole.out().resolve(file));
        }
        assertThat(events(second)).containsExactlyElementsOf(events(whole));
        assertThat(second.receipts()).hasSameSizeAs(whole.receipts());
    }

    /// Each once, however often it was delivered, and without what names an upload.
    private static List<String> events(Program program) throws IOException {
        Set<String> ids = new HashSet<>();
        List<String> events = new ArrayList<>();
        for (JsonNode event : program.lines("events.jsonl")) {
            ObjectNode detail = (ObjectNode) event.path("detail");
            if (!ids.add(detail.path("id").asText())) {
                continue;
            }
            detail.remove(List.of("id", "upload", "receipt", "rejectedRows", "objectVersion"));
            events.add(event.path("detail-type").asText() + " " + detail);
        }
        events.sort(null);
        return events;
    }

    @Test
    void aDayThatWasReplayedMustStayAsItWas() throws Exception {
        Path file = exports().resolve("2026-10-05/Financeiro.csv");
        byte[] before = Files.readAllBytes(file);
        Path late = exports().resolve("2026-10-05/contratos.csv");
        try {
            Files.writeString(file, "CNPJ;Valor\n");
            assertRefused("2026-10-05/Financeiro.csv as it was");
            Files.write(file, before);
            Files.writeString(late, "CNPJ;Valor\n");
            assertRefused("2026-10-05/contratos.csv is of one of them and new");
        } finally {
            Files.write(file, before);
            Files.deleteIfExists(late);
        }
        assertRefused("is of tenant local", "--tenant", "other");
        assertRefused("Leave it out", "--since", "2026-08-01");
    }

    @Test
    void aFileThatChangesWhileTheRunGoesOnIsNotTheOneThatWasReplayed() throws Exception {
        Path dir = home.resolve("changing");
        Path file = Files.createDirectories(dir.resolve("2026-10-05")).resolve("nps.csv");
        Files.writeString(file, "replayed");
        Exports read = Exports.read(dir, null, LocalDate.EPOCH, Tables.load());
        Path folder = home.resolve("changing-state");

        try (RunState run = RunState.read(folder, dir, read, "local")) {
            Files.writeString(file, "changed");
            run.write(cloud -> {}, List.of());
        }

        assertThatThrownBy(() -> RunState.read(folder, dir, read, "local"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("2026-10-05/nps.csv as it was");
        Files.writeString(file, "replayed");
        try (RunState next = RunState.read(folder, dir, read, "local")) {
            assertThat(next.replayed()).isEqualTo("2026-10-05");
        }
    }

    /// Each says what, where and what to do.
    @Test
    void aFolderThatNoRunCanGoOnFromIsRefused() throws Exception {
        Path dir = Files.createDirectories(home.resolve("fine/2026-10-05")).getParent();
        Files.writeString(dir.resolve("2026-10-05/nps.csv"), "a");
        Exports read = Exports.read(dir, null, LocalDate.EPOCH, Tables.load());
        Path odd = Files.createDirectories(home.resolve("odd/cloud")).getParent();
        assertThatThrownBy(() -> RunState.read(odd, dir, read, "local"))
                .hasMessageContaining("no state.json, so it is no state. Give another folder, or remove it.");
        for (var wrong : Map.of(
                        "{\"format\": 2}", "was written by a newer version",
                        "{\"format\": 1, \"command\": \"serve\"}", "was written by `kpis serve`; `kpis run` cannot",
                        "{\"format\": 1, \"files\": {}}", "holds no state that can be read",
                        "{\"format\": 1", "holds no state that can be read")
                .entrySet()) {
            Files.writeString(odd.resolve("state.json"), wrong.getKey());
            assertThatThrownBy(() -> RunState.read(odd, dir, read, "local"))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("--state " + odd)
                    .hasMessageContaining(wrong.getValue());
        }
        assertThat(home.resolve("odd.lock")).doesNotExist();
        Path used = home.resolve("used");
        try (RunState one = RunState.read(used, dir, read, "local")) {
            assertThatThrownBy(() -> RunState.read(used, dir, read, "local")).hasMessageContaining("is in use");
            assertThat(one.replayed()).isNull();
        }
        assertThat(home.resolve("used.lock")).doesNotExist();
    }

    private static void assertRefused(String why, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "run", exports().toString(), "--out", home.resolve("refused").toString()));
        arguments.addAll(List.of("--lang", "en", "--state", state().toString()));
        arguments.addAll(List.of(options));
        Program.Ended refused = Program.execute(arguments);
        assertThat(refused.exit()).as(refused.printed()).isEqualTo(2);
        assertThat(refused.printed()).contains(why);
    }
}
