package clientkpis.reading.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// The encodings in which uploads are read.
public enum Encoding {
    UTF_8("UTF-8", StandardCharsets.UTF_8, 0),
    UTF_8_BOM("UTF-8 with BOM", StandardCharsets.UTF_8, 3),
    UTF_16LE("UTF-16LE", StandardCharsets.UTF_16LE, 2),
    UTF_16BE("UTF-16BE", StandardCharsets.UTF_16BE, 2),
    UTF_16LE_BARE("UTF-16LE", StandardCharsets.UTF_16LE, 0),
    UTF_16BE_BARE("UTF-16BE", StandardCharsets.UTF_16BE, 0),
    WINDOWS_1252("windows-1252", Charset.forName("windows-1252"), 0),
    /// The code page of DOS in western Europe and Brazil.
    DOS("IBM850", Charset.forName("IBM850"), 0),
    /// UTF-8 but for single lines, which are Windows-1252.
    MIXED("UTF-8", StandardCharsets.UTF_8, 0),
    MIXED_BOM("UTF-8 with BOM", StandardCharsets.UTF_8, 3);

    /// How many characters of the beginning show UTF-16.
    private static final int LOOKED_AT = 256;

    private final String label;
    private final Charset charset;
    private final int bom;

    Encoding(String label, Charset charset, int bom) {
        this.label = label;
        this.charset = charset;
        this.bom = bom;
    }

    /// As receipts name it.
    public String label() {
        return label;
    }

    public Charset charset() {
        return charset;
    }

    /// The length of its byte order mark, in bytes.
    int bom() {
        return bom;
    }

    /// Whether a character has two bytes.
    public boolean isWide() {
        return charset.equals(StandardCharsets.UTF_16LE) || charset.equals(StandardCharsets.UTF_16BE);
    }

    boolean isMixed() {
        return this == MIXED || this == MIXED_BOM;
    }

    CharsetDecoder strict() {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /// @param in begins with the byte order mark, if there is one
    Reader reader(InputStream in) throws IOException {
        in.skipNBytes(bom);
        return isMixed() ? new MixedLines(in) : new InputStreamReader(in, strict());
    }

    /// The encoding that the first bytes announce by a byte order mark, or by every other byte being zero; else UTF-8
    /// until the file disproves it.
    public static Encoding announcedBy(byte[] start, int length) {
        if (length >= 3 && start[0] == (byte) 0xef && start[1] == (byte) 0xbb && start[2] == (byte) 0xbf) {
            return UTF_8_BOM;
        }
        if (length >= 2 && start[0] == (byte) 0xff && start[1] == (byte) 0xfe) {
            return UTF_16LE;
        }
        if (length >= 2 && start[0] == (byte) 0xfe && start[1] == (byte) 0xff) {
            return UTF_16BE;
        }
        int units = Math.min(length / 2, LOOKED_AT);
        int first = zeros(start, 0, units);
        int second = zeros(start, 1, units);
        if (units >= 2 && first == 0 && second * 4 >= units * 3) {
            return UTF_16LE_BARE;
        }
        return units >= 2 && second == 0 && first * 4 >= units * 3 ? UTF_16BE_BARE : UTF_8;
    }

    private static int zeros(byte[] start, int from, int units) {
        int zeros = 0;
        for (int i = 0; i < units; i++) {
            zeros += start[2 * i + from] == 0 ? 1 : 0;
        }
        return zeros;
    }
}
