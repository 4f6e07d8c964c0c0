package clientkpis.reading.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The encodings in which uploads are read.
enum Encoding {
    UTF_8("UTF-8", StandardCharsets.UTF_8, 0),
    UTF_8_BOM("UTF-8 with BOM", StandardCharsets.UTF_8, 3),
    UTF_16LE("UTF-16LE", StandardCharsets.UTF_16LE, 2),
    UTF_16BE("UTF-16BE", StandardCharsets.UTF_16BE, 2),
    WINDOWS_1252("windows-1252", Charset.forName("windows-1252"), 0);

    private final String label;
    private final Charset charset;
    private final int bom;

    Encoding(String label, Charset charset, int bom) {
        this.label = label;
        this.charset = charset;
        this.bom = bom;
    }

    /// As receipts name it.
    String label() {
        return label;
    }

    Charset charset() {
        return charset;
    }

    /// The length of its byte order mark, in bytes.
    int bom() {
        return bom;
    }

    /// The encoding that the first bytes announce by a byte order mark; without one, UTF-8 until the file disproves it.
    static Encoding announcedBy(byte[] start, int length) {
        if (length >= 3 && start[0] == (byte) 0xef && start[1] == (byte) 0xbb && start[2] == (byte) 0xbf) {
            return UTF_8_BOM;
        }
        if (length >= 2 && start[0] == (byte) 0xff && start[1] == (byte) 0xfe) {
            return UTF_16LE;
        }
        if (length >= 2 && start[0] == (byte) 0xfe && start[1] == (byte) 0xff) {
            return UTF_16BE;
        }
        return UTF_8;
    }
}
