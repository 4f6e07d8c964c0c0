package clientkpis.upload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Short names for names that are long or personal.
public final class Hash {
    private Hash() {}

    /// The first `digits` hexadecimal digits of the SHA-256 of `text`.
    public static String of(String text, int digits) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, digits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /// `text` itself, or a prefix and a hash of it if its UTF-8 is longer than `bytes`.
    public static String shortened(String text, int bytes) {
        if (text.length() * 3 <= bytes || text.getBytes(StandardCharsets.UTF_8).length <= bytes) {
            return text;
        }
        int end = text.offsetByCodePoints(0, bytes / 4 - 16);
        return text.substring(0, end) + "~" + of(text, 32);
    }
}
