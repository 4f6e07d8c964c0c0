package clientkpis.tables;

import java.util.regex.Pattern;

/// Text on its way out to a table that people open in a spreadsheet (tables.md, *How values are read*).
public final class SpreadsheetText {
    private static final String EXECUTED = "=+-@\t\r";
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+([.,]\\d+)*");

    private SpreadsheetText() {}

    /// The text, or where a spreadsheet would take it for a formula, the text behind an apostrophe.
    public static String safe(String text) {
        boolean executed = !text.isEmpty()
                && EXECUTED.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        return executed ? "'" + text : text;
    }
}
