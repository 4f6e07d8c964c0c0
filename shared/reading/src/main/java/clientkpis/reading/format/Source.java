package clientkpis.reading.format;

import clientkpis.tables.FileCode;
import clientkpis.tables.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Locale;

/// One upload as text. [#judge] reads it to its last byte before anyone reads a row of it: a gzip that breaks at its
/// end, an encoding that does not hold, a size over the limit are known first.
///
/// @param bytes as uploaded, perhaps compressed
public record Source(Bytes bytes, boolean gzip, Encoding encoding, Limits limits) {
    private static final int BUFFER = 1 << 16;

    /// Bytes that can be read more than once.
    public interface Bytes {
        InputStream open() throws IOException;
    }

    /// Reads the whole file once.
    ///
    /// @throws FileRejectedException `bad_gzip`, `bad_encoding` or `too_large`
    public static Source judge(Bytes bytes, String objectName, Limits limits) throws IOException {
        boolean gzip = objectName.toLowerCase(Locale.ROOT).endsWith(FileFormat.COMPRESSED) || startsLikeGzip(bytes);
        try (InputStream in = open(bytes, gzip)) {
            byte[] buffer = new byte[BUFFER];
            int length = in.readNBytes(buffer, 0, buffer.length);
            if (isWorkbook(buffer, length)) {
                throw new FileRejectedException(
                        FileCode.BAD_ENCODING,
                        "This is a spreadsheet's own file (a workbook) or a zip, and not text. Open it, save the sheet"
                                + " as CSV, and upload that.");
            }
            Encoding encoding = new Judgement(Encoding.announcedBy(buffer, length), limits).of(in, buffer, length);
            return new Source(bytes, gzip, encoding, limits);
        }
    }

    String compression() {
        return gzip ? "gzip" : "none";
    }

    /// What a receipt says about the file before anything of its format is known.
    public Receipt.Format format() {
        return new Receipt.Format(encoding.label(), null, compression(), null, List.of());
    }

    /// The text, without its byte order mark.
    Reader open() throws IOException {
        InputStream in = open(bytes, gzip);
        in.skipNBytes(encoding.bom());
        return new InputStreamReader(in, strict(encoding));
    }

    private static CharsetDecoder strict(Encoding encoding) {
        return encoding.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static InputStream open(Bytes bytes, boolean gzip) throws IOException {
        InputStream in = bytes.open();
        return gzip ? new GzipMembers(in) : in;
    }

    /// A zip (`.xlsx`, `.ods`), or the older `.xls`.
    private static boolean isWorkbook(byte[] bytes, int length) {
        return length >= 4
                && ((bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4)
                        || (bytes[0] == (byte) 0xd0
                                && bytes[1] == (byte) 0xcf
                                && bytes[2] == 0x11
                                && bytes[3] == (byte) 0xe0));
    }

    private static boolean startsLikeGzip(Bytes bytes) throws IOException {
        try (InputStream in = bytes.open()) {
            return GzipMembers.isAnnouncedBy(in.readNBytes(2));
        }
    }

    /// Reads all bytes, finds their encoding, and keeps to the limits.
    private static final class Judgement {
        private final Encoding announced;
        private final Limits limits;
        private final CharsetDecoder decoder;
        private final CharBuffer chars = CharBuffer.allocate(BUFFER);
        private boolean valid = true;
        private long total;
        private long line = 1;
        private int lineLength;
        private int last;
        /// The line of the first byte that does not exist in Windows-1252; 0 for none.
        private long undefinedAt;

        Judgement(Encoding announced, Limits limits) {
            this.announced = announced;
            this.limits = limits;
            decoder = strict(announced);
        }

        Encoding of(InputStream in, byte[] buffer, int firstLength) throws IOException {
            boolean wide = announced == Encoding.UTF_16LE || announced == Encoding.UTF_16BE;
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, firstLength);
            bytes.position(announced.bom());
            total = firstLength;
            checkSize();
            int fresh = announced.bom();
            while (true) {
                if (!wide) {
                    countBytes(buffer, fresh, bytes.limit());
                }
                decode(bytes, wide, false);
                int kept = bytes.remaining();
                bytes.compact();
                int count = in.read(buffer, kept, buffer.length - kept);
                if (count < 0) {
                    bytes.flip();
                    decode(bytes, wide, true);
                    return verdict();
                }
                total += count;
                checkSize();
                fresh = kept;
                bytes.position(0).limit(kept + count);
            }
        }

        private void decode(ByteBuffer bytes, boolean wide, boolean end) throws IOException {
            if (!valid) {
                bytes.position(bytes.limit());
                return;
            }
            CoderResult result;
            do {
                chars.clear();
                result = decoder.decode(bytes, chars, end);
                if (wide) {
                    countChars();
                }
            } while (result.isOverflow());
            if (result.isError()) {
                if (announced != Encoding.UTF_8) {
                    throw badEncoding("is not the %s that its first bytes announce".formatted(announced.label()), line);
                }
                valid = false;
                bytes.position(bytes.limit());
            }
        }

        private Encoding verdict() throws IOException {
            if (valid) {
                return announced;
            }
            if (undefinedAt > 0) {
                throw badEncoding("is neither UTF-8 nor Windows-1252", undefinedAt);
            }
            return Encoding.WINDOWS_1252;
        }

        private void countBytes(byte[] buffer, int from, int to) throws IOException {
            for (int i = from; i < to; i++) {
                byte b = buffer[i];
                count(b);
                if (b < 0 && undefinedAt == 0 && isUndefined(b)) {
                    undefinedAt = line;
                }
            }
        }

        private void countChars() throws IOException {
            chars.flip();
            while (chars.hasRemaining()) {
                count(chars.get());
            }
        }

        private void count(int unit) throws IOException {
            if (unit == '\n' || unit == '\r') {
                if (unit == '\r' || last != '\r') {
                    line++;
                }
                lineLength = 0;
            } else if (++lineLength > limits.line()) {
                throw new FileRejectedException(
                        FileCode.TOO_LARGE,
                        "Line %d is longer than %,d characters. Is it a table with one row per line?"
                                .formatted(line, limits.line()));
            }
            last = unit;
        }

        private void checkSize() throws IOException {
            if (total > limits.bytes()) {
                throw new FileRejectedException(
                        FileCode.TOO_LARGE,
                        ("The file has more than %,d bytes when decompressed. Split it, or raise"
                                        + " uploads.maxDecompressedBytes in the configuration.")
                                .formatted(limits.bytes()));
            }
        }

        private static boolean isUndefined(byte b) {
            return switch (b & 0xff) {
                case 0x81, 0x8d, 0x8f, 0x90, 0x9d -> true;
                default -> false;
            };
        }

        private static FileRejectedException badEncoding(String what, long line) {
            return new FileRejectedException(
                    FileCode.BAD_ENCODING,
                    "The text %s: see line %d. Export it as UTF-8 and upload it again.".formatted(what, line));
        }
    }
}
