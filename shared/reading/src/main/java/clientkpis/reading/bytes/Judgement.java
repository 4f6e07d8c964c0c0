package clientkpis.reading.bytes;

import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/// Reads all bytes of a text, finds whether its encoding holds, and keeps to the limits.
final class Judgement {
    private static final int BUFFER = 1 << 16;

    private final Encoding announced;
    private final Limits limits;
    private final int longest;
    private final CharsetDecoder decoder;
    private final CharBuffer chars = CharBuffer.allocate(BUFFER);
    private boolean valid = true;
    private long total;
    private long line = 1;
    private int lineLength;
    private int last;

    /// @param longest line, in characters
    Judgement(Encoding announced, Limits limits, int longest) {
        this.announced = announced;
        this.limits = limits;
        this.longest = longest;
        decoder = announced.strict();
    }

    /// @return whether it is in the announced encoding
    boolean holds(InputStream in) throws IOException {
        boolean wide = announced.isWide();
        byte[] buffer = new byte[BUFFER];
        ByteBuffer bytes = ByteBuffer.wrap(buffer);
        in.skipNBytes(announced.bom());
        total = announced.bom();
        int kept = 0;
        int count;
        while ((count = in.read(buffer, kept, buffer.length - kept)) >= 0) {
            total += count;
            checkSize();
            if (!wide) {
                countBytes(buffer, kept, kept + count);
            }
            bytes.position(0).limit(kept + count);
            decode(bytes, wide, false);
            kept = bytes.remaining();
            bytes.compact();
        }
        bytes.position(0).limit(kept);
        decode(bytes, wide, true);
        return valid;
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
            if (wide) {
                throw new FileRejectedException(
                        FileCode.BAD_ENCODING, Sentence.of("bad_encoding.announced", announced.label(), line));
            }
            valid = false;
            bytes.position(bytes.limit());
        }
    }

    private void countBytes(byte[] buffer, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            byte unit = buffer[i];
            if (unit > '\r' && lineLength < longest) {
                lineLength++;
                last = unit;
            } else {
                count(unit);
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
        } else if (++lineLength > longest) {
            throw new FileRejectedException(FileCode.TOO_LARGE, Sentence.of("too_large.line", line, longest));
        }
        last = unit;
    }

    private void checkSize() throws IOException {
        if (total > limits.bytes()) {
            throw new FileRejectedException(FileCode.TOO_LARGE, Sentence.of("too_large.file", limits.bytes()));
        }
    }
}
