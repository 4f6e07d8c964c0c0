package clientkpis.reading.bytes;

import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Decompresses gzip (RFC 1952) of one or several members and is strict about the end. `java.util.zip.GZIPInputStream`
/// takes a broken header of a later member, or garbage after the last one, for the end of the file: the rows after it
/// would be lost silently. Zeros after the last member are padding.
///
/// @implNote bytes that are wrong in any way throw [FileRejectedException] with `bad_gzip`
public final class GzipMembers extends InputStream {
    private static final byte[] MAGIC = {0x1f, (byte) 0x8b};
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final CRC32 headerChecksum = new CRC32();
    private long size;
    private int members;
    private boolean inMember;
    private boolean ended;

    public GzipMembers(InputStream in) {
        this.in = in;
    }

    /// @param start of a file
    public static boolean isAnnouncedBy(byte[] start) {
        return start.length >= MAGIC.length && start[0] == MAGIC[0] && start[1] == MAGIC[1];
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember && !nextMember()) {
                ended = true;
                break;
            }
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                size += count;
                return count;
            }
            if (inflater.finished()) {
                position = limit - inflater.getRemaining();
                trailer();
                inMember = false;
            } else if (inflater.needsInput()) {
                if (!fill()) {
                    throw cutShort();
                }
                inflater.setInput(buffer, position, limit - position);
                position = limit;
            } else {
                throw bad(Sentence.of("bad_gzip.dictionary"));
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw bad(Sentence.of("packed.damaged"));
        }
    }

    private boolean nextMember() throws IOException {
        int first = position < limit || fill() ? buffer[position++] & 0xff : -1;
        if (first < 0 && members > 0) {
            return false;
        }
        if (first == 0 && members > 0) {
            padding();
            return false;
        }
        headerChecksum.reset();
        if (first < 0) {
            throw bad(Sentence.of("bad_gzip.empty"));
        }
        headerChecksum.update(first);
        if (first != 0x1f || headerByte() != 0x8b || headerByte() != 8) {
            throw members == 0 ? bad(Sentence.of("bad_gzip.not_gzip")) : bad(Sentence.of("bad_gzip.after"));
        }
        header();
        members++;
        inMember = true;
        size = 0;
        checksum.reset();
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        position = limit;
        return true;
    }

    private void header() throws IOException {
        int flags = headerByte();
        if ((flags & RESERVED) != 0) {
            throw bad(Sentence.of("bad_gzip.header"));
        }
        for (int i = 0; i < 6; i++) {
            headerByte();
        }
        if ((flags & EXTRA) != 0) {
            int length = headerByte() | (headerByte() << 8);
            for (int i = 0; i < length; i++) {
                headerByte();
            }
        }
        for (int text : new int[] {NAME, COMMENT}) {
            if ((flags & text) != 0) {
                while (headerByte() != 0) {
                    // The text ends with a zero.
                }
            }
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            long computed = headerChecksum.getValue() & 0xffff;
            if (little(2) != computed) {
                throw bad(Sentence.of("bad_gzip.header_checksum"));
            }
        }
    }

    private void trailer() throws IOException {
        if (little(4) != checksum.getValue()) {
            throw bad(Sentence.of("bad_gzip.checksum"));
        }
        if (little(4) != (size & 0xffff_ffffL)) {
            throw bad(Sentence.of("bad_gzip.length"));
        }
    }

    private void padding() throws IOException {
        do {
            while (position < limit) {
                if (buffer[position++] != 0) {
                    throw bad(Sentence.of("bad_gzip.after"));
                }
            }
        } while (fill());
    }

    private long little(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (long) headerByte() << (8 * i);
        }
        return number;
    }

    private int headerByte() throws IOException {
        if (position == limit && !fill()) {
            throw cutShort();
        }
        int b = buffer[position++] & 0xff;
        headerChecksum.update(b);
        return b;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private static FileRejectedException cutShort() {
        return bad(Sentence.of("packed.cut_short"));
    }

    private static FileRejectedException bad(Sentence what) {
        return new FileRejectedException(FileCode.BAD_GZIP, Sentence.of("bad_gzip", what));
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
