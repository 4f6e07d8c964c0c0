package clientkpis.erasure;

import clientkpis.aws.DataBucket;
import clientkpis.aws.VersionedObjects;
import clientkpis.aws.VersionedObjects.Tagged;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.configuration.Language;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import clientkpis.store.Keys;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The receipt of an erasure. The names of the originals are added to it some at a time.
final class ErasureReceipt {
    private static final String JSON = "application/json";

    private final DataBucket bucket;
    private final VersionedObjects objects;
    private final Upload list;
    private final String key;

    ErasureReceipt(DataBucket bucket, VersionedObjects objects, Upload list) {
        this.bucket = bucket;
        this.objects = objects;
        this.list = list;
        key = Keys.receipt(list.tenant(), "erasures", list.id());
    }

    String key() {
        return key;
    }

    void reject(FileCode code) {
        ObjectNode receipt = head("rejected").put("reason", code.label());
        bucket.put(key, Json.bytes(receipt), JSON);
    }

    /// Adds originals that name a client.
    ///
    /// @param after the key after which they were looked for: what an attempt that died has added is found again
    /// @param language of the note
    /// @return how many there are now
    /// @throws IllegalStateException if another attempt is adding some, too
    int write(Erasure erasure, String after, List<String> originals, boolean isEnd, Language language) {
        Optional<Tagged> before = objects.tagged(key);
        ObjectNode receipt = head(isEnd ? "erased" : "erasing")
                .put("clients", erasure.listed())
                .put("listed", erasure.listed())
                .put("erased", erasure.erased())
                .put("notFound", erasure.listed() - erasure.erased())
                .put("objectsRewritten", erasure.rewritten());
        ArrayNode all = receipt.putArray("originals");
        before.ifPresent(tagged -> {
            for (JsonNode original : Json.parse(tagged.text()).path("originals")) {
                if (CodePoints.ORDER.compare(original.asText(), after) <= 0) {
                    all.add(original);
                }
            }
        });
        originals.forEach(all::add);
        if (isEnd) {
            receipt.put("note", Sentence.of("erasure.originals").in(language));
        }
        byte[] bytes = Json.bytes(receipt);
        boolean isWritten = objects.putOver(before.map(Tagged::tag).orElse(null), key, bytes, JSON)
                // An answer may have been lost.
                || bucket.get(key).filter(there -> Arrays.equals(there, bytes)).isPresent();
        if (!isWritten) {
            throw new IllegalStateException("Another attempt is writing the receipt");
        }
        return all.size();
    }

    private ObjectNode head(String status) {
        return Json.object()
                .put("tenant", list.tenant().name())
                .put("upload", list.id())
                .put("status", status);
    }
}
