package clientkpis.benchmarks;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A workbook of one sheet, as Office Open XML (ECMA-376) describes it.
final class WorkbookWriter {
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String FORMATS = "http://schemas.openxmlformats.org/";
    private static final String MAIN = "xmlns=\"" + FORMATS + "spreadsheetml/2006/main\"";
    private static final String RELATIONS = FORMATS + "officeDocument/2006/relationships";
    /// Number 14 of the formats that every spreadsheet has: a day.
    private static final String STYLES =
            "<styleSheet " + MAIN + "><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders"
                    + " count=\"1\"><border/></borders><cellStyleXfs"
                    + " count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf/><xf numFmtId=\"14\""
                    + " applyNumberFormat=\"1\"/></cellXfs></styleSheet>";
    /// What the format would take for an escaped character.
    private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

    private final Map<String, Integer> strings = new LinkedHashMap<>();
    private final StringBuilder rows = new StringBuilder();
    private int row;

    /// @param cells `String`, `BigDecimal`, `Integer`, `Boolean` or `LocalDate`; a cell of an empty text is left out
    void row(List<?> cells) {
        row++;
        if (cells.isEmpty()) {
            return;
        }
        rows.append("<row r=\"").append(row).append("\">");
        for (int i = 0; i < cells.size(); i++) {
            String reference = "r=\"" + column(i) + row + "\"";
            switch (cells.get(i)) {
                case String text when text.isEmpty() -> {}
                case String text ->
                    cell(reference + " t=\"s\"", String.valueOf(strings.computeIfAbsent(text, key -> strings.size())));
                case Boolean flag -> cell(reference + " t=\"b\"", flag ? "1" : "0");
                case LocalDate day ->
                    cell(reference + " s=\"1\"", String.valueOf(ChronoUnit.DAYS.between(DAY_ZERO, day)));
                case BigDecimal number -> cell(reference, number.toPlainString());
                case Object number -> cell(reference, number.toString());
            }
        }
        rows.append("</row>");
    }

    private void cell(String attributes, String value) {
        rows.append("<c ").append(attributes).append("><v>").append(value).append("</v></c>");
    }

    private static String column(int index) {
        return index < 26 ? String.valueOf((char) ('A' + index)) : column(index / 26 - 1) + column(index % 26);
    }

    byte[] bytes() {
        var shared = new StringBuilder("<sst " + MAIN + ">");
        strings.keySet()
                .forEach(text -> shared.append("<si><t xml:space=\"preserve\">")
                        .append(escaped(text))
                        .append("</t></si>"));
        Map<String, byte[]> parts = new LinkedHashMap<>();
        part(
                parts,
                "[Content_Types].xml",
                "<Types xmlns=\"" + FORMATS + "package/2006/content-types\">"
                        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\""
                        + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>");
        part(parts, "_rels/.rels", relations("xl/workbook.xml", "officeDocument"));
        part(
                parts,
                "xl/workbook.xml",
                "<workbook " + MAIN + " xmlns:r=\"" + RELATIONS
                        + "\"><sheets><sheet name=\"Plan1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        part(
                parts,
                "xl/_rels/workbook.xml.rels",
                relations(
                        "worksheets/sheet1.xml",
                        "worksheet",
                        "styles.xml",
                        "styles",
                        "sharedStrings.xml",
                        "sharedStrings"));
        part(parts, "xl/styles.xml", STYLES);
        part(
                parts,
                "xl/worksheets/sheet1.xml",
                "<worksheet " + MAIN + "><sheetData>" + rows + "</sheetData></worksheet>");
        part(parts, "xl/sharedStrings.xml", shared + "</sst>");
        return Packed.zip(parts);
    }

    private static void part(Map<String, byte[]> parts, String name, String xml) {
        parts.put(name, (XML + xml).getBytes(StandardCharsets.UTF_8));
    }

    private static String relations(String... targetsAndTypes) {
        var text = new StringBuilder("<Relationships xmlns=\"" + FORMATS + "package/2006/relationships\">");
        for (int i = 0; i < targetsAndTypes.length; i += 2) {
            text.append("<Relationship Id=\"rId%d\" Type=\"%s/%s\" Target=\"%s\"/>"
                    .formatted(i / 2 + 1, RELATIONS, targetsAndTypes[i + 1], targetsAndTypes[i]));
        }
        return text.append("</Relationships>").toString();
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (char c : ESCAPE.matcher(text).replaceAll("_x005F_").toCharArray()) {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> {
                    if (c >= ' ' || c == '\t' || c == '\n') {
                        escaped.append(c);
                    } else {
                        escaped.append("_x%04X_".formatted((int) c));
                    }
                }
            }
        }
        return escaped.toString();
    }
}
