package clientkpis.reading.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.reading.Reading;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFormatTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv, Csv",
        "a.TSV.gz, Csv",
        "a.b.txt, Csv",
        "a.jsonl, JsonLines",
        "a.csv.NDJSON.GZ, JsonLines",
        "a.xlsx, none",
        "csv, none",
        "README.md, none",
        "a.csv.zip, none"
    })
    void aNameAnnouncesItsFormat(String name, String format) {
        assertThat(FileFormat.named(name)
                        .map(found -> found.getClass().getSimpleName())
                        .orElse("none"))
                .isEqualTo(format);
    }

    @Test
    void anyOtherNameIsReadAsCsv() {
        assertThat(FileFormat.of("export")).isInstanceOf(Csv.class);
    }

    @Test
    void rejectedRowsLoseThoseThatPassATest() throws IOException {
        byte[] csv = bytes("\uFEFFid|obs|motivo_da_rejeicao\r\n1|\"a\nc7\"|x\r\n2|\"b;c\"|x\r\n");
        assertThat(new String(new Csv().without(csv, text -> text.contains("c7")), StandardCharsets.UTF_8))
                .isEqualTo("\uFEFFid;obs;motivo_da_rejeicao\r\n2;\"b;c\";x\r\n");
        byte[] lines = bytes("{\"id\": \"c7\"}\n{\"id\": 1.50}\n");
        assertThat(new String(new JsonLines().without(lines, text -> text.contains("c7")), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\": 1.50}\n");
    }

    @Test
    void aFileIsSearchedToItsLastMemberAndABrokenOneIsNotTakenForItsEnd() throws IOException {
        byte[] two = Reading.joined(Reading.gzip(bytes("id\n")), Reading.gzip(bytes("c7\n")));
        assertThat(text(two)).isEqualTo("id\nc7\n");
        assertThat(text(bytes("id\nc7\n"))).isEqualTo("id\nc7\n");
        assertThat(text(new byte[0])).isEmpty();
        assertThatThrownBy(() -> text(Reading.joined(two, bytes("x")))).isInstanceOf(FileRejectedException.class);
    }

    private static String text(byte[] file) throws IOException {
        try (BufferedReader text =
                new Csv().text(GzipMembers.decompressed(new ByteArrayInputStream(file)), StandardCharsets.UTF_8)) {
            return text.readAllAsString();
        }
    }
}
