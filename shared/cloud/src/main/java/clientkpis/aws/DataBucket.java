package clientkpis.aws;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The data bucket.
public final class DataBucket {
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private final S3Client s3;
    private final String bucket;

    public DataBucket(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// Opens an object.
    ///
    /// @param version null for the newest
    /// @throws NoSuchKeyException if there is no such object or version
    public InputStream open(String key, @Nullable String version) {
        try {
            ResponseInputStream<GetObjectResponse> stream =
                    s3.getObject(g -> g.bucket(bucket).key(key).versionId(version));
            return stream;
        } catch (S3Exception e) {
            // S3 answers with another code for a version that is gone, and the SDK has no exception for it.
            if (e.statusCode() == NOT_FOUND && !(e instanceof NoSuchKeyException)) {
                throw NoSuchKeyException.builder()
                        .message(e.getMessage())
                        .statusCode(NOT_FOUND)
                        .cause(e)
                        .build();
            }
            throw e;
        }
    }

    public Optional<byte[]> get(String key) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(g -> g.bucket(bucket).key(key)).asByteArrayUnsafe());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    public void put(String key, byte[] bytes, String contentType) {
        s3.putObject(p -> p.bucket(bucket).key(key).contentType(contentType), RequestBody.fromBytes(bytes));
    }

    public void put(String key, Path file, String contentType) {
        s3.putObject(p -> p.bucket(bucket).key(key).contentType(contentType), file);
    }

    /// Writes an object unless it exists.
    ///
    /// @param metadata kept with the object
    /// @return whether it was written
    public boolean putIfAbsent(String key, byte[] bytes, String contentType, Map<String, String> metadata) {
        try {
            s3.putObject(
                    p -> p.bucket(bucket)
                            .key(key)
                            .contentType(contentType)
                            .metadata(metadata)
                            .ifNoneMatch("*"),
                    RequestBody.fromBytes(bytes));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /// Writes an object unless an earlier attempt wrote it: the first result is kept.
    ///
    /// @return the metadata of the object that is kept
    public Map<String, String> putFirst(String key, byte[] bytes, String contentType, Map<String, String> metadata) {
        return putIfAbsent(key, bytes, contentType, metadata)
                ? metadata
                : s3.headObject(h -> h.bucket(bucket).key(key)).metadata();
    }

    /// Copies an object onto itself, so that S3 emits `Object Created` again. Does nothing if there is no such object.
    public void touch(String key) {
        try {
            s3.copyObject(c -> c.sourceBucket(bucket)
                    .sourceKey(key)
                    .destinationBucket(bucket)
                    .destinationKey(key)
                    .metadataDirective("REPLACE")
                    .metadata(Map.of()));
        } catch (NoSuchKeyException e) {
            // Writing it will emit the event.
        }
    }

    public void delete(String key) {
        s3.deleteObject(d -> d.bucket(bucket).key(key));
    }

    /// The keys that begin with a prefix, ascending.
    public List<String> keys(String prefix) {
        return s3.listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /// Replaces the content of an object; its type and metadata are kept.
    public void replace(String key, byte[] bytes) {
        HeadObjectResponse head = s3.headObject(h -> h.bucket(bucket).key(key));
        s3.putObject(
                p -> p.bucket(bucket).key(key).contentType(head.contentType()).metadata(head.metadata()),
                RequestBody.fromBytes(bytes));
    }

    /// Deletes an object with all its versions.
    public void deleteVersions(String key) {
        deleteVersions(
                key,
                version -> version.key().equals(key),
                marker -> marker.key().equals(key));
    }

    /// Deletes the versions of the objects under a prefix that are not the newest.
    public void deleteOldVersions(String prefix) {
        deleteVersions(prefix, version -> !version.isLatest(), marker -> true);
    }

    private void deleteVersions(
            String prefix, Predicate<ObjectVersion> versions, Predicate<DeleteMarkerEntry> markers) {
        var pages = s3.listObjectVersionsPaginator(l -> l.bucket(bucket).prefix(prefix));
        pages.versions().stream()
                .filter(versions)
                .forEach(version ->
                        s3.deleteObject(d -> d.bucket(bucket).key(version.key()).versionId(version.versionId())));
        pages.deleteMarkers().stream()
                .filter(markers)
                .forEach(marker ->
                        s3.deleteObject(d -> d.bucket(bucket).key(marker.key()).versionId(marker.versionId())));
    }
}
