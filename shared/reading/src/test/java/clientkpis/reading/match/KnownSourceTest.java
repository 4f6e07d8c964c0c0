package clientkpis.reading.match;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnownSourceTest {
    static List<KnownSource> all() {
        return KnownSource.all();
    }

    @Test
    void eachFileOfTheFolderIsInTheIndexAndIsNamedAfterItsSource() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/sources"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")))
                    .containsExactlyInAnyOrderElementsOf(all().stream()
                            .map(source -> source.name().replace('/', '-') + ".json")
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void itIsRecognisedByItsSignatureAlone(KnownSource source) {
        assertThat(source.signature()).hasSizeBetween(2, 5);
        assertThat(KnownSource.of(source.signature(), Set.of())).isEqualTo(source);
        assertThat(KnownSource.of(source.signature(), Set.of(source.name()))).isNotEqualTo(source);
    }

    /// Else a file with the specification's own headers would be taken for an export of the system.
    @ParameterizedTest
    @MethodSource("all")
    void itsSignatureHasAHeaderThatNoTableHas(KnownSource source) {
        assertThat(source.signature())
                .anyMatch(header -> Tables.load().all().stream().allMatch(table -> table.column(header) == null));
    }

    @ParameterizedTest
    @MethodSource("all")
    void itReadsColumnsOfItsTable(KnownSource source) {
        TableSchema table = Tables.load().find(source.table());
        assertThat(source.read().keySet())
                .allSatisfy(column -> assertThat(table.named(column)).as(column).isNotNull());
        assertThat(source.read().values()).doesNotContain(ColumnReading.NOTHING);
        // Who the client is, somebody has to say.
        assertThat(source.read()).containsKey("client_id");
    }
}
