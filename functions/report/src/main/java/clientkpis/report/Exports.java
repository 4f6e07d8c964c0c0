package clientkpis.report;

import clientkpis.aws.DataBucket;
import clientkpis.aws.Dynamo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Opens exported objects for one report, which reads those of its day several times. Small ones are kept from the
/// first time, so that those of a portfolio of some thousand clients are fetched once.
final class Exports {
    private static final int SMALL = 256 << 10;
    /// How many bytes are kept at most, of all together.
    private static final int KEPT = 8 << 20;

    private final DataBucket bucket;
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final AtomicInteger length = new AtomicInteger();

    Exports(DataBucket bucket) {
        this.bucket = bucket;
    }

    /// Fetches objects at once, which are small.
    void fetch(List<String> keys) {
        Dynamo.forEach(keys, key -> {
            try {
                open(key).close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    InputStream open(String key) throws IOException {
        byte[] before = kept.get(key);
        if (before != null) {
            return new ByteArrayInputStream(before);
        }
        InputStream object = bucket.open(key, null);
        byte[] first = object.readNBytes(SMALL + 1);
        if (first.length > SMALL) {
            return new SequenceInputStream(new ByteArrayInputStream(first), object);
        }
        object.close();
        if (length.addAndGet(first.length) <= KEPT) {
            kept.put(key, first);
        }
        return new ByteArrayInputStream(first);
    }
}
