package clientkpis.reading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes workbooks in a test, part by part, as spreadsheets do.
public final class Sheets {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final StringBuilder sheets = new StringBuilder();
    private final StringBuilder relations = new StringBuilder();
    private final List<String> strings = new ArrayList<>();
    private String properties = "";
    private int count;

    public Sheets() {
        relation("r1", "styles", "styles.xml");
        relation("r2", "sharedStrings", "/xl/sharedStrings.xml");
        // Style 0 is General, 1 a day, 2 a day with time, 3 a time, 4 money, 5 a day of a format of its own.
        parts.put("xl/styles.xml", """
            <styleSheet xmlns="%s"><numFmts><numFmt numFmtId="164" formatCode="[$-416]dd/mm/yyyy;@"/>\
            <numFmt numFmtId="165" formatCode="&quot;R$ de dia&quot;\\ #,##0.00"/></numFmts>\
            <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>\
            <xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="165"/><xf numFmtId="164"/></cellXfs></styleSheet>\
            """.formatted(MAIN));
    }

    Sheets from1904() {
        properties = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    Sheets part(String name, String text) {
        parts.put(name, text);
        return this;
    }

    private void relation(String id, String type, String target) {
        relations.append("<Relationship Id=\"%s\" Type=\"%s/%s\" Target=\"%s\"/>".formatted(id, OFFICE, type, target));
    }

    /// @param rows the XML of `sheetData`
    public Sheets sheet(String name, String rows) {
        return sheet(name, "visible", rows);
    }

    Sheets sheet(String name, String state, String rows) {
        count++;
        relation("s" + count, "worksheet", "worksheets/sheet" + count + ".xml");
        sheets.append(
                "<sheet name=\"%s\" sheetId=\"%d\" state=\"%s\" r:id=\"s%d\"/>".formatted(name, count, state, count));
        parts.put(
                "xl/worksheets/sheet" + count + ".xml",
                HEAD + "<worksheet xmlns=\"" + MAIN + "\"><dimension ref=\"A1\"/><sheetData>" + rows
                        + "</sheetData><pageMargins left=\"1\"/></worksheet>");
        return this;
    }

    /// A row of shared strings.
    public String row(int number, String... texts) {
        StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
        for (int i = 0; i < texts.length; i++) {
            row.append(cell(number, i, texts[i]));
        }
        return row.append("</row>").toString();
    }

    String cell(int row, int column, String text) {
        String si = "<si><t xml:space=\"preserve\">" + escaped(text) + "</t></si>";
        int index = strings.indexOf(si);
        if (index < 0) {
            index = strings.size();
            strings.add(si);
        }
        return "<c r=\"%s\" t=\"s\"><v>%d</v></c>".formatted(reference(row, column), index);
    }

    static String reference(int row, int column) {
        String letters = "";
        for (int left = column + 1; left > 0; left = (left - 1) / 26) {
            letters = (char) ('A' + (left - 1) % 26) + letters;
        }
        return letters + row;
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.replace("_x", "_x005F_x").toCharArray()) {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> {
                    if (c < ' ' && c != '\t' && c != '\n') {
                        escaped.append("_x%04X_".formatted((int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    public byte[] bytes() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("[Content_Types].xml", HEAD + "<Types/>");
        all.put(
                "_rels/.rels",
                HEAD + "<Relationships><Relationship Id=\"a\" Type=\"" + OFFICE
                        + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        all.put(
                "xl/workbook.xml",
                HEAD + "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE + "\">" + properties + "<sheets>" + sheets
                        + "</sheets></workbook>");
        all.put("xl/_rels/workbook.xml.rels", HEAD + "<Relationships>" + relations + "</Relationships>");
        all.putAll(parts);
        all.putIfAbsent(
                "xl/sharedStrings.xml", HEAD + "<sst xmlns=\"" + MAIN + "\">" + String.join("", strings) + "</sst>");
        return zip(all);
    }

    public static byte[] zip(Map<String, String> entries) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        entries.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return zipped(bytes);
    }

    public static byte[] zipped(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
