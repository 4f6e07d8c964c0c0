package clientkpis.suite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A workbook as a spreadsheet writes it, of a few cells of text.
public final class SmallWorkbook {
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final StringBuilder sheets = new StringBuilder();
    private final StringBuilder relations = new StringBuilder();
    private int count;

    /// A sheet of clients, one of contracts, of which one is bad, and others that are not uploads.
    public static byte[] ofSeveralTables() {
        String contracts = "client_id;contract_id;model;value;status";
        return new SmallWorkbook()
                .sheet("Leia-me", "Carteira de clientes", "Atualizada toda segunda por Ana")
                .sheet("Clientes", "client_id;name;cs", "c1;Padaria;Ana", "c2;Mercado;Ana")
                .sheet("Contratos", contracts, "c1;k1;MRR;1,00;Ativo", "c2;k2;MRR;x;Ativo")
                .hidden("Antigos", contracts, "c9;k9;MRR;1,00;Ativo")
                .sheet("Vazia")
                .bytes();
    }

    /// @param lines cells between semicolons
    public SmallWorkbook sheet(String name, String... lines) {
        return add(name, "visible", lines);
    }

    public SmallWorkbook hidden(String name, String... lines) {
        return add(name, "hidden", lines);
    }

    private SmallWorkbook add(String name, String state, String... lines) {
        count++;
        sheets.append("<sheet name='%s' sheetId='%d' state='%s' r:id='s%d'/>".formatted(name, count, state, count));
        relations.append("<Relationship Id='s%d' Type='%s/worksheet' Target='worksheets/sheet%d.xml'/>"
                .formatted(count, OFFICE, count));
        StringBuilder rows = new StringBuilder();
        for (String line : lines) {
            rows.append("<row>");
            for (String cell : line.split(";", -1)) {
                rows.append("<c t='inlineStr'><is><t>").append(cell).append("</t></is></c>");
            }
            rows.append("</row>");
        }
        parts.put("xl/worksheets/sheet" + count + ".xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
        return this;
    }

    public byte[] bytes() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("[Content_Types].xml", "<Types/>");
        all.put(
                "_rels/.rels",
                "<Relationships><Relationship Id='b' Type='" + OFFICE
                        + "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
        all.put("xl/workbook.xml", "<workbook xmlns:r='%s'><sheets>%s</sheets></workbook>".formatted(OFFICE, sheets));
        all.put("xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>");
        all.putAll(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> part : all.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
