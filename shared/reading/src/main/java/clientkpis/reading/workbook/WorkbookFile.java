package clientkpis.reading.workbook;

import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Limits;
import clientkpis.reading.bytes.Zip;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a workbook says about itself: its sheets, and how its cells are to be read.
public final class WorkbookFile {
    /// Each is looked for from the beginning of the zip.
    private static final int SHEETS = 100;
    private static final int LONGEST_TEXT = 1 << 20;

    private final Zip zip;
    private final Limits limits;
    private final List<Sheet> sheets;
    private final CellFormats formats;
    private final @Nullable String strings;
    private final boolean from1904;

    /// @param number its place among all sheets, from 1
    /// @param part where its cells are
    public record Sheet(int number, String name, String part) {}

    /// @param target the name of the part that is meant
    private record Relation(String type, String target) {}

    private WorkbookFile(
            Zip zip,
            Limits limits,
            List<Sheet> sheets,
            CellFormats formats,
            @Nullable String strings,
            boolean from1904) {
        this.zip = zip;
        this.limits = limits;
        this.sheets = List.copyOf(sheets);
        this.formats = formats;
        this.strings = strings;
        this.from1904 = from1904;
    }

    public static WorkbookFile of(Zip zip, Limits limits) throws IOException {
        String book = target(relations(zip, ""), "/officeDocument").orElse("xl/workbook.xml");
        Map<String, Relation> relations = relations(zip, book);
        List<Sheet> sheets = new ArrayList<>();
        boolean from1904 = false;
        int number = 0;
        try (XmlPart xml = part(zip, book)) {
            while (xml.next()) {
                if (xml.begins("workbookPr")) {
                    from1904 = isTrue(xml.attribute("date1904"));
                } else if (xml.begins("sheet")) {
                    number++;
                    String name = xml.attribute("name");
                    Relation relation = relations.get(String.valueOf(xml.attribute("id")));
                    String state = xml.attribute("state");
                    if (name != null
                            && relation != null
                            && relation.type.endsWith("/worksheet")
                            && (state == null || state.equals("visible"))) {
                        sheets.add(new Sheet(number, name, relation.target));
                    }
                }
            }
        }
        Optional<String> styles = target(relations, "/styles");
        CellFormats formats = CellFormats.NONE;
        if (styles.isPresent()) {
            try (XmlPart xml = part(zip, styles.get())) {
                formats = CellFormats.read(xml);
            }
        }
        if (sheets.size() > SHEETS) {
            throw new FileRejectedException(FileCode.TOO_LARGE, Sentence.of("too_large.sheets", SHEETS));
        }
        if (sheets.isEmpty()) {
            throw XmlPart.unreadable(Sentence.of("workbook.no_sheet"));
        }
        return new WorkbookFile(
                zip,
                limits,
                sheets,
                formats,
                target(relations, "/sharedStrings").orElse(null),
                from1904);
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && (value.equals("1") || value.equals("true"));
    }

    /// Those that are not hidden, in their order.
    public List<Sheet> sheets() {
        return sheets;
    }

    /// @return to be closed after the rows
    public SharedStrings strings() throws IOException {
        if (strings == null) {
            return SharedStrings.none();
        }
        try (XmlPart xml = new XmlPart(open(zip, strings), limits.line())) {
            return SharedStrings.read(xml, Math.max(1 << 20, limits.bytes() / 2));
        }
    }

    public SheetRows rows(Sheet sheet, SharedStrings texts) throws IOException {
        return new SheetRows(new XmlPart(open(zip, sheet.part), limits.line()), texts, formats, from1904, limits);
    }

    private static XmlPart part(Zip zip, String name) throws IOException {
        byte[] held = zip.part(name);
        return new XmlPart(held == null ? open(zip, name) : new ByteArrayInputStream(held), LONGEST_TEXT);
    }

    private static InputStream open(Zip zip, String name) throws IOException {
        if (!zip.names().contains(name)) {
            throw XmlPart.unreadable(Sentence.of("workbook.part_missing"));
        }
        return zip.open(name);
    }

    private static Optional<String> target(Map<String, Relation> relations, String type) {
        return relations.values().stream()
                .filter(relation -> relation.type.endsWith(type))
                .map(Relation::target)
                .findFirst();
    }

    /// What a part calls the others by: its relations, by their ids. Those to outside the file are left out.
    private static Map<String, Relation> relations(Zip zip, String part) throws IOException {
        String folder = part.substring(0, part.lastIndexOf('/') + 1);
        byte[] xml = zip.part(folder + "_rels/" + part.substring(folder.length()) + ".rels");
        Map<String, Relation> relations = new HashMap<>();
        if (xml == null) {
            return relations;
        }
        try (XmlPart rels = new XmlPart(new ByteArrayInputStream(xml), LONGEST_TEXT)) {
            while (rels.next()) {
                if (rels.begins("Relationship") && !"External".equals(rels.attribute("TargetMode"))) {
                    String id = rels.attribute("Id");
                    String type = rels.attribute("Type");
                    String target = rels.attribute("Target");
                    if (id != null && type != null && target != null) {
                        relations.put(id, new Relation(type, resolved(folder, target)));
                    }
                }
            }
        }
        return relations;
    }

    private static String resolved(String folder, String target) {
        Deque<String> path = new ArrayDeque<>();
        for (String step : (target.startsWith("/") ? target : folder + target).split("/", -1)) {
            if (step.equals("..")) {
                path.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                path.addLast(step);
            }
        }
        return String.join("/", path);
    }
}
