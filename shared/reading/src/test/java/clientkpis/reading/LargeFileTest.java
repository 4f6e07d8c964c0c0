package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Row;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.sort.RowPart;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file of any size is read in a bounded heap: one larger than the heap, of many clients and of a single one.
class LargeFileTest {
    private static final int HEAP = 64 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 50_000})
    void aFileLargerThanTheHeapIsRead(int clients) throws Exception {
        Path file = folder.resolve("uso.csv");
        long rows = write(file, clients);
        assertThat(Files.size(file)).isGreaterThan(HEAP);

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadOne.class.getName(),
                        file.toString(),
                        Files.createDirectory(folder.resolve("work")).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said.trim()).endsWith("%d rows of %d clients".formatted(rows, clients));
    }

    /// As large as a sheet may be, with a text of its own in each row, in half of what intake has.
    @Test
    @Tag("slow")
    void aWorkbookOfAMillionRowsIsRead() throws Exception {
        Path file = folder.resolve("uso.xlsx");
        writeWorkbook(file, 1_000_000, 50_000);

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadOne.class.getName(),
                        file.toString(),
                        Files.createDirectory(folder.resolve("work")).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(said.trim()).endsWith("1000000 rows of 50000 clients");
    }

    private static void writeWorkbook(Path file, int rows, int clients) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
                Writer out = new OutputStreamWriter(zip, StandardCharsets.UTF_8)) {
            zip.setLevel(Deflater.BEST_SPEED);
            part(zip, out, "xl/workbook.xml", "<workbook><sheets><sheet name='a' id='s'/></sheets></workbook>");
            part(
                    zip,
                    out,
                    "xl/_rels/workbook.xml.rels",
                    "<r><Relationship Id='s' Type='x/worksheet' Target='s.xml'/>"
                            + "<Relationship Id='t' Type='x/sharedStrings' Target='t.xml'/>"
                            + "<Relationship Id='f' Type='x/styles' Target='f.xml'/></r>");
            part(
                    zip,
                    out,
                    "xl/f.xml",
                    "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>");
            part(zip, out, "xl/s.xml", "<worksheet><sheetData><row>");
            for (String header : List.of("client_id", "user_id", "data", "acoes")) {
                out.write("<c t='str'><v>" + header + "</v></c>");
            }
            out.write("</row>");
            for (int row = 0; row < rows; row++) {
                out.write("<row><c t='s'><v>" + row % clients + "</v></c><c t='s'><v>" + (clients + row)
                        + "</v></c><c s='1'><v>46054</v></c><c><v>" + row % 9 + "</v></c></row>");
            }
            out.write("</sheetData></worksheet>");
            part(zip, out, "xl/t.xml", "<sst>");
            for (int text = 0; text < clients + rows; text++) {
                out.write("<si><t>" + (text < clients ? "client-" : "user-") + text + "</t></si>");
            }
            out.write("</sst>");
        }
    }

    private static void part(ZipOutputStream zip, Writer out, String name, String text) throws IOException {
        out.flush();
        zip.putNextEntry(new ZipEntry(name));
        out.write(text);
    }

    private static long write(Path file, int clients) throws IOException {
        String place = "x".repeat(60);
        long rows = 0;
        long bytes = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("client_id;user_id;data;acoes;lugar\n");
            while (bytes <= HEAP + 1_000_000) {
                String row = rows * 7919 % clients + ";user-" + rows + place + ";30/09/2026;1;" + place + "\n";
                out.write(row);
                bytes += row.length();
                rows++;
            }
        }
        return rows;
    }

    /// Reads one file in its own process.
    static final class ReadOne {
        private ReadOne() {}

        public static void main(String[] args) throws IOException {
            TableSchema table = Tables.load().find("usage");
            UploadFile.Accepted accepted = (UploadFile.Accepted) UploadFile.read(
                    Path.of(args[0]),
                    args[0],
                    table,
                    ReadingOptions.of(Configuration.DEFAULT, table),
                    Path.of(args[1]));
            long rows = 0;
            for (RowPart part : accepted.parts()) {
                try (Stream<Row> stream = part.rows()) {
                    rows += stream.filter(row -> row.text("user_id") != null).count();
                }
            }
            System.out.println(rows + " rows of " + accepted.clients() + " clients");
        }
    }
}
