package clientkpis.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes a workbook in a test.
public final class Workbooks {
    private Workbooks() {}

    /// @param sheets lines by the sheet's name, cells between semicolons
    public static Path write(Path file, Map<String, String> sheets) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        StringBuilder names = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        sheets.forEach((name, lines) -> {
            String id = "s" + parts.size();
            names.append("<sheet name='%s' id='%s'/>".formatted(name, id));
            relations.append("<Relationship Id='%s' Type='x/worksheet' Target='%s.xml'/>".formatted(id, id));
            StringBuilder rows = new StringBuilder();
            for (String line : lines.split("\n", -1)) {
                rows.append("<row><c t='str'><v>")
                        .append(line.replace(";", "</v></c><c t='str'><v>"))
                        .append("</v></c></row>");
            }
            parts.put("xl/" + id + ".xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
        });
        parts.put("xl/workbook.xml", "<workbook><sheets>" + names + "</sheets></workbook>");
        parts.put("xl/_rels/workbook.xml.rels", "<r>" + relations + "</r>");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
