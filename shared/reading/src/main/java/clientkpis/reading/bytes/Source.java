package clientkpis.reading.bytes;

import clientkpis.receipt.Receipt;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One upload as text, or as a workbook. [#judge] reads it to its last byte before anyone reads a row of it: a gzip or
/// zip that breaks at its end, an encoding that does not hold, a size over the limit are known first.
///
/// @param bytes out of the gzip or zip
/// @param compression `gzip`, `zip` or `none`
/// @param zip of a workbook; null for a text
/// @param sheet the number of the only one that is read of a workbook; 0 for any
public record Source(
        Bytes bytes,
        Content content,
        String compression,
        Encoding encoding,
        Limits limits,
        @Nullable Zip zip,
        int sheet,
        List<Warning.Finding> warnings) {
    /// The ending of the name of a compressed file.
    public static final String GZIP = ".gz";

    private static final int BUFFER = 1 << 16;
    private static final String NONE = "none";

    public Source {
        warnings = List.copyOf(warnings);
    }

    /// Reads the whole file.
    ///
    /// @param objectName says only what the bytes leave open
    /// @throws FileRejectedException when it is not a file that can be read
    public static Source judge(Bytes bytes, String objectName, Limits limits) throws IOException {
        String name = objectName.toLowerCase(Locale.ROOT);
        if (name.endsWith(GZIP) || GzipMembers.isAnnouncedBy(start(bytes, 2))) {
            return judge(() -> new GzipMembers(bytes.open()), name, limits, "gzip");
        }
        return judge(bytes, name, limits, NONE);
    }

    private static Source judge(Bytes bytes, String name, Limits limits, String compression) throws IOException {
        byte[] start = start(bytes, BUFFER);
        if (!compression.equals(NONE) && GzipMembers.isAnnouncedBy(start)) {
            throw Archive.nested();
        }
        OtherFile.refuse(start, bytes, limits);
        if (Zip.isAnnouncedBy(start)) {
            Zip zip = Zip.judge(bytes, limits);
            String inside = Archive.judge(zip);
            if (inside == null) {
                return new Source(bytes, Content.WORKBOOK, compression, Encoding.UTF_8, limits, zip, 0, List.of());
            }
            if (!compression.equals(NONE)) {
                throw Archive.nested();
            }
            Bytes packed = () -> zip.open(inside);
            Archive.checkNotNested(start(packed, 4), packed, limits);
            return judge(packed, inside.toLowerCase(Locale.ROOT), limits, "zip");
        }
        return text(bytes, start, name, limits, compression);
    }

    private static Source text(Bytes bytes, byte[] start, String name, Limits limits, String compression)
            throws IOException {
        Encoding announced = Encoding.announcedBy(start, start.length);
        String beginning = new String(start, announced.bom(), start.length - announced.bom(), announced.charset());
        OtherFile.refuse(beginning);
        Content content = content(beginning, name);
        List<Warning.Finding> warnings = new ArrayList<>();
        Encoding encoding = announced;
        int longest = content == Content.JSON_ARRAY ? Integer.MAX_VALUE : limits.line();
        boolean holds;
        try (InputStream in = bytes.open()) {
            holds = new Judgement(announced, limits, longest).holds(in);
        }
        if (!holds) {
            try (InputStream in = bytes.open()) {
                encoding = ByteLines.judge(in, announced == Encoding.UTF_8_BOM, warnings);
            }
        }
        return new Source(bytes, content, compression, encoding, limits, null, 0, warnings);
    }

    /// Of JSON, the first two characters that are not blank. What they leave open, the name says.
    private static Content content(String beginning, String name) {
        String text = beginning.stripLeading();
        if (text.isEmpty() || (text.charAt(0) != '{' && text.charAt(0) != '[')) {
            // One line of something else does not make a file of objects a table.
            return saysJsonLines(name)
                            && text.lines().anyMatch(line -> line.stripLeading().startsWith("{\""))
                    ? Content.JSON_LINES
                    : Content.CSV;
        }
        String next = text.substring(1).stripLeading();
        char second = next.isEmpty() ? ' ' : next.charAt(0);
        if (text.charAt(0) == '{') {
            return second == '"' || second == '}' || name.contains(".json") || name.contains(".ndjson")
                    ? Content.JSON_LINES
                    : Content.CSV;
        }
        if (second == '{' || second == ']') {
            return Content.JSON_ARRAY;
        }
        return saysJsonLines(name) ? Content.JSON_LINES : name.contains(".json") ? Content.JSON_ARRAY : Content.CSV;
    }

    private static boolean saysJsonLines(String name) {
        return name.contains(".jsonl") || name.contains(".ndjson");
    }

    private static byte[] start(Bytes bytes, int length) throws IOException {
        try (InputStream in = bytes.open()) {
            byte[] buffer = new byte[length];
            return Arrays.copyOf(buffer, in.readNBytes(buffer, 0, length));
        }
    }

    /// What a receipt says about the file before anything of its format is known.
    public Receipt.Format format() {
        return new Receipt.Format(encoding.label(), null, compression, null, List.of());
    }

    /// The text, without its byte order mark.
    public Reader open() throws IOException {
        return encoding.reader(bytes.open());
    }

    /// One sheet of this workbook.
    ///
    /// @param number of the sheet; 0 for any
    public Source onSheet(int number) {
        return new Source(bytes, content, compression, encoding, limits, zip, number, warnings);
    }

    /// The zip of a workbook.
    public Zip workbook() {
        return Objects.requireNonNull(zip, "not a workbook");
    }

    /// Whether letters betray another code page than the encoding's.
    public boolean isDoubtful() {
        return encoding != Encoding.DOS
                && warnings.stream().anyMatch(warning -> warning.code() == WarningCode.DOUBTFUL_ENCODING);
    }
}
