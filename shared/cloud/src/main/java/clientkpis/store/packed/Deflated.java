package clientkpis.store.packed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// The packed form of what only the suite reads: raw deflate, without header and checksum.
public final class Deflated {
    private static final byte[] NO_DICTIONARY = {};
    /// As many as ever were in use at once: each has a quarter of a megabyte, and takes half its time to get it.
    private static final Queue<Deflater> FREE = new ConcurrentLinkedQueue<>();

    private Deflated() {}

    public static byte[] pack(byte[] bytes) {
        return pack(bytes, NO_DICTIONARY);
    }

    /// @param dictionary what `bytes` are likely to have; what is unpacked needs the same
    static byte[] pack(byte[] bytes, byte[] dictionary) {
        Deflater free = FREE.poll();
        Deflater deflater = free == null ? new Deflater(Deflater.DEFAULT_COMPRESSION, true) : free;
        deflater.setDictionary(dictionary);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] packed = new byte[bytes.length / 2 + 64];
        int size = 0;
        while (true) {
            size += deflater.deflate(packed, size, packed.length - size);
            if (deflater.finished()) {
                break;
            }
            packed = Arrays.copyOf(packed, 2 * packed.length);
        }
        deflater.reset();
        FREE.add(deflater);
        return Arrays.copyOf(packed, size);
    }

    public static byte[] unpack(byte[] packed) {
        return unpack(packed, NO_DICTIONARY);
    }

    static byte[] unpack(byte[] packed, byte[] dictionary) {
        return read(packed, dictionary, in -> {
            try {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// What is read from the beginning of the unpacked bytes; only these are unpacked.
    public static <T> T read(byte[] packed, Function<InputStream, T> reading) {
        return read(packed, NO_DICTIONARY, reading);
    }

    private static <T> T read(byte[] packed, byte[] dictionary, Function<InputStream, T> reading) {
        Inflater inflater = new Inflater(true);
        inflater.setDictionary(dictionary);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed), inflater)) {
            return reading.apply(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            inflater.end();
        }
    }
}
