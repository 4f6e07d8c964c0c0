package clientkpis.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/// A style or script that a page contains.
///
/// @param hash by which the page's content security policy allows it
public record PagePart(String text, String hash) {
    public static PagePart of(String text) {
        try {
            return new PagePart(
                    text,
                    Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A resource of a page's own module.
    public static String resource(Class<?> page, String name) {
        try (InputStream in = Objects.requireNonNull(page.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
