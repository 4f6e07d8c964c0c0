package clientkpis.reading.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.Reading;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.bytes.Bytes;
import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Limits;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.match.Columns;
import clientkpis.receipt.FileCode;
import clientkpis.tables.Tables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A file that is much larger than it looks is rejected as a whole, and early: little of it is read or kept. The files
/// are made while they are read, because a gigabyte is not written for a test.
///
/// One file, because all its files are made by the same few streams.
@Timeout(120)
class BombTest {
    private static final long GIGABYTE = 1_000_000_000;
    private static final Limits LIMITS = new Limits(2 * GIGABYTE, 1 << 20);
    private static final String HEADER = "client_id;title_id;value;due_on\n";

    /// Text that begins once, goes on for so many bytes, and counts how much of it is read.
    private static final class Endless {
        private final byte[] start;
        private final byte[] more;
        private final long size;
        private long read;

        Endless(String start, String more, long size) {
            this.start = start.getBytes(StandardCharsets.UTF_8);
            this.more = more.repeat(Math.max(1, 8_192 / more.length())).getBytes(StandardCharsets.UTF_8);
            this.size = size;
        }

        InputStream open() {
            return new SequenceInputStream(new ByteArrayInputStream(start), new InputStream() {
                private long at;

                @Override
                public int read() {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0];
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    if (at >= size) {
                        return -1;
                    }
                    int from = (int) (at % more.length);
                    int count = (int) Math.min(Math.min(length, more.length - from), size - at);
                    System.arraycopy(more, from, target, offset, count);
                    at += count;
                    read += count;
                    return count;
                }
            });
        }
    }

    private static final Columns BILLING =
            ReadingOptions.of(Configuration.DEFAULT, null).of(Tables.load().find("billing"));

    private static void read(String name, Bytes bytes, Limits limits) throws IOException {
        Source source = Source.judge(bytes, name, limits);
        try (UploadRows rows = FileFormat.of(source).rows(source, BILLING)) {
            while (rows.next() != null) {
                assertThat(rows.used()).isNotEmpty();
            }
        }
    }

    private static void assertRejected(FileCode code, String name, Bytes bytes, Limits limits) {
        assertThatExceptionOfType(FileRejectedException.class)
                .isThrownBy(() -> read(name, bytes, limits))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(code));
    }

    private static byte[] gzip(Endless text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out);
                InputStream in = text.open()) {
            in.transferTo(gzip);
        }
        return out.toByteArray();
    }

    @Test
    void aGzipBombIsRejectedAtTheLimitWhateverItsSize() throws IOException {
        byte[] bomb = gzip(new Endless(HEADER, "c1;t1;1,00;2026-09-01\n", 100_000_000));
        assertThat(bomb.length).isLessThan(500_000);

        assertRejected(
                FileCode.TOO_LARGE, "x.csv.gz", () -> new ByteArrayInputStream(bomb), new Limits(10_000_000, 1 << 20));
    }

    @Test
    void aGzipBombWithoutLineBreaksIsRejectedAtItsFirstLine() throws IOException {
        byte[] bomb = gzip(new Endless("", "0", 100_000_000));
        long[] inflated = {0};

        assertRejected(
                FileCode.TOO_LARGE,
                "x.csv.gz",
                () -> {
                    inflated[0]++;
                    return new ByteArrayInputStream(bomb);
                },
                LIMITS);
        assertThat(inflated[0]).as("its beginning, then its first line").isEqualTo(2);
    }

    @Test
    void aGzipWithinAGzipIsNotOpened() throws IOException {
        byte[] inner = gzip(new Endless(HEADER, "c1;t1;1,00;2026-09-01\n", 10_000_000));
        byte[] nested = Reading.gzip(Reading.gzip(inner));

        assertRejected(FileCode.NESTED_ZIP, "x.csv.gz", () -> new ByteArrayInputStream(nested), LIMITS);
    }

    private static byte[] workbook(String strings, Endless sheet, int others) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            Map<String, String> parts = new LinkedHashMap<>();
            parts.put("xl/workbook.xml", "<workbook><sheets><sheet name='a' id='s'/></sheets></workbook>");
            parts.put(
                    "xl/_rels/workbook.xml.rels",
                    "<r><Relationship Id='s' Type='x/worksheet' Target='s.xml'/>"
                            + "<Relationship Id='t' Type='x/sharedStrings' Target='t.xml'/></r>");
            parts.put("xl/t.xml", strings);
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
            zip.putNextEntry(new ZipEntry("xl/s.xml"));
            try (InputStream in = sheet.open()) {
                in.transferTo(zip);
            }
            for (int i = 0; i < others; i++) {
                zip.putNextEntry(new ZipEntry("xl/" + i));
            }
        }
        return out.toByteArray();
    }

    private static final String SHEET = "<worksheet><sheetData><row>"
            + "<c t='str'><v>client_id</v></c><c t='str'><v>title_id</v></c><c t='str'><v>value</v></c>"
            + "<c t='str'><v>due_on</v></c></row>";

    @Test
    void aWorkbookThatInflatesAThousandfoldIsRejectedAtTheLimit() throws IOException {
        byte[] bomb = workbook("<sst/>", new Endless(SHEET, "<row/>", 50_000_000), 0);
        assertThat(bomb.length).isLessThan(200_000);
        byte[] compressed = Reading.gzip(bomb);
        Limits limits = new Limits(10_000_000, 1 << 20);

        assertRejected(FileCode.TOO_LARGE, "x.xlsx", () -> new ByteArrayInputStream(bomb), limits);
        assertRejected(FileCode.TOO_LARGE, "x.csv", () -> new ByteArrayInputStream(bomb), limits);
        assertRejected(FileCode.TOO_LARGE, "x.csv.gz", () -> new ByteArrayInputStream(compressed), limits);
    }

    @Test
    void aWorkbookOfTooManyEntriesIsRejected() throws IOException {
        byte[] bomb = workbook("<sst/>", new Endless(SHEET, "<row/>", 0), 10_000);
        assertRejected(FileCode.TOO_LARGE, "x.xlsx", () -> new ByteArrayInputStream(bomb), LIMITS);
    }

    /// A text of thirty thousand characters that a million cells name.
    @Test
    void aTextThatIsNamedAgainAndAgainCountsEachTime() throws IOException {
        byte[] bomb = workbook(
                "<sst><si><t>" + "x".repeat(30_000) + "</t></si></sst>",
                new Endless(SHEET, "<row><c t='s'><v>0</v></c></row>", 30_000_000),
                0);
        assertRejected(
                FileCode.TOO_LARGE, "x.xlsx", () -> new ByteArrayInputStream(bomb), new Limits(40_000_000, 1 << 20));
    }

    /// They are read before any cell.
    @Test
    void theTextsOfAWorkbookAreBoundedTogether() throws IOException {
        byte[] bomb = workbook(
                "<sst>" + "<si><t/></si>".repeat(1_000_000) + "</sst>",
                new Endless(SHEET, "<row><c t='s'><v>0</v></c></row>", 1_000_000),
                0);
        assertThat(bomb.length).isLessThan(200_000);
        assertRejected(
                FileCode.TOO_LARGE, "x.xlsx", () -> new ByteArrayInputStream(bomb), new Limits(15_000_000, 1 << 20));
    }

    @Test
    void aRowOfAWorkbookHasNoMoreColumnsThanASheet() throws IOException {
        byte[] wide = workbook("<sst/>", new Endless(SHEET + "<row>", "<c><v>1</v></c>", 20_000_000), 0);
        byte[] far = workbook("<sst/>", new Endless(SHEET, "<row><c r='ZZZZZZ1'><v>1</v></c></row>", 1_000), 0);
        byte[] gaps = workbook("<sst/>", new Endless(SHEET, "<row><c r='XFD1'><v>1</v></c></row>", 900_000), 0);

        assertRejected(FileCode.TOO_LARGE, "x.xlsx", () -> new ByteArrayInputStream(wide), LIMITS);
        assertRejected(FileCode.TOO_LARGE, "x.xlsx", () -> new ByteArrayInputStream(far), LIMITS);
        assertRejected(
                FileCode.TOO_LARGE, "x.xlsx", () -> new ByteArrayInputStream(gaps), new Limits(2_000_000, 1 << 20));
    }

    @Test
    void aCellOfAWorkbookIsBoundedToo() throws IOException {
        byte[] bomb = workbook("<sst/>", new Endless(SHEET + "<row><c t='str'><v>", "x", 20_000_000), 0);
        assertRejected(FileCode.TOO_LARGE, "x.xlsx", () -> new ByteArrayInputStream(bomb), LIMITS);
    }

    @Test
    void aZipBombIsRejectedAtTheLimitAndAZipInAZipNotOpened() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("x.csv"));
            new Endless(HEADER, "c1;t1;1,00;2026-09-01\n", 100_000_000).open().transferTo(zip);
        }
        byte[] bomb = out.toByteArray();
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(outer)) {
            zip.putNextEntry(new ZipEntry("x.zip"));
            zip.write(bomb);
        }
        byte[] nested = outer.toByteArray();
        Limits limits = new Limits(10_000_000, 1 << 20);

        assertRejected(FileCode.TOO_LARGE, "x.zip", () -> new ByteArrayInputStream(bomb), limits);
        assertRejected(FileCode.NESTED_ZIP, "x.zip", () -> new ByteArrayInputStream(nested), LIMITS);
    }

    @Test
    @Tag("slow")
    void aQuoteThatIsNeverClosedInAGigabyteEndsAfterOneRecord() {
        Endless text = new Endless(HEADER + "c1;\"", "t1;1,00;2026-09-01\n", GIGABYTE);

        assertRejected(FileCode.UNCLOSED_QUOTE, "x.csv", text::open, LIMITS);
        assertThat(text.read).as("judged once, then a megabyte of rows").isLessThan(GIGABYTE + 30_000_000);
    }

    @Test
    @Tag("slow")
    void aGigabyteOfBlankLinesIsEmpty() {
        Endless text = new Endless("", "\n", GIGABYTE);

        assertRejected(FileCode.EMPTY, "x.csv", text::open, LIMITS);
        assertThat(text.read).isLessThan(GIGABYTE + 30_000_000);
    }

    @Test
    void aMillionColumnsAreMoreThanALineHas() {
        Endless text = new Endless("client_id", ";x", 2_000_000);

        assertRejected(FileCode.TOO_LARGE, "x.csv", text::open, LIMITS);
        assertThat(text.read).isLessThan(1_200_000);
    }

    /// In each of the lines that may be the header, and with any separator.
    @Test
    void moreColumnsThanASheetHasAreTooMany() {
        String line = ";x".repeat(500_000) + "\n";
        byte[] text = line.repeat(11).getBytes(StandardCharsets.UTF_8);

        assertRejected(FileCode.TOO_LARGE, "x.csv", () -> new ByteArrayInputStream(text), LIMITS);
    }

    @Test
    void aCellOfAHundredMegabytesIsMoreThanALineHas() {
        Endless plain = new Endless(HEADER + "c1;", "x", 100_000_000);
        Endless quoted = new Endless(HEADER + "c1;\"", "x\n", 100_000_000);
        Endless json = new Endless("{\"client_id\": \"", "x", 100_000_000);

        assertRejected(FileCode.TOO_LARGE, "x.csv", plain::open, LIMITS);
        assertRejected(FileCode.UNCLOSED_QUOTE, "x.csv", quoted::open, LIMITS);
        assertRejected(FileCode.TOO_LARGE, "x.jsonl", json::open, LIMITS);
        assertThat(plain.read + json.read).isLessThan(2_500_000);
    }

    @Test
    void aHundredThousandLevelsOfJsonAreOneBadRow() throws IOException {
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000) + "\n";
        byte[] text = (deep + "[".repeat(100_000) + "\n{\"client_id\": \"c1\"}\n").getBytes(StandardCharsets.UTF_8);
        Source source = Source.judge(() -> new ByteArrayInputStream(text), "x.jsonl", LIMITS);

        try (UploadRows rows = FileFormat.of(source).rows(source, BILLING)) {
            assertThat(rows.next().fault().expected()).contains("JSON válido");
            assertThat(rows.next().fault().expected()).contains("não é um objeto");
            assertThat(rows.next().fault()).isNull();
            assertThat(rows.next()).isNull();
        }
    }

    /// The checksum of a member is only known at its end.
    @Test
    void aGzipBombThatIsDamagedAtItsEndIsRejectedAllTheSame() throws IOException {
        byte[] bomb = gzip(new Endless(HEADER, "c1;t1;1,00;2026-09-01\n", 5_000_000));
        byte[] cut = Arrays.copyOf(bomb, bomb.length - 4);

        assertRejected(FileCode.BAD_GZIP, "x.csv.gz", () -> new ByteArrayInputStream(cut), LIMITS);
    }
}
