package clientkpis.reading.bytes;

import clientkpis.tables.FileCode;
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
                throw new FileRejectedException(
                        FileCode.ENCRYPTED,
                        "The workbook is protected with a password. Save it without one, and upload that.");
            }
            throw new FileRejectedException(
                    FileCode.OLD_WORKBOOK,
                    "This is a workbook in the format of before 2007 (.xls), or another file of that time. Open it,"
                            + " save it as .xlsx or as CSV, and upload that.");
        }
        for (byte[] archive : ARCHIVES) {
            if (startsWith(start, archive)) {
                throw new FileRejectedException(
                        FileCode.OTHER_ARCHIVE,
                        "This is an archive (such as .rar or .7z) that is not read. Unpack it and upload the file that"
                                + " is in it, as it is or as .zip or .gz.");
            }
        }
        if (new String(start, 0, Math.min(start.length, 16), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .replaceFirst("^\u00ef\u00bb\u00bf", "")
                .startsWith("%PDF-")) {
            throw new FileRejectedException(
                    FileCode.PDF,
                    "This is a PDF, which has no cells. Export the table as .xlsx or CSV from the system that made it,"
                            + " and upload that.");
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
            throw new FileRejectedException(
                    FileCode.HTML,
                    "This is an HTML page, and not a table of cells, whatever its name. Open it in a browser: it may"
                            + " say why the export failed. If it shows the table, open it in a spreadsheet, save it as"
                            + " .xlsx or CSV, and upload that.");
        }
        throw new FileRejectedException(
                FileCode.XML,
                "This is XML, which is not read. Export the table as .xlsx, CSV or JSON, and upload that. If a"
                        + " spreadsheet opens it, save it as .xlsx there.");
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
