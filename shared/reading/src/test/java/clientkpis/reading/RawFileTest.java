package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.receipt.FileCode;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawFileTest {
    @TempDir
    private Path folder;

    private RawFile.Result read(String name, String text, TableSchema table) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return RawFile.read(file, name, table, ReadingOptions.of(Configuration.DEFAULT, table));
    }

    private RawFile.Read csv(String text) throws IOException {
        return (RawFile.Read) read("x.csv", text, null);
    }

    @Test
    void cellsAreExactlyAsRead() throws IOException {
        RawFile.Read read = csv("a, b ,\"c\"\"\"\n 1 ,,\"x\ny\"\n\n\"\",\"\n\"\n");
        assertThat(read.header()).containsExactly("a", " b ", "c\"");
        assertThat(read.rows()).containsExactly(List.of(" 1 ", "", "x\ny"), List.of("", "\n"));
    }

    @Test
    void rowsKeepTheirOwnNumberOfCells() throws IOException {
        assertThat(csv("a;b\n1\n1;2;3;\n").rows()).containsExactly(List.of("1"), List.of("1", "2", "3", ""));
    }

    @Test
    void oneColumnIsReadToo() throws IOException {
        RawFile.Read read = csv("name\nAna\n\"\"\n\"b,\"\"c\"\"\"\nx y\n");
        assertThat(read.header()).containsExactly("name");
        assertThat(read.rows()).containsExactly(List.of("Ana"), List.of(""), List.of("b,\"c\""), List.of("x y"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "a,b;c,d#3",
                "a;b;c,d#3",
                "a|b#2",
                "\"a,b,c\";d#2",
                "\"a, b, c\";\"d, e\"#2",
                "abc#1",
                "a;\"b,c,d\"#2",
                "\"a;b\";c#2",
                "a;\"b, \"\"c\"\", d\"#2",
                "a|\"b;c;d\"|\"e,f,g,h\"#3",
                "a;TV 42\", \"LED\", x;b;c#4",
                "a\t\"b|c|d\"#2"
            })
    void theSeparatorIsTheOneThatMakesMostCellsOfTheHeader(String header, int cells) throws IOException {
        assertThat(csv(header + "\n1\n").header()).hasSize(cells);
        assertThat(csv("\"a\nb;c\",d\n1\n").header()).containsExactly("a\nb;c", "d");
    }

    @Test
    void ofAKnownTableTheHeaderIsLookedFor() throws IOException {
        RawFile.Read read = (RawFile.Read)
                read("x.csv", "Clientes\nCNPJ;Cliente\n 1 ;Ana\n", Tables.load().find("clients"));
        assertThat(read.header()).containsExactly("CNPJ", "Cliente");
        assertThat(read.rows()).containsExactly(List.of(" 1 ", "Ana"));
        assertThat(read("x.csv", "CNPJ;Nom\n1;Ana\n", Tables.load().find("clients")))
                .isInstanceOfSatisfying(
                        RawFile.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(FileCode.COLUMNS_MISSING));
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "'\n\n', EMPTY",
        "'a,b', EMPTY",
        "'a,\"b', UNCLOSED_QUOTE",
        "'a,b\n1,2,\"3\n', UNCLOSED_QUOTE"
    })
    void theSameFilesAreRejectedWhole(String text, FileCode code) throws IOException {
        assertThat(read("x.csv", text, null))
                .isInstanceOfSatisfying(
                        RawFile.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(code));
    }

    @Test
    void brokenGzipIsRejectedWhole() throws IOException {
        Path file = Files.write(folder.resolve("x.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        assertThat(RawFile.read(file, "x.csv.gz", null, ReadingOptions.of(Configuration.DEFAULT, null)))
                .isInstanceOfSatisfying(
                        RawFile.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(FileCode.BAD_GZIP));
    }

    @Test
    void jsonLinesHaveTheirKeysAsHeader() throws IOException {
        RawFile.Read read = (RawFile.Read)
                read("x.jsonl", "{\"a\": 1.50, \"b\": \" x \"}\n{\"c\": true, \"a\": null}\n[]\n\n{\"b\": {}}\n", null);
        assertThat(read.header()).containsExactly("a", "b", "c");
        assertThat(read.rows()).containsExactly(List.of("1.50", " x ", ""), List.of("", "", "true"));
        assertThat(read.rejectedRows()).isEqualTo(2);
    }

    @Test
    void utf8WithAByteOrderMarkHasNoneInItsHeader() throws IOException {
        byte[] bytes = "\uFEFFa,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("x.csv"), bytes);
        RawFile.Read read =
                (RawFile.Read) RawFile.read(file, "x.csv", null, ReadingOptions.of(Configuration.DEFAULT, null));
        assertThat(read.header()).containsExactly("a", "b");
    }
}
