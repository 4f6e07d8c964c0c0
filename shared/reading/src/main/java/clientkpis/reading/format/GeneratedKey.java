package clientkpis.reading.format;

import clientkpis.reading.cell.Blank;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The id of a row that has none: a hash of the cells in which it differs from others. A hash is short whatever they
/// are, and does not carry an e-mail address into a key.
final class GeneratedKey {
    private static final int BYTES = 10;

    private GeneratedKey() {}

    /// @return null when all cells are blank
    static @Nullable String of(List<@Nullable String> cells) {
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        boolean blank = true;
        for (String cell : cells) {
            String text = cell == null ? "" : Blank.trim(cell);
            blank &= text.isEmpty();
            sha.update(text.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
        }
        return blank ? null : HexFormat.of().formatHex(sha.digest(), 0, BYTES);
    }
}
