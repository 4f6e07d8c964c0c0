package clientkpis.kpi;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// A tenant's clients are spread over 16 shards, so that a tenant is not limited to one partition of a table.
public final class Shards {
    public static final int COUNT = 16;

    private Shards() {}

    /// The shard of a client, 0 to 15; it never changes.
    public static int of(String clientId) {
        byte[] bytes = clientId.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    /// The same of an id in UTF-8.
    public static int of(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) (crc.getValue() & (COUNT - 1));
    }
}
