package clientkpis.aws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The objects of the data bucket with all their versions, for whoever must leave none behind. It walks through the
/// keys in pieces, from any key on.
public final class VersionedObjects {
    private static final int NOT_FOUND = 404;
    private static final int ATTEMPTS = 5;
    private static final int VERSIONS = 1_000;
    /// The order of keys.
    private static final Comparator<String> CODE_POINTS = (one, other) ->
            Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    private final Supplier<S3Client> s3;
    private final String bucket;
    private final DataBucket objects;

    public VersionedObjects(Supplier<S3Client> s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
        objects = new DataBucket(s3, bucket);
    }

    /// Some keys that begin with a prefix and come after `after`, ascending; none at the end.
    public List<String> keys(String prefix, String after, int limit) {
        return s3
                .get()
                .listObjectsV2(
                        l -> l.bucket(bucket).prefix(prefix).startAfter(after).maxKeys(limit))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    /// What is made of an object.
    @FunctionalInterface
    public interface Rewriting {
        /// @return empty to leave it as it is
        Optional<byte[]> of(byte[] object) throws IOException;
    }

    /// Replaces the content of an object and deletes the version before; type and metadata are kept. If somebody else
    /// writes the object meanwhile, that one is rewritten.
    ///
    /// @return whether it was rewritten; not if it is gone
    public boolean rewrite(String key, Rewriting rewriting) throws IOException {
        // An attempt whose answer was lost may have replaced one, too.
        Set<String> replaced = new LinkedHashSet<>();
        for (int attempt = 1; ; attempt++) {
            ResponseBytes<GetObjectResponse> read;
            try {
                read = s3.get().getObjectAsBytes(g -> g.bucket(bucket).key(key));
            } catch (NoSuchKeyException e) {
                return false;
            }
            GetObjectResponse before = read.response();
            Optional<byte[]> after = rewriting.of(read.asByteArrayUnsafe());
            boolean written = after.isPresent()
                    && putIf(before.eTag(), key, after.get(), before.contentType(), before.metadata());
            if (after.isPresent()) {
                replaced.add(before.versionId());
            }
            if (written || after.isEmpty()) {
                replaced.forEach(version -> deleteVersion(key, version));
                return !replaced.isEmpty();
            }
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("An object kept being written by others");
            }
            Backoff.pause(attempt);
        }
    }

    /// One version of an object, or the marker of a deletion.
    public record Version(String key, String id, boolean isNewest, boolean isMarker, long size, Instant modified) {}

    /// @param next after which key to go on; null at the end
    public record Versions(List<Version> versions, @Nullable String next) {}

    /// About `limit` versions of the objects whose keys begin with a prefix and come after `after`: of each object all
    /// of them.
    public Versions versions(String prefix, String after, int limit) {
        List<Version> found = new ArrayList<>();
        ListObjectVersionsResponse page = null;
        String last = "";
        do {
            String key = page == null ? after : page.nextKeyMarker();
            String version = page == null ? null : page.nextVersionIdMarker();
            page = s3.get()
                    .listObjectVersions(l -> l.bucket(bucket)
                            .prefix(prefix)
                            .keyMarker(key.isEmpty() ? null : key)
                            .versionIdMarker(version)
                            .maxKeys(limit));
            page.versions()
                    .forEach(v -> found.add(
                            new Version(v.key(), v.versionId(), v.isLatest(), false, v.size(), v.lastModified())));
            page.deleteMarkers()
                    .forEach(m ->
                            found.add(new Version(m.key(), m.versionId(), m.isLatest(), true, 0, m.lastModified())));
            found.sort(Comparator.comparing(Version::key, CODE_POINTS));
            last = found.isEmpty() ? "" : found.getLast().key();
        } while (page.isTruncated() && found.getFirst().key().equals(last));
        if (!page.isTruncated()) {
            return new Versions(List.copyOf(found), null);
        }
        // The last one may have more versions.
        String cut = last;
        found.removeIf(version -> version.key().equals(cut));
        return new Versions(List.copyOf(found), found.getLast().key());
    }

    /// Deletes one version of an object, unless it is gone.
    ///
    /// @param version null where the bucket keeps none
    public void deleteVersion(String key, @Nullable String version) {
        try {
            s3.get().deleteObject(d -> d.bucket(bucket).key(key).versionId(version));
        } catch (S3Exception e) {
            // Not from S3 itself, but from some that are like it.
            if (e.statusCode() != NOT_FOUND) {
                throw e;
            }
        }
    }

    /// Deletes an object with all its versions.
    public void deleteVersions(String key) {
        for (Version version : versions(key, "", VERSIONS).versions()) {
            if (version.key().equals(key)) {
                deleteVersion(key, version.id());
            }
        }
    }

    /// A text object, and what names exactly this state of it.
    public record Tagged(String text, String tag) {}

    public Optional<Tagged> tagged(String key) {
        return objects.content(key)
                .map(content -> new Tagged(new String(content.bytes(), StandardCharsets.UTF_8), content.tag()));
    }

    /// Writes an object unless somebody else has written it since it was read.
    ///
    /// @param tag null if it was not there
    /// @return whether it was written
    public boolean putOver(@Nullable String tag, String key, byte[] bytes, String contentType) {
        return putIf(tag, key, bytes, contentType, Map.of());
    }

    private boolean putIf(
            @Nullable String tag,
            String key,
            byte[] bytes,
            @Nullable String contentType,
            Map<String, String> metadata) {
        return objects.putIf(
                key, bytes, contentType, metadata, put -> put.ifMatch(tag).ifNoneMatch(tag == null ? "*" : null));
    }
}
