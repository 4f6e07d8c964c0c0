package clientkpis.aws;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The data bucket.
public final class DataBucket {
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final int ATTEMPTS = 5;

    private final Supplier<S3Client> s3;
    private final String bucket;
    private final ListedObjects.Read read = new ListedObjects.Read();

    public DataBucket(Supplier<S3Client> s3, String bucket) {
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
                    s3.get().getObject(g -> g.bucket(bucket).key(key).versionId(version));
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
        return content(key).map(ListedObjects.Content::bytes);
    }

    /// An object with its ETag.
    Optional<ListedObjects.Content> content(String key) {
        try {
            ResponseBytes<GetObjectResponse> got =
                    s3.get().getObjectAsBytes(g -> g.bucket(bucket).key(key));
            return Optional.of(new ListedObjects.Content(got.response().eTag(), got.asByteArrayUnsafe()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    public void put(String key, byte[] bytes, String contentType) {
        s3.get().putObject(p -> p.bucket(bucket).key(key).contentType(contentType), RequestBody.fromBytes(bytes));
    }

    public void put(String key, Path file, String contentType) {
        s3.get().putObject(p -> p.bucket(bucket).key(key).contentType(contentType), file);
    }

    /// Writes an object unless it exists.
    ///
    /// @param metadata kept with the object
    /// @return whether it was written
    public boolean putIfAbsent(String key, byte[] bytes, String contentType, Map<String, String> metadata) {
        return putIf(key, bytes, contentType, metadata, put -> put.ifNoneMatch("*"));
    }

    /// @param condition of the write
    /// @return false if it does not hold, also because somebody else is just writing
    boolean putIf(
            String key,
            byte[] bytes,
            @Nullable String contentType,
            Map<String, String> metadata,
            Consumer<PutObjectRequest.Builder> condition) {
        try {
            s3.get()
                    .putObject(
                            p -> condition.accept(p.bucket(bucket)
                                    .key(key)
                                    .contentType(contentType)
                                    .metadata(metadata)),
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
        return putIfAbsent(key, bytes, contentType, metadata) ? metadata : metadata(key);
    }

    /// The metadata of an object.
    public Map<String, String> metadata(String key) {
        return s3.get().headObject(h -> h.bucket(bucket).key(key)).metadata();
    }

    /// Writes an object unless the one that is there is to stay.
    ///
    /// @param metadata kept with the object
    /// @param stays judges the metadata of the one that is there
    /// @throws IllegalStateException if others kept writing it at the same time
    public void putUnless(
            String key,
            byte[] bytes,
            String contentType,
            Map<String, String> metadata,
            Predicate<Map<String, String>> stays) {
        for (int attempt = 1; !putIfAbsent(key, bytes, contentType, metadata); attempt++) {
            HeadObjectResponse there = s3.get().headObject(h -> h.bucket(bucket).key(key));
            if (stays.test(there.metadata())
                    || putIf(key, bytes, contentType, metadata, put -> put.ifMatch(there.eTag()))) {
                return;
            }
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("An object kept being written by others");
            }
            Backoff.pause(attempt);
        }
    }

    /// Copies an object.
    ///
    /// @throws NoSuchKeyException if there is no such object
    public void copy(String from, String to) {
        s3.get()
                .copyObject(c -> c.sourceBucket(bucket)
                        .sourceKey(from)
                        .destinationBucket(bucket)
                        .destinationKey(to));
    }

    public void delete(String key) {
        s3.get().deleteObject(d -> d.bucket(bucket).key(key));
    }

    /// The keys that begin with a prefix, ascending.
    public List<String> keys(String prefix) {
        return s3.get().listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /// The keys that begin with a prefix, ascending.
    ///
    /// @param from of the keys
    /// @param end above the keys
    public List<String> keys(String prefix, String from, String end) {
        return s3
                .get()
                .listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix).startAfter(from))
                .contents()
                .stream()
                .map(S3Object::key)
                .takeWhile(key -> key.compareTo(end) < 0)
                .toList();
    }

    /// The objects whose keys begin with a prefix, to be read where they have changed since this process read them.
    public ListedObjects listed(String prefix) {
        SortedMap<String, String> tags = new TreeMap<>();
        s3.get()
                .listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix))
                .contents()
                .forEach(object -> tags.put(object.key().substring(prefix.length()), object.eTag()));
        return new ListedObjects(prefix, tags, this::content, read);
    }

    /// The prefixes of the keys that begin with `prefix`, each to its next slash.
    public List<String> folders(String prefix) {
        return s3
                .get()
                .listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix).delimiter("/"))
                .commonPrefixes()
                .stream()
                .map(CommonPrefix::prefix)
                .toList();
    }
}
