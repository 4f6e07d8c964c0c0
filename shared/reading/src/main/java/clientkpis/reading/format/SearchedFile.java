package clientkpis.reading.format;

import clientkpis.reading.bytes.Encoding;
import clientkpis.reading.bytes.GzipMembers;
import clientkpis.reading.bytes.Zip;
import clientkpis.reading.workbook.XmlText;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;

/// The texts of any file, whether it can be read as an upload or not, in whatever encoding and packed in whatever way
/// uploads may be: line by line, of a workbook cell by cell.
public final class SearchedFile {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final int LONGEST_LINE = 1 << 20;
    private static final int START = 512;

    private SearchedFile() {}

    /// Whether a text of the file passes a test, in one pass. A line that is too long passes.
    ///
    /// @throws FileRejectedException when it cannot be read to its end
    public static boolean any(InputStream file, Predicate<String> test) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(file, START);
        byte[] start = bytes.readNBytes(START);
        bytes.unread(start);
        if (GzipMembers.isAnnouncedBy(start)) {
            return any(new GzipMembers(bytes), test);
        }
        if (Zip.isAnnouncedBy(start)) {
            return anyOfZip(bytes, test);
        }
        Encoding encoding = Encoding.announcedBy(start, start.length);
        // Each byte as a character: its encoding is that of its line.
        Charset charset = encoding.isWide() ? encoding.charset() : StandardCharsets.ISO_8859_1;
        Reader text = new BufferedReader(new InputStreamReader(bytes, charset));
        StringBuilder line = new StringBuilder();
        while (next(text, line)) {
            if (line.length() > LONGEST_LINE || passes(line.toString(), encoding.isWide(), test)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyOfZip(InputStream bytes, Predicate<String> test) throws IOException {
        Zip.Entries entries = new Zip.Entries(bytes);
        InputStream entry = new FilterInputStream(entries) {
            @Override
            public void close() {
                // The next entry is read from it.
            }
        };
        String name;
        while ((name = entries.next()) != null) {
            boolean xml = name.toLowerCase(Locale.ROOT).endsWith(".xml");
            if (test.test(name) || (xml ? XmlText.any(entry, test) : any(entry, test))) {
                return true;
            }
        }
        return false;
    }

    /// @return false at the end
    private static boolean next(Reader text, StringBuilder line) throws IOException {
        line.setLength(0);
        int c = text.read();
        if (c < 0) {
            return false;
        }
        while (c >= 0 && c != '\n' && c != '\r' && line.length() <= LONGEST_LINE) {
            line.append((char) c);
            c = text.read();
        }
        return true;
    }

    private static boolean passes(String line, boolean decoded, Predicate<String> test) {
        if (decoded || line.chars().allMatch(c -> c < 0x80)) {
            return test.test(line);
        }
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return test.test(new String(bytes, StandardCharsets.UTF_8)) || test.test(new String(bytes, WINDOWS));
    }
}
