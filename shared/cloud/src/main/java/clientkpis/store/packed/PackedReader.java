package clientkpis.store.packed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what [PackedWriter] wrote, in the same order.
final class PackedReader {
    private final ByteBuffer bytes;
    private final ByteBuffer noise;

    PackedReader(byte[] packed, byte[] dictionary) {
        PackedReader head = new PackedReader(packed);
        noise = ByteBuffer.wrap(head.raw(head.count()));
        bytes = ByteBuffer.wrap(Deflated.unpack(head.raw(head.bytes.remaining()), dictionary));
    }

    private PackedReader(byte[] plain) {
        bytes = ByteBuffer.wrap(plain);
        noise = ByteBuffer.allocate(0);
    }

    /// Everything but the noise.
    byte[] all() {
        return bytes.array();
    }

    byte[] noise(int length) {
        return take(noise, length);
    }

    private byte[] raw(int length) {
        return take(bytes, length);
    }

    private static byte[] take(ByteBuffer from, int length) {
        Objects.checkFromIndexSize(0, length, from.remaining());
        byte[] some = new byte[length];
        from.get(some);
        return some;
    }

    long number() {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    /// A number of what follows.
    int count() {
        return Math.toIntExact(number());
    }

    long signed() {
        return signed(number());
    }

    @Nullable
    Long signedOrNull() {
        return signedOrNull(number());
    }

    @Nullable
    Long noisyOrNull() {
        return signedOrNull((number() << Byte.SIZE) | Byte.toUnsignedLong(noise.get()));
    }

    private static @Nullable Long signedOrNull(long code) {
        return code == 0 ? null : (Long) signed(code - 1);
    }

    private static long signed(long number) {
        return (number >>> 1) ^ -(number & 1);
    }

    @Nullable
    String textOrNull() {
        int length = count() - 1;
        return length < 0 ? null : new String(raw(length), StandardCharsets.UTF_8);
    }

    String text() {
        return Objects.requireNonNull(textOrNull());
    }

    @Nullable
    String wordOrNull() {
        int place = count();
        return place == 0 ? null : place == 1 ? text() : PackedWriter.WORDS.get(place - 2);
    }

    String word() {
        return Objects.requireNonNull(wordOrNull());
    }

    @Nullable
    BigDecimal decimal() {
        long header = number() - 1;
        if (header < 0) {
            return null;
        }
        BigInteger digits = (header & 1) == 0 ? BigInteger.valueOf(signed()) : new BigInteger(raw(count()));
        return new BigDecimal(digits, Math.toIntExact(signed(header >> 1)));
    }

    /// What is read that many times, in order.
    <T> List<T> several(int times, Function<PackedReader, T> reading) {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(reading.apply(this));
        }
        return all;
    }
}
