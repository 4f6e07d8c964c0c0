package clientkpis.cloud;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The data bucket.
public final class DataBucket {
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private final S3Client s3;
    private final String bucket;

    public DataBucket(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// An object as a stream; `version` null for the newest.
    ///
    /// @throws NoSuchKeyException when there is none
    public InputStream open(String key, @Nullable String version) {
        ResponseInputStream<GetObjectResponse> stream =
                s3.getObject(g -> g.bucket(bucket).key(key).versionId(version));
        return stream;
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

    /// Writes an object that nobody wrote yet.
    ///
    /// @param metadata that is read back with [#metadata(String)]
    /// @return false when there was one
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

    public Map<String, String> metadata(String key) {
        return s3.headObject(h -> h.bucket(bucket).key(key)).metadata();
    }

    /// Copies an object onto itself, so that its creation is told again.
    public void touch(String key) {
        s3.copyObject(c -> c.sourceBucket(bucket)
                .sourceKey(key)
                .destinationBucket(bucket)
                .destinationKey(key)
                .metadataDirective("REPLACE")
                .metadata(Map.of()));
    }

    public void delete(String key) {
        s3.deleteObject(d -> d.bucket(bucket).key(key));
    }
}
