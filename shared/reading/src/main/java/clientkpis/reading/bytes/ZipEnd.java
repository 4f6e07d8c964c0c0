package clientkpis.reading.bytes;

import clientkpis.receipt.Sentence;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Keeps the last bytes of a zip, where its directory ends. A zip that is cut between two entries would else seem
/// whole.
final class ZipEnd extends FilterInputStream {
    private static final int RECORD = 22;
    private static final int COMMENT = 0xffff;
    private static final int UNTOLD = 0xffff;

    private final byte[] ring = new byte[1 << 17];
    private long read;

    ZipEnd(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, Math.min(length, ring.length));
        if (count > 0) {
            int at = (int) (read % ring.length);
            int first = Math.min(count, ring.length - at);
            System.arraycopy(target, offset, ring, at, first);
            System.arraycopy(target, offset + first, ring, 0, count - first);
            read += count;
        }
        return count;
    }

    /// Reads what is left, and looks for the end of the directory.
    ///
    /// @param entries how many were read
    /// @throws FileRejectedException `bad_zip`
    void check(int entries) throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (read(buffer, 0, buffer.length) >= 0) {
            // Only the last bytes matter.
        }
        for (long at = read - RECORD; at >= Math.max(0, read - RECORD - COMMENT); at--) {
            if (little(at, 4) == 0x0605_4b50L && at + RECORD + little(at + 20, 2) == read) {
                long told = little(at + 10, 2);
                if (told != UNTOLD && told != entries) {
                    throw Zip.bad(Sentence.count(entries, "bad_zip.entries", entries, told));
                }
                return;
            }
        }
        throw Zip.bad(Sentence.of("packed.cut_short"));
    }

    private long little(long at, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (ring[(int) ((at + i) % ring.length)] & 0xffL) << (8 * i);
        }
        return number;
    }
}
