package clientkpis.reading.workbook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Which formats of a workbook's cells show a number as a day.
///
/// @param dates by the number that a cell has as its style
record CellFormats(List<Boolean> dates) {
    static final CellFormats NONE = new CellFormats(List.of());

    static CellFormats read(XmlPart styles) throws IOException {
        Map<String, String> codes = new HashMap<>();
        List<Boolean> dates = new ArrayList<>();
        boolean cells = false;
        while (styles.next()) {
            if (styles.begins("numFmt")) {
                String id = styles.attribute("numFmtId");
                String code = styles.attribute("formatCode");
                if (id != null && code != null) {
                    codes.put(id, code);
                }
            } else if (styles.begins("cellXfs")) {
                cells = true;
            } else if (styles.ends("cellXfs")) {
                cells = false;
            } else if (cells && styles.begins("xf")) {
                String id = String.valueOf(styles.attribute("numFmtId"));
                String code = codes.get(id);
                dates.add(code == null ? isBuiltInDate(id) : isDate(code));
            }
        }
        return new CellFormats(dates);
    }

    boolean isDate(int style) {
        return style >= 0 && style < dates.size() && dates.get(style);
    }

    private static boolean isBuiltInDate(String id) {
        return switch (id) {
            case "14", "15", "16", "17", "22", "27", "28", "29", "30", "31", "36" -> true;
            case "50", "51", "52", "53", "54", "55", "56", "57", "58" -> true;
            default -> false;
        };
    }

    /// Whether a format such as `dd/mm/yyyy;@` shows a day, and not only a time of day.
    static boolean isDate(String code) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < code.length() && code.charAt(i) != ';'; i++) {
            switch (code.charAt(i)) {
                case '\\', '_', '*' -> i++;
                case '"' -> i = end(code, '"', i);
                case '[' -> i = end(code, ']', i);
                default -> letters.append(code.charAt(i));
            }
        }
        String plain = letters.toString().toLowerCase(Locale.ROOT);
        if (plain.equals("general")) {
            return false;
        }
        String shown = plain.replace("am/pm", "").replace("a/p", "");
        boolean day = shown.indexOf('d') >= 0 || shown.indexOf('y') >= 0;
        boolean month = shown.indexOf('m') >= 0 && shown.indexOf('h') < 0 && shown.indexOf('s') < 0;
        return day || (month && !plain.contains("a/p"));
    }

    private static int end(String code, char closing, int from) {
        int end = code.indexOf(closing, from + 1);
        return end < 0 ? code.length() : end;
    }
}
