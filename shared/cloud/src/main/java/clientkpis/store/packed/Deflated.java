package clientkpis.store.packed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// The packed form of what only the suite reads: raw deflate, without header and checksum.
public final class Deflated {
    private static final byte[] NO_DICTIONARY = {};

    private Deflated() {}

    public static byte[] pack(byte[] bytes) {
        return pack(bytes, NO_DICTIONARY);
    }

    /// @param dictionary what `bytes` are likely to have; what is unpacked needs the same
    static byte[] pack(byte[] bytes, byte[] dictionary) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setDictionary(dictionary);
        try {
            ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 3 + 32);
            try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
                out.write(bytes);
            }
            return packed.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
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
