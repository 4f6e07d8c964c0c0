package clientkpis.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.cli.input.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
    @TempDir
    private Path home;

    @TempDir
    private Path elsewhere;

    private Path exports;

    @BeforeEach
    void makeExports() throws IOException {
        exports = Files.createDirectory(home.resolve("exports"));
    }

    @Test
    void theFolderAppearsWhenItIsWhole() throws IOException {
        Path out = home.resolve("some/where/out");

        Boolean wasThere = Output.at(out, exports).write(folder -> {
            Files.writeString(folder.resolve(Output.CLIENTS), "1");
            return Files.exists(out);
        });

        assertThat(wasThere).isFalse();
        assertThat(out.resolve(Output.CLIENTS)).hasContent("1");
        assertThat(names(out.getParent())).containsExactly("out");
    }

    @Test
    void anOlderOutputIsReplacedAsAWhole() throws IOException {
        Path out = Files.createDirectories(home.resolve("out/receipts/local"))
                .getParent()
                .getParent();
        Files.writeString(out.resolve("receipts/local/old.json"), "old");

        Output.at(out, exports).write(folder -> Files.writeString(folder.resolve(Output.EVENTS), "new"));

        assertThat(names(out)).containsExactly(Output.EVENTS);
        assertThat(names(home)).containsExactly("exports", "out");
    }

    @Test
    void aRunThatFailsLeavesTheOlderOutputAsItWas() throws IOException {
        Path out = Files.createDirectory(home.resolve("out"));
        Files.writeString(out.resolve(Output.CLIENTS), "old");

        assertThatThrownBy(() -> Output.at(out, exports).write(folder -> {
                    Files.writeString(folder.resolve(Output.CLIENTS), "half");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(out.resolve(Output.CLIENTS)).hasContent("old");
        assertThat(names(home)).containsExactly("exports", "out");
    }

    @Test
    void whatAKillBetweenTheTwoMovesLeftIsPutBack() throws IOException {
        Path out = home.resolve("out");
        Files.writeString(Files.createDirectory(home.resolve("out.before-12")).resolve(Output.CLIENTS), "old");
        Output output = Output.at(out, exports);

        output.mend();
        output.mend();

        assertThat(out.resolve(Output.CLIENTS)).hasContent("old");
        assertThat(names(home)).containsExactly("exports", "out");
    }

    @Test
    void aFolderWithOtherFilesIsNotReplaced() throws IOException {
        Files.writeString(home.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> Output.at(home.resolve("exports/../"), elsewhere))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("which no run wrote");
    }

    @Test
    void aFileIsNotAFolder() throws IOException {
        Path file = Files.writeString(home.resolve("out"), "");

        assertThatThrownBy(() -> Output.at(file, exports))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is not a folder");
    }

    @Test
    void theOutputAndTheExportsAreNotOneInsideTheOther() throws IOException {
        Files.createSymbolicLink(home.resolve("link"), exports);

        for (Path out : new Path[] {exports, exports.resolve("out"), home, home.resolve("link/out")}) {
            assertThatThrownBy(() -> Output.at(out, exports))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("one inside the other");
        }
    }

    private static String[] names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toArray(String[]::new);
        }
    }
}
