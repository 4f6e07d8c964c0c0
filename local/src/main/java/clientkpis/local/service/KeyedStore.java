package clientkpis.local.service;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.SdkResponses;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// Takes any key, as S3 does, over a store that takes paths of files: each object is at the path of its key, and lists
/// are made here.
///
/// One class, because each method is the store's method of the same name, with keys for paths.
final class KeyedStore extends ForwardingBlobStore {
    private static final int PAGE = 1_000;

    KeyedStore(BlobStore paths) {
        super(paths);
    }

    @Override
    public boolean blobExists(String bucket, String key) {
        return super.blobExists(bucket, ObjectKey.path(key));
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        return super.putBlob(
                request.toBuilder().key(ObjectKey.path(request.key())).build(), content);
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        return super.copyBlob(request.toBuilder()
                .sourceKey(ObjectKey.path(request.sourceKey()))
                .destinationKey(ObjectKey.path(request.destinationKey()))
                .build());
    }

    @Override
    public @Nullable HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        return super.blobMetadata(
                request.toBuilder().key(ObjectKey.path(request.key())).build());
    }

    @Override
    public @Nullable ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        return super.getBlob(
                request.toBuilder().key(ObjectKey.path(request.key())).build());
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return super.removeBlob(
                request.toBuilder().key(ObjectKey.path(request.key())).build());
    }

    @Override
    public ObjectCannedACL getBlobAccess(String bucket, String key) {
        return super.getBlobAccess(bucket, ObjectKey.path(key));
    }

    @Override
    public ObjectCannedACL getBlobAccess(String bucket, String key, @Nullable String version) {
        return super.getBlobAccess(bucket, ObjectKey.path(key), version);
    }

    @Override
    public GetObjectAclResponse getBlobAcl(GetObjectAclRequest request) {
        return super.getBlobAcl(
                request.toBuilder().key(ObjectKey.path(request.key())).build());
    }

    @Override
    public void setBlobAccess(String bucket, String key, ObjectCannedACL access) {
        super.setBlobAccess(bucket, ObjectKey.path(key), access);
    }

    @Override
    public void setBlobAccess(String bucket, String key, ObjectCannedACL access, @Nullable String version) {
        super.setBlobAccess(bucket, ObjectKey.path(key), access, version);
    }

    private static MultipartUpload atPath(MultipartUpload upload) {
        return new MultipartUpload(
                upload.id(),
                upload.request().toBuilder()
                        .key(ObjectKey.path(upload.blobName()))
                        .build(),
                upload.response());
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        MultipartUpload upload = super.initiateMultipartUpload(
                request.toBuilder().key(ObjectKey.path(request.key())).build());
        return new MultipartUpload(upload.id(), request, upload.response());
    }

    @Override
    public void abortMultipartUpload(MultipartUpload upload) {
        super.abortMultipartUpload(atPath(upload));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return super.completeMultipartUpload(
                atPath(upload),
                request.toBuilder().key(ObjectKey.path(upload.blobName())).build());
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
            MultipartUpload upload, UploadPartRequest request, InputStream content) {
        return super.uploadMultipartPart(atPath(upload), request, content);
    }

    @Override
    public List<Part> listMultipartUpload(MultipartUpload upload) {
        return super.listMultipartUpload(atPath(upload));
    }

    @Override
    public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(String bucket) {
        return super.listMultipartUploads(bucket).stream()
                .map(upload ->
                        upload.toBuilder().key(ObjectKey.of(upload.key())).build())
                .toList();
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        String prefix = text(request.prefix());
        String delimiter = text(request.delimiter());
        String after = text(request.continuationToken() == null ? request.startAfter() : request.continuationToken());
        TreeMap<String, S3Object> objects = new TreeMap<>(ObjectKey.ORDER);
        TreeSet<String> names = new TreeSet<>(ObjectKey.ORDER);
        ListObjectsV2Request all = ListObjectsV2Request.builder()
                .bucket(request.bucket())
                .prefix(ObjectKey.folder(prefix))
                .build();
        for (S3Object object : super.list(all).contents()) {
            String key = ObjectKey.of(object.key());
            if (key.startsWith(prefix) && ObjectKey.ORDER.compare(key, after) > 0) {
                String common = common(key, prefix, delimiter);
                if (common == null) {
                    objects.put(key, object.toBuilder().key(key).build());
                    names.add(key);
                } else if (!common.equals(after)) {
                    // Else the page before ended with it.
                    names.add(common);
                }
            }
        }
        int most = request.maxKeys() == null ? PAGE : request.maxKeys();
        List<S3Object> contents = new ArrayList<>();
        List<CommonPrefix> prefixes = new ArrayList<>();
        String last = null;
        for (String name : names) {
            if (contents.size() + prefixes.size() == most) {
                return SdkResponses.objectsPage(contents, prefixes, last);
            }
            S3Object object = objects.get(name);
            if (object == null) {
                prefixes.add(SdkResponses.commonPrefix(name));
            } else {
                contents.add(object);
            }
            last = name;
        }
        return SdkResponses.objectsPage(contents, prefixes, null);
    }

    /// The beginning of a key that a list with a delimiter has in place of it; null where it has the key.
    private static @Nullable String common(String key, String prefix, String delimiter) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        return end < 0 ? null : key.substring(0, end + delimiter.length());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// A version of an object, or the marker of a deletion, whichever is not null.
    private record Version(
            String key,
            String id,
            Instant modified,
            @Nullable ObjectVersion object,
            @Nullable DeleteMarkerEntry marker) {
        /// Of one object the newest first.
        static final Comparator<Version> ORDER = Comparator.comparing(Version::key, ObjectKey.ORDER)
                .thenComparing(Version::modified, Comparator.reverseOrder());

        static Version of(ObjectVersion object) {
            String key = ObjectKey.of(object.key());
            return new Version(
                    key,
                    object.versionId(),
                    object.lastModified(),
                    object.toBuilder().key(key).build(),
                    null);
        }

        static Version of(DeleteMarkerEntry marker) {
            String key = ObjectKey.of(marker.key());
            return new Version(
                    key,
                    marker.versionId(),
                    marker.lastModified(),
                    null,
                    marker.toBuilder().key(key).build());
        }
    }

    @Override
    public ListObjectVersionsResponse listVersions(ListObjectVersionsRequest request) {
        String prefix = text(request.prefix());
        String delimiter = text(request.delimiter());
        ListObjectVersionsResponse all = super.listVersions(ListObjectVersionsRequest.builder()
                .bucket(request.bucket())
                .prefix(ObjectKey.folder(prefix))
                .maxKeys(Integer.MAX_VALUE)
                .build());
        TreeSet<String> prefixes = new TreeSet<>(ObjectKey.ORDER);
        List<Version> versions = new ArrayList<>();
        Stream.concat(
                        all.versions().stream().map(Version::of),
                        all.deleteMarkers().stream().map(Version::of))
                .filter(version -> version.key.startsWith(prefix))
                .sorted(Version.ORDER)
                .forEach(version -> {
                    String common = common(version.key, prefix, delimiter);
                    if (common == null) {
                        versions.add(version);
                    } else {
                        prefixes.add(common);
                    }
                });
        int begin = begin(versions, text(request.keyMarker()), request.versionIdMarker());
        int end = Math.min(versions.size(), begin + (request.maxKeys() == null ? PAGE : request.maxKeys()));
        List<Version> page = versions.subList(begin, end);
        boolean isTruncated = end < versions.size() && !page.isEmpty();
        return ListObjectVersionsResponse.builder()
                .versions(page.stream()
                        .map(Version::object)
                        .filter(Objects::nonNull)
                        .toList())
                .deleteMarkers(page.stream()
                        .map(Version::marker)
                        .filter(Objects::nonNull)
                        .toList())
                .commonPrefixes(
                        prefixes.stream().map(SdkResponses::commonPrefix).toList())
                .isTruncated(isTruncated)
                .nextKeyMarker(isTruncated ? page.getLast().key : null)
                .nextVersionIdMarker(isTruncated ? page.getLast().id : null)
                .build();
    }

    /// @param after the key to begin after; the version of it to begin after
    private static int begin(List<Version> versions, String after, @Nullable String version) {
        int begin = 0;
        for (Version each : versions) {
            int order = ObjectKey.ORDER.compare(each.key, after);
            if (order > 0) {
                return begin;
            }
            begin++;
            if (order == 0 && each.id.equals(version)) {
                return begin;
            }
        }
        return begin;
    }
}
