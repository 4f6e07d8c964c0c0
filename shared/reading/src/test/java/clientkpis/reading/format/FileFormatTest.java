package clientkpis.reading.format;

import static org.assertj.core.api.Assertions.assertThat;

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
        "a.csv, true",
        "a.TSV.gz, true",
        "a.b.txt, true",
        "a.jsonl, true",
        "a.csv.NDJSON.GZ, true",
        "a.json, true",
        "a.xlsx, true",
        "a.csv.zip, true",
        "csv, false",
        "README.md, false",
        "a.xls, false"
    })
    void aNameEndsLikeAnUploads(String name, boolean upload) {
        assertThat(FileFormat.isNamed(name)).isEqualTo(upload);
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
}
