package clientkpis.reading;

import clientkpis.tables.FileCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// One spooled upload as text. It was read to its last byte before anybody gets to read a row of it: a gzip that breaks
/// at its end, an encoding that does not hold, a size over the limit are known first.
///
/// @param lines whether it is JSON lines, by its name; else it is CSV
record Source(Path file, boolean gzip, Encoding encoding, boolean lines, ReadingOptions options) {
    private static final int BUFFER = 1 << 16;

    /// Reads the whole file once.
    ///
    /// @throws Refused `bad_gzip`, `bad_encoding` or `too_large`
    static Source judge(Path file, String objectName, ReadingOptions options) throws IOException {
        String name = objectName.toLowerCase(Locale.ROOT);
        boolean gzip = name.endsWith(".gz") || startsLikeGzip(file);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        boolean lines = plain.endsWith(".jsonl") || plain.endsWith(".ndjson");
        try (InputStream in = bytes(file, gzip)) {
            byte[] buffer = new byte[BUFFER];
            int length = in.readNBytes(buffer, 0, buffer.length);
            if (isWorkbook(buffer, length)) {
                throw new Refused(
                        FileCode.BAD_ENCODING,
                        "This is a spreadsheet's own file (a workbook) or a zip, and not text. Open it, save the sheet"
                                + " as CSV, and upload that.");
            }
            Encoding encoding = new Judgement(Encoding.announcedBy(buffer, length), options).of(in, buffer, length);
            return new Source(file, gzip, encoding, lines, options);
        }
    }

    /// The text, without its byte order mark.
    Reader open() throws IOException {
        InputStream in = bytes(file, gzip);
        in.skipNBytes(encoding.bom());
        return new InputStreamReader(in, strict(encoding));
    }

    private static CharsetDecoder strict(Encoding encoding) {
        return encoding.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static InputStream bytes(Path file, boolean gzip) throws IOException {
        InputStream in = Files.newInputStream(file);
        return gzip ? new GzipMembers(in) : in;
    }

    /// A zip, as `.xlsx` and `.ods` are, or the older `.xls`.
    private static boolean isWorkbook(byte[] bytes, int length) {
        return length >= 4
                && ((bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4)
                        || (bytes[0] == (byte) 0xd0
                                && bytes[1] == (byte) 0xcf
                                && bytes[2] == 0x11
                                && bytes[3] == (byte) 0xe0));
    }

    private static boolean startsLikeGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    /// Reads all bytes and finds their encoding, counting on the way.
    private static final class Judgement {
        private final Encoding announced;
        private final ReadingOptions options;
        private final CharsetDecoder decoder;
        private final CharBuffer chars = CharBuffer.allocate(BUFFER);
        private boolean valid = true;
        private long total;
        private long line = 1;
        private int lineLength;
        private int last;
        /// The line of the first byte that Windows-1252 does not have; 0 for none.
        private long undefinedAt;

        Judgement(Encoding announced, ReadingOptions options) {
            this.announced = announced;
            this.options = options;
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
            } else if (++lineLength > options.maxLine()) {
                throw new Refused(
                        FileCode.TOO_LARGE,
                        "Line %d is longer than %,d characters. Is it a table with one row a line?"
                                .formatted(line, options.maxLine()));
            }
            last = unit;
        }

        private void checkSize() throws IOException {
            if (total > options.maxDecompressedBytes()) {
                throw new Refused(
                        FileCode.TOO_LARGE,
                        ("The file has more than %,d bytes when decompressed. Split it, or raise"
                                        + " uploads.maxDecompressedBytes in the configuration.")
                                .formatted(options.maxDecompressedBytes()));
            }
        }

        private static boolean isUndefined(byte b) {
            return switch (b & 0xff) {
                case 0x81, 0x8d, 0x8f, 0x90, 0x9d -> true;
                default -> false;
            };
        }

        private static Refused badEncoding(String what, long line) {
            return new Refused(
                    FileCode.BAD_ENCODING,
                    "The text %s: see line %d. Export it as UTF-8 and upload it again.".formatted(what, line));
        }
    }
}
