package clientkpis.reading.bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// Text in which every line is UTF-8 or, where it is not, Windows-1252.
final class MixedLines extends Reader {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private String line = "";
    private int at;

    MixedLines(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == line.length() && !nextLine()) {
            return -1;
        }
        int count = Math.min(length, line.length() - at);
        line.getChars(at, at + count, target, offset);
        at += count;
        return count;
    }

    /// The next line with its line break.
    private boolean nextLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean ended = false;
        while (!ended && (position < limit || fill())) {
            int begin = position;
            while (position < limit && !ended) {
                byte b = buffer[position++];
                ended = b == '\n' || b == '\r';
            }
            bytes.write(buffer, begin, position - begin);
        }
        line = decoded(bytes.toByteArray());
        at = 0;
        return !line.isEmpty();
    }

    private static String decoded(byte[] bytes) throws IOException {
        try {
            return Encoding.UTF_8.strict().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return Encoding.WINDOWS_1252.strict().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
