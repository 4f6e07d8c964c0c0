package clientkpis.aws;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Objects of the bucket whose keys have the same prefix, as one listing found them. What this process has read before
/// is not read again as long as its ETag is the same.
public final class ListedObjects {
    /// An object as it was read.
    static final class Content {
        private final String tag;
        private final byte[] bytes;

        /// @param tag the ETag of these bytes
        Content(String tag, byte[] bytes) {
            this.tag = tag;
            this.bytes = bytes;
        }

        String tag() {
            return tag;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /// What a process has read: the latest, up to a number of bytes together.
    static final class Read {
        private static final int LARGEST = 8 << 20;

        private final Map<String, Content> contents = new LinkedHashMap<>(16, 0.75f, true);
        private int length;

        synchronized @Nullable Content find(String key) {
            return contents.get(key);
        }

        synchronized void keep(String key, Content content) {
            Content before = contents.put(key, content);
            length += content.bytes.length - (before == null ? 0 : before.bytes.length);
            Iterator<Content> eldest = contents.values().iterator();
            while (length > LARGEST) {
                length -= eldest.next().bytes.length;
                eldest.remove();
            }
        }
    }

    private final String prefix;
    private final SortedMap<String, String> tags;
    private final Function<String, Optional<Content>> bucket;
    private final Read read;

    /// @param tags what follows the prefix in a key to the object's ETag
    ListedObjects(
            String prefix, SortedMap<String, String> tags, Function<String, Optional<Content>> bucket, Read read) {
        this.prefix = prefix;
        this.tags = tags;
        this.bucket = bucket;
        this.read = read;
    }

    /// What follows the prefix in the keys, ascending.
    public Set<String> names() {
        return Collections.unmodifiableSet(tags.keySet());
    }

    /// @param name what follows the prefix in the key
    /// @return empty if the object was not listed, or is gone since
    public Optional<byte[]> get(String name) {
        String tag = tags.get(name);
        if (tag == null) {
            return Optional.empty();
        }
        String key = prefix + name;
        Content before = read.find(key);
        if (before != null && before.tag.equals(tag)) {
            return Optional.of(before.bytes);
        }
        Optional<Content> now = bucket.apply(key);
        now.ifPresent(content -> read.keep(key, content));
        return now.map(Content::bytes);
    }
}
