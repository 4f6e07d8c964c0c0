package clientkpis.store.packed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what [PackedReader] reads: numbers seven bits at a time, the lowest first, and everything else by them.
final class PackedWriter {
    /// Words that take one byte. The list belongs to the format, as the dictionary does: a new word is written as text.
    static final List<String> WORDS = List.of(
            "risk", "opportunity", "neutral", "red", "yellow", "green", "upload", "daily", "configuration", "override");

    private final Buffer bytes = new Buffer(1024);
    private final Buffer noise = new Buffer(256);

    /// Bytes of one thread.
    private static final class Buffer {
        private byte[] bytes;
        private int size;

        Buffer(int expected) {
            bytes = new byte[expected];
        }

        void add(byte one) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * size);
            }
            bytes[size++] = one;
        }

        void add(byte[] some) {
            if (some.length > bytes.length - size) {
                bytes = Arrays.copyOf(bytes, 2 * size + some.length);
            }
            System.arraycopy(some, 0, bytes, size, some.length);
            size += some.length;
        }

        byte[] all() {
            return Arrays.copyOf(bytes, size);
        }
    }

    /// How much noise there is, the noise, and everything else deflated.
    byte[] packed(byte[] dictionary) {
        byte[] deflated = Deflated.pack(bytes(), dictionary);
        return new PackedWriter()
                .number(noise.size)
                .raw(noise.all())
                .raw(deflated)
                .bytes();
    }

    /// Everything but the noise.
    byte[] bytes() {
        return bytes.all();
    }

    /// Bytes that look random: among the others, they would make all of them larger.
    PackedWriter noise(byte... some) {
        noise.add(some);
        return this;
    }

    private PackedWriter raw(byte[] some) {
        bytes.add(some);
        return this;
    }

    /// One byte for a number from 0 to 127, two for one below 16,384.
    PackedWriter number(long number) {
        long left = number;
        while ((left & ~0x7FL) != 0) {
            bytes.add((byte) (left | 0x80));
            left >>>= 7;
        }
        bytes.add((byte) left);
        return this;
    }

    /// One byte for a number from -64 to 63.
    PackedWriter signed(long number) {
        return number(zigzag(number));
    }

    /// One byte for null and a number from -63 to 63.
    PackedWriter signedOrNull(@Nullable Long number) {
        return number(number == null ? 0 : zigzag(number) + 1);
    }

    /// The same, of a number whose last eight bits are noise.
    PackedWriter noisyOrNull(@Nullable Long number) {
        long code = number == null ? 0 : zigzag(number) + 1;
        number(code >>> Byte.SIZE);
        noise.add((byte) code);
        return this;
    }

    PackedWriter text(@Nullable String text) {
        if (text == null) {
            return number(0);
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return number(utf8.length + 1L).raw(utf8);
    }

    /// Null, one of [#WORDS], or any other text.
    PackedWriter word(@Nullable String word) {
        if (word == null) {
            return number(0);
        }
        int place = WORDS.indexOf(word);
        return place < 0 ? number(1).text(word) : number(place + 2L);
    }

    /// The scale, and the digits as a whole number.
    PackedWriter decimal(@Nullable BigDecimal decimal) {
        if (decimal == null) {
            return number(0);
        }
        BigInteger digits = decimal.unscaledValue();
        boolean isLong = digits.bitLength() < Long.SIZE;
        number(2 * zigzag(decimal.scale()) + (isLong ? 1 : 2));
        if (isLong) {
            return signed(digits.longValue());
        }
        byte[] all = digits.toByteArray();
        return number(all.length).raw(all);
    }

    /// 0, -1, 1, -2, 2 as 0, 1, 2, 3, 4.
    private static long zigzag(long number) {
        return (number << 1) ^ (number >> 63);
    }
}
