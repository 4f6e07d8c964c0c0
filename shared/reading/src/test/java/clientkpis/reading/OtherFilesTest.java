package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.receipt.FileCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// tables.md, *Which files are read*: the bytes decide, not the name.
class OtherFilesTest {
    private static final Reading CLIENTS = Reading.of("clients");
    private static final String CSV = "client_id;name\nc1;Ana\n";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static UploadFile.Rejected rejected(String name, byte[] bytes) {
        UploadFile.Rejected rejected = Reading.rejected(CLIENTS.bytes(name, bytes));
        assertThat(rejected.message()).endsWith(".").contains(" ");
        return rejected;
    }

    private static void assertOneRow(String name, byte[] bytes, String compression) {
        UploadFile.Accepted accepted = Reading.accepted(CLIENTS.bytes(name, bytes));
        assertThat(Reading.rows(accepted)).containsExactly(Map.of("client_id", "c1", "name", "Ana"));
        assertThat(accepted.format().compression()).isEqualTo(compression);
    }

    private static byte[] zip(String... namesAndTexts) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            entries.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return Sheets.zip(entries);
    }

    static List<Arguments> files() {
        return List.of(
                Arguments.of(FileCode.HTML, "x.csv", "<!DOCTYPE html><html><body>Sessão expirada</body></html>"),
                Arguments.of(
                        FileCode.HTML,
                        "x.xls",
                        "\uFEFF \n<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><table>"),
                Arguments.of(FileCode.HTML, "x.csv", "<table><tr><td>CNPJ</td></tr></table>"),
                Arguments.of(FileCode.XML, "x.csv", "<?xml version=\"1.0\"?><tickets><ticket id=\"1\"/></tickets>"),
                Arguments.of(FileCode.XML, "x.csv", "<tickets><ticket id=\"1\"/></tickets>"),
                Arguments.of(FileCode.PDF, "x.csv", "%PDF-1.4"),
                Arguments.of(FileCode.OTHER_ARCHIVE, "x.rar", "Rar!\u001a\u0007"),
                Arguments.of(FileCode.BAD_JSON, "x.json", "[{\"client_id\": \"c1\", \"name\": \"Ana\"}"),
                Arguments.of(FileCode.BAD_JSON, "x.json", "[{\"client_id\": \"c1\", \"name\": \"Ana\"}, 5]"),
                Arguments.of(FileCode.BAD_JSON, "x.json", "[{\"client_id\": \"c1\", \"name\": \"Ana\"}] x"),
                Arguments.of(FileCode.BAD_JSON, "x.json", "[{\"client_id\": \"c1\", \"name\": \"Ana\"},]"),
                Arguments.of(FileCode.BAD_JSON, "x.json", "[1, 2]"),
                Arguments.of(FileCode.BAD_JSON, "x.csv", "{\"error\":\"unauthorized\",\"message\":\"token expired\"}"),
                Arguments.of(FileCode.BAD_JSON, "x.jsonl", "{\"data\": [{\"client_id\": \"c1\", \"name\": \"Ana\"}]}"),
                Arguments.of(FileCode.COLUMNS_MISSING, "x.csv", "<none>;b"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsRefusedForWhatItIs(FileCode code, String name, String text) {
        assertThat(rejected(name, bytes(text)).code()).isEqualTo(code);
        assertThat(Reading.rejected(CLIENTS.bytes(name + ".gz", Reading.gzip(bytes(text))))
                        .code())
                .isEqualTo(code);
    }

    @Test
    void aMessageSaysWhatTheFileIs() {
        assertThat(rejected("a.csv", bytes("{\n  \"client_id\": \"c1\",\n  \"name\": \"Ana\"\n}\n"))
                        .message())
                .contains("one object per line");
        assertThat(rejected("a.csv", bytes("{\n  \"data\": [\n{\"client_id\": \"c1\"}\n]}\n"))
                        .message())
                .contains("wraps its rows in `data`");
        assertThat(rejected("a.csv", bytes("{\"error\":\"x\"}")).message()).contains("JSON", "error");
    }

    @Test
    void olderWorkbooksAreRefusedAndThoseWithAPasswordByTheirOwnCode() {
        byte[] ole = Arrays.copyOf(
                new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1},
                100_000);
        assertThat(rejected("x.xls", ole).code()).isEqualTo(FileCode.OLD_WORKBOOK);
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, ole, (1 << 16) - 7, name.length);
        assertThat(rejected("x.xlsx", ole).code()).isEqualTo(FileCode.ENCRYPTED);
    }

    @Test
    void aZipOfOneFileIsReadAndOfAnythingElseRefused() {
        assertOneRow("x.zip", zip("Clientes.csv", CSV), "zip");
        assertOneRow(
                "x.csv",
                zip(
                        "pasta/",
                        "",
                        "pasta/Clientes.csv",
                        CSV,
                        "__MACOSX/pasta/._Clientes.csv",
                        "x",
                        "pasta/.DS_Store",
                        "x"),
                "zip");
        assertOneRow("x.zip", zip("Clientes.json", "[{\"client_id\": \"c1\", \"name\": \"Ana\"}]"), "zip");
        assertThat(rejected("x.zip", zip("a.csv", CSV, "b.csv", CSV)))
                .satisfies(several -> assertThat(several.code()).isEqualTo(FileCode.SEVERAL_FILES))
                .satisfies(several -> assertThat(several.message()).contains("a.csv", "b.csv"));
        assertThat(rejected("x.zip", zip()).code()).isEqualTo(FileCode.EMPTY_ZIP);
        assertThat(rejected("x.zip", zip("a/", "")).code()).isEqualTo(FileCode.EMPTY_ZIP);
        assertThat(rejected("x.zip", zip("a.html", "<html>")).code()).isEqualTo(FileCode.HTML);
        byte[] inner = zip("a.csv", CSV);
        assertThat(rejected("x.zip", Sheets.zipped(Map.of("a.zip", inner))).code())
                .isEqualTo(FileCode.NESTED_ZIP);
        assertThat(rejected("x.zip", Sheets.zipped(Map.of("a.csv.gz", Reading.gzip(bytes(CSV)))))
                        .code())
                .isEqualTo(FileCode.NESTED_ZIP);
        assertThat(rejected("x.zip.gz", Reading.gzip(inner)).code()).isEqualTo(FileCode.NESTED_ZIP);
        assertThat(rejected("x.ods", zip("mimetype", "application/vnd.oasis", "content.xml", "<x/>"))
                        .code())
                .isEqualTo(FileCode.OPEN_DOCUMENT);
    }

    @Test
    void aZipThatIsCutAnywhereNeverCounts() {
        byte[] zip = zip("Clientes.csv", CSV);
        for (int length = 4; length < zip.length; length++) {
            assertThat(rejected("x.zip", Arrays.copyOf(zip, length)).code()).isEqualTo(FileCode.BAD_ZIP);
        }
        byte[] damaged = zip.clone();
        damaged[45] ^= 1;
        assertThat(rejected("x.zip", damaged).code()).isEqualTo(FileCode.BAD_ZIP);
    }

    @Test
    void theNameDoesNotDecide() {
        assertOneRow("x.json", bytes(CSV), "none");
        assertOneRow("x.xlsx", bytes(CSV), "none");
        assertOneRow("x.csv", bytes("{\"client_id\": \"c1\", \"name\": \"Ana\"}\n"), "none");
        assertOneRow("x.csv", bytes(" \n[{\"client_id\": \"c1\", \"name\": \"Ana\"}]\n"), "none");
        assertOneRow("x.jsonl", bytes("[\n  {\n    \"client_id\": \"c1\",\n    \"name\": \"Ana\"\n  }\n]"), "none");
        assertThat(Reading.accepted(CLIENTS.bytes("x.csv", bytes("[x],client_id,name\nx,c1,Ana\n")))
                        .ignored())
                .containsExactly("[x]");
    }

    @Test
    void anArrayMayBeOneLineHoweverLong() {
        String row = "{\"client_id\": \"c1\", \"name\": \"Ana\", \"x\": [1.50, {\"y\": null}]}";
        UploadFile.Accepted accepted = Reading.accepted(CLIENTS.atMost(100_000_000, 1_000)
                .bytes("x.json", bytes("[" + (row + ",").repeat(20_000) + row + "]")));
        assertThat(accepted.rows().read()).isEqualTo(20_001);
        assertThat(Reading.rejected(CLIENTS.atMost(100_000_000, 1_000)
                                .bytes("x.json", bytes("[{\"a\": \"" + "x".repeat(2_000) + "\"}]")))
                        .code())
                .isIn(FileCode.BAD_JSON, FileCode.TOO_LARGE);
    }
}
