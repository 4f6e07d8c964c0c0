package clientkpis.reading.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/// The texts of any XML part of a workbook: strings, cells, comments, names of sheets.
public final class XmlText {
    private static final int LONGEST = 1 << 20;

    private XmlText() {}

    /// Whether a text passes a test: a string with all its runs, the value of an attribute, and of a number its plain
    /// notation too.
    ///
    /// @param in is not closed
    public static boolean any(InputStream in, Predicate<String> test) throws IOException {
        XmlPart xml = new XmlPart(in, LONGEST);
        StringBuilder text = new StringBuilder();
        while (xml.next()) {
            if (xml.begins("si") || xml.begins("is") || xml.begins("comment")) {
                if (test.test(xml.string())) {
                    return true;
                }
            } else if (xml.begins("v")) {
                String value = xml.text();
                String plain = SheetNumbers.plain(value);
                if (test.test(value) || (plain != null && test.test(plain))) {
                    return true;
                }
            } else if (xml.begins()) {
                text.setLength(0);
                if (xml.anyAttribute(test)) {
                    return true;
                }
            } else if (xml.ends()) {
                if (!text.isEmpty() && test.test(text.toString())) {
                    return true;
                }
                text.setLength(0);
            } else if (text.length() < LONGEST) {
                text.append(xml.characters());
            }
        }
        return false;
    }
}
