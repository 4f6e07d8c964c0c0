package clientkpis.reading.bytes;

import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Files that are not exports of tables, each known by how it begins. They are refused by what they are, whatever their
/// name.
final class OtherFile {
    private static final byte[] OLE = {
        (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
    };
    /// The stream of an OLE container that holds a workbook with a password.
    private static final byte[] PROTECTED = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

    private static final byte[][] ARCHIVES = {
        {'R', 'a', 'r', '!', 0x1a, 7},
        {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c},
        {(byte) 0xfd, '7', 'z', 'X', 'Z', 0},
        {'B', 'Z', 'h', '9', '1', 'A', 'Y', '&'},
        {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}
    };
    private static final List<String> PAGE =
            List.of("<!doctype html", "<html", "<head", "<body", "<meta", "<table", "<script", "<div");
    /// How much of a text is looked at, in characters.
    private static final int LOOKED_AT = 4_096;

    private OtherFile() {}

    /// @throws FileRejectedException for what is not text
    static void refuse(byte[] start, Bytes bytes, Limits limits) throws IOException {
        if (startsWith(start, OLE)) {
            if (has(bytes, PROTECTED, limits)) {
                throw new FileRejectedException(FileCode.ENCRYPTED, Sentence.of("encrypted.workbook"));
            }
            throw new FileRejectedException(FileCode.OLD_WORKBOOK, Sentence.of("old_workbook.xls"));
        }
        for (byte[] archive : ARCHIVES) {
            if (startsWith(start, archive)) {
                throw new FileRejectedException(FileCode.OTHER_ARCHIVE, Sentence.of("other_archive"));
            }
        }
        if (new String(start, 0, Math.min(start.length, 16), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .replaceFirst("^\u00ef\u00bb\u00bf", "")
                .startsWith("%PDF-")) {
            throw new FileRejectedException(FileCode.PDF, Sentence.of("pdf"));
        }
    }

    /// @param beginning of a text
    /// @throws FileRejectedException for markup
    static void refuse(String beginning) throws FileRejectedException {
        String text = beginning.stripLeading();
        if (!text.startsWith("<")) {
            return;
        }
        String head = text.substring(0, Math.min(LOOKED_AT, text.length())).toLowerCase(Locale.ROOT);
        boolean page = PAGE.stream().anyMatch(head::startsWith);
        if (!page && !isMarkup(text)) {
            return;
        }
        if (page || head.contains("<html") || head.contains("<table")) {
            throw new FileRejectedException(FileCode.HTML, Sentence.of("html"));
        }
        throw new FileRejectedException(FileCode.XML, Sentence.of("xml"));
    }

    /// Not a cell such as `<none>`: a declaration, or a line that is a tag from its beginning to its end.
    private static boolean isMarkup(String text) {
        if (text.startsWith("<?") || text.startsWith("<!")) {
            return true;
        }
        String line = text.lines().findFirst().orElse("").strip();
        return text.length() > 1
                && Character.isLetter(text.charAt(1))
                && line.endsWith(">")
                && (line.contains("</")
                        || text.substring(line.length()).stripLeading().startsWith("<"));
    }

    private static boolean startsWith(byte[] start, byte[] signature) {
        for (int i = 0; i < signature.length; i++) {
            if (i >= start.length || start[i] != signature[i]) {
                return false;
            }
        }
        return true;
    }

    /// Whether bytes are anywhere in a file.
    private static boolean has(Bytes bytes, byte[] sought, Limits limits) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int kept = 0;
        long total = 0;
        try (InputStream in = bytes.open()) {
            int count;
            while (total <= limits.bytes() && (count = in.read(buffer, kept, buffer.length - kept)) >= 0) {
                total += count;
                int end = kept + count;
                if (new String(buffer, 0, end, StandardCharsets.ISO_8859_1)
                        .contains(new String(sought, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
                kept = Math.min(end, sought.length - 1);
                System.arraycopy(buffer, end - kept, buffer, 0, kept);
            }
        }
        return false;
    }
}
