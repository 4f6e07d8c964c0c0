package clientkpis.local.service;

import clientkpis.json.Json;
import clientkpis.local.service.nio2blob.MemoryBlobStore;
import clientkpis.local.template.Resource;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// S3: S3Proxy over a store in memory, which keeps versions where the template asks for them and emits `Object Created`
/// to the bus, as S3 does with EventBridge.
public final class ObjectStore implements AutoCloseable {
    /// Objects of S3Proxy itself, which keep track of multipart uploads.
    private static final String OWN_PREFIX = ".s3proxy-";

    private static final String OBJECTS = "objects.gz";
    private static final String TIMES = "times";

    /// Before all sequencers of a store that was never saved. After it was, they begin behind those of before.
    private static final long FIRST = 0x0061_0000_0000_0000L;

    private final S3Proxy proxy;
    private final MemoryBlobStore memory = new MemoryBlobStore();
    private final BlobStore store = new KeyedStore(memory);
    private final Set<String> notifying = ConcurrentHashMap.newKeySet();
    /// A sequencer orders the events of one key only. So each key has its own, and a replay has the same ones.
    private final Map<String, AtomicLong> sequencers = new ConcurrentHashMap<>();
    private final EventBridge events;
    /// How often the objects were loaded and saved.
    private final int times;

    private final long first;

    /// @param saved what an earlier one saved; null for none
    public ObjectStore(EventBridge events, int port, @Nullable Path saved) throws Exception {
        this.events = events;
        int before = 0;
        if (saved != null) {
            memory.load(saved.resolve(OBJECTS));
            before = Integer.parseInt(Files.readString(saved.resolve(TIMES)).strip());
        }
        this.times = before + 1;
        this.first = FIRST + ((long) before << 32);
        this.proxy = S3Proxy.builder()
                .blobStore(new Notifying(store))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                // It would take the path as it is on the wire, where the SDK writes two slashes as `/%2F`, for the
                // signed
                // one.
                .awsAuthentication(AuthenticationType.NONE, null, null)
                .stopTimeout(0)
                .ignoreUnknownHeaders(true)
                .build();
        proxy.start();
        while (!proxy.getState().equals("STARTED")) {
            Thread.sleep(1);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    /// Writes all objects, for a store that begins with them.
    public void save(Path folder) throws IOException {
        memory.save(folder.resolve(OBJECTS));
        Files.writeString(folder.resolve(TIMES), times + "\n");
    }

    public void create(Resource bucket) {
        if (!store.containerExists(bucket.name())) {
            store.createContainer(bucket.name());
        }
        if (bucket.get("VersioningConfiguration").path("Status").asText().equals("Enabled")) {
            store.putBucketVersioning(bucket.name(), BucketVersioningStatus.ENABLED);
        }
        if (bucket.get("NotificationConfiguration")
                .path("EventBridgeConfiguration")
                .path("EventBridgeEnabled")
                .asBoolean()) {
            notifying.add(bucket.name());
        }
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void created(String bucket, String key, @Nullable String version, String reason) {
        if (!notifying.contains(bucket) || key.startsWith(OWN_PREFIX)) {
            return;
        }
        HeadObjectResponse head = store.blobMetadata(HeadObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .versionId(version)
                .build());
        ObjectNode detail = Json.object().put("version", "0");
        detail.putObject("bucket").put("name", bucket);
        ObjectNode object = detail.putObject("object")
                .put("key", key)
                .put("size", head.contentLength())
                .put("etag", head.eTag().replace("\"", ""));
        if (version != null) {
            object.put("version-id", version);
        }
        String sequencer = "%018X"
                .formatted(sequencers
                        .computeIfAbsent(bucket + "/" + key, any -> new AtomicLong(first))
                        .incrementAndGet());
        object.put("sequencer", sequencer);
        detail.put("request-id", "LOCAL" + sequencer)
                .put("requester", events.account())
                .put("source-ip-address", "127.0.0.1")
                .put("reason", reason);
        events.publish("default", "aws.s3", "Object Created", null, Json.array().add("arn:aws:s3:::" + bucket), detail);
    }

    /// The notifications, which S3Proxy does not have. An event is published before the client learns that its object
    /// was stored.
    private final class Notifying extends ForwardingBlobStore {
        Notifying(BlobStore store) {
            super(store);
        }

        @Override
        public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
            PutObjectResponse response = super.putBlob(request, content);
            created(request.bucket(), request.key(), response.versionId(), "PutObject");
            return response;
        }

        @Override
        public CopyObjectResponse copyBlob(CopyObjectRequest request) {
            CopyObjectResponse response = super.copyBlob(request);
            created(request.destinationBucket(), request.destinationKey(), response.versionId(), "CopyObject");
            return response;
        }

        @Override
        public CompleteMultipartUploadResponse completeMultipartUpload(
                MultipartUpload upload, CompleteMultipartUploadRequest request) {
            CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
            created(upload.containerName(), upload.blobName(), response.versionId(), "CompleteMultipartUpload");
            return response;
        }
    }
}
