package clientkpis.suite;

import clientkpis.store.packed.ClientCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/// Bytes as text, and as what is compressed in them.
public final class Opened {
    private static final Pattern PACKED = Pattern.compile("<script type=\"text/plain\"[^>]*>([^<]+)</script>");

    private Opened() {}

    public static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(new String(bytes, StandardCharsets.ISO_8859_1));
        text.append(unpacked(text.toString()));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            for (boolean bare : new boolean[] {true, false}) {
                text.append(inflated(bytes, bare));
            }
            text.append(client(bytes));
        }
        return text.toString();
    }

    /// The data that a page holds, compressed or not.
    private static String unpacked(String page) {
        StringBuilder text = new StringBuilder();
        for (Matcher data = PACKED.matcher(page); data.find(); ) {
            byte[] bytes = Base64.getDecoder().decode(data.group(1));
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.append(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    private static String client(byte[] bytes) {
        try {
            return new String(ClientCodec.unpacked(bytes), StandardCharsets.UTF_8);
        } catch (UncheckedIOException | IndexOutOfBoundsException | ArithmeticException | BufferUnderflowException e) {
            return "";
        }
    }

    private static String inflated(byte[] bytes, boolean bare) {
        Inflater inflater = new Inflater(bare);
        try {
            inflater.setInput(bytes);
            byte[] out = new byte[1 << 20];
            return new String(out, 0, inflater.inflate(out), StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            return "";
        } finally {
            inflater.end();
        }
    }
}
