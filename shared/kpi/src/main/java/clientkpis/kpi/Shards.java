package clientkpis.kpi;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// A tenant's clients are spread over 16 shards, so that a tenant is not limited to one partition of a table.
public final class Shards {
    public static final int COUNT = 16;

    private Shards() {}

    /// The shard of a client, 0 to 15; it never changes.
    public static int of(String clientId) {
        return ofUtf8(clientId.getBytes(StandardCharsets.UTF_8));
    }

    /// The same of an id in UTF-8.
    public static int ofUtf8(byte[] clientId) {
        CRC32 crc = new CRC32();
        crc.update(clientId);
        return (int) (crc.getValue() & (COUNT - 1));
    }
}
