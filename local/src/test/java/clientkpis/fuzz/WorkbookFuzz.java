package clientkpis.fuzz;

import clientkpis.reading.AnyFile;
import clientkpis.tables.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Workbooks: any bytes as one of their parts. As a whole file they would rarely get past the checksums.
public final class WorkbookFuzz {
    private static final String[] PARTS = {
        "xl/s.xml", "xl/t.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    };
    private static final String[] TEXTS = {
        "<worksheet><sheetData><row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>"
                + "<row><c><v>1</v></c><c s='1'><v>1</v></c></row></sheetData></worksheet>",
        "<sst><si><t>client_id</t></si><si><t>name</t></si></sst>",
        "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>",
        "<workbook><sheets><sheet name='a' id='s'/></sheets></workbook>",
        "<r><Relationship Id='s' Type='x/worksheet' Target='s.xml'/><Relationship Id='t' Type='x/sharedStrings'"
                + " Target='t.xml'/><Relationship Id='f' Type='x/styles' Target='styles.xml'/></r>"
    };

    private WorkbookFuzz() {}

    /// @param input the first byte says which part it is
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        int part = (input[0] & 0xff) % PARTS.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < PARTS.length; i++) {
                zip.putNextEntry(new ZipEntry(PARTS[i]));
                zip.write(
                        i == part
                                ? Arrays.copyOfRange(input, 1, input.length)
                                : TEXTS[i].getBytes(StandardCharsets.UTF_8));
            }
        }
        AnyFile.check(Tables.load().find("clients"), out.toByteArray(), "x.xlsx");
    }
}
