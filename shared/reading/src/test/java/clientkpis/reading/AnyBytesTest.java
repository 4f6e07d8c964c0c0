package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/// What is written in any format is read back, and no bytes whatsoever make anything but a result.
class AnyBytesTest {
    private static final Reading CLIENTS = Reading.of("clients");

    /// Pieces of files, so that more than the first byte is looked at.
    @Provide
    static Arbitrary<byte[]> files() {
        Sheets workbook = new Sheets();
        byte[] sheet = workbook.sheet("a", workbook.row(1, "client_id", "name") + workbook.row(2, "1", "Ana"))
                .bytes();
        List<byte[]> pieces = new ArrayList<>(List.of(sheet, Reading.gzip(sheet), Sheets.zip(Map.of("a.csv", "a;b"))));
        for (String piece : List.of(
                "client_id;name\n1;Ana\n",
                "2;\"Bia;x\n3;\"Casa\" Verde\n",
                "\"a \\\"b\\\"\";c\n",
                "sep=;\n",
                "[",
                "]",
                "{\"client_id\": \"1\", \"name\": \"Ana\"}",
                ",",
                "\n",
                "<html>",
                "<?xml?>",
                "%PDF-",
                "PK\u0003\u0004",
                "\uFEFF",
                "é")) {
            pieces.add(piece.getBytes(StandardCharsets.UTF_8));
            pieces.add(piece.getBytes(StandardCharsets.UTF_16LE));
            pieces.add(piece.getBytes(StandardCharsets.ISO_8859_1));
        }
        return Arbitraries.oneOf(
                        Arbitraries.of(pieces),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(12))
                .list()
                .ofMaxSize(6)
                .map(list -> Reading.joined(list.toArray(byte[][]::new)));
    }

    @Property(tries = 1_000)
    void anyBytesAreReadOrRejected(
            @ForAll("files") byte[] file, @ForAll int seed, @ForAll @IntRange(max = 3) int changes) {
        byte[] bytes = file.clone();
        java.util.Random random = new java.util.Random(seed);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        for (String name : List.of("x.csv", "x.jsonl", "x.json", "x.csv.gz")) {
            UploadFile.Result result = CLIENTS.bytes(name, bytes);
            if (result instanceof UploadFile.Rejected rejected) {
                assertThat(rejected.message()).isNotBlank();
            }
        }
    }

    /// In a part of a workbook, where its own checksum does not give it away.
    @Property(tries = 1_000)
    void anyXmlOfAWorkbookIsReadOrRejected(
            @ForAll @Size(max = 12)
                    List<
                                    @StringLength(max = 6)
                                    @Chars({'<', '>', '/', '&', '"', '=', ' ', 'c', 'r', 'v', 't', 's', '1', ';'})
                                    String>
                            pieces,
            @ForAll @IntRange(max = 3) int part) {
        String[] names = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"};
        Sheets workbook = new Sheets();
        workbook.sheet("a", workbook.row(1, "client_id", "name") + workbook.row(2, "1", "Ana"));
        String begin = List.of("<worksheet><sheetData>", "<sst>", "<styleSheet>", "<workbook>")
                .get(part);
        UploadFile.Result result = CLIENTS.bytes(
                "x.xlsx",
                workbook.part(names[part], begin + String.join("", pieces)).bytes());
        assertThat(result).isNotNull();
    }

    @Property(tries = 200)
    void whatIsWrittenAsAWorkbookOrAsJsonIsReadBack(
            @ForAll @Size(min = 1, max = 8)
                    List<
                                    @Size(value = 2) List<
                                            @StringLength(min = 1, max = 10)
                                            @Chars({'"', '<', '&', '\\', '\n', '\r', '_', 'x', '0', 'é', '€', '\u001a'})
                                            @CharRange(from = 'a', to = 'd') String>>
                            cells,
            @ForAll boolean inline,
            @ForAll boolean pretty,
            @ForAll @IntRange(max = 4) int above) {
        Sheets workbook = new Sheets();
        StringBuilder rows = new StringBuilder(workbook.row(1 + above, "client_id", "name"));
        StringBuilder json = new StringBuilder(pretty ? "[\n" : "[");
        List<Map<String, String>> expected = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String id = i + "x" + cells.get(i).getFirst() + "x";
            String name = "x" + cells.get(i).getLast() + "x";
            int number = above + 2 + i * 3;
            rows.append("<row r=\"").append(number).append("\">");
            rows.append(workbook.cell(number, 0, id));
            rows.append(
                    inline
                            ? "<c r=\"B%d\" t=\"inlineStr\"><is><t>%s</t></is></c>"
                                    .formatted(number, Sheets.escaped(name))
                            : workbook.cell(number, 1, name));
            rows.append("</row>");
            json.append(i == 0 ? "" : ",").append(pretty ? "\n  {\n    " : "{");
            json.append("\"client_id\": ").append(quoted(id)).append(pretty ? ",\n    " : ",");
            json.append("\"name\": ").append(quoted(name)).append(pretty ? "\n  }" : "}");
            expected.add(new HashMap<>(Map.of("client_id", id, "name", name)));
        }
        assertThat(Reading.rows(Reading.accepted(
                        CLIENTS.bytes("x", workbook.sheet("a", rows.toString()).bytes()))))
                .containsExactlyInAnyOrderElementsOf(expected);
        byte[] array = json.append("]\n").toString().getBytes(StandardCharsets.UTF_8);
        assertThat(Reading.rows(Reading.accepted(CLIENTS.bytes("x", array))))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String quoted(String text) {
        return "\""
                + new String(com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance()
                        .quoteAsString(text)) + "\"";
    }
}
