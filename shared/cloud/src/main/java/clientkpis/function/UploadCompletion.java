package clientkpis.function;

import clientkpis.aws.DataBucket;
import clientkpis.aws.EventBus;
import clientkpis.events.UploadApplied;
import clientkpis.events.UploadRejected;
import clientkpis.json.Json;
import clientkpis.receipt.Receipt;
import clientkpis.store.Keys;
import clientkpis.store.UploadLedger;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Upload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an uploader sees of an upload: its receipt and its event. The receipt follows from the one that intake decided
/// and from the ledger's counts, so completing an upload twice gives the same receipt and the same event, with the same
/// id.
public final class UploadCompletion {
    private static final String JSON = "application/json";

    private final DataBucket bucket;
    private final UploadLedger ledger;
    private final EventBus bus;

    public UploadCompletion(DataBucket bucket, UploadLedger ledger, EventBus bus) {
        this.bucket = bucket;
        this.ledger = ledger;
        this.bus = bus;
    }

    /// Keeps the receipt that an attempt of intake would write.
    public void keepReceipt(Upload upload, String attempt, Receipt receipt) {
        bucket.put(Keys.decidedReceipt(upload, attempt), bytes(receipt), JSON);
    }

    /// Keeps some of the unregistered clients of a part.
    void keepSamples(Entry entry, int part, List<PartCounts.Sample> samples) {
        bucket.put(Keys.samples(entry.upload(), entry.attempt(), part), Json.bytes(samples), JSON);
    }

    /// Writes the receipt of an upload that was accepted, and its rejected rows.
    public void open(Entry entry) {
        Receipt receipt = decided(entry);
        writeRejectedRows(entry, receipt);
        bucket.putIfAbsent(key(entry.upload()), bytes(receipt), JSON, Map.of());
    }

    private void writeRejectedRows(Entry entry, Receipt receipt) {
        Receipt.@Nullable RejectedRows rejected = receipt.rejectedRows();
        if (rejected != null) {
            String to = rejected.object();
            bucket.copy(
                    Keys.decidedRejectedRows(entry.upload(), entry.attempt(), to.substring(to.lastIndexOf('.') + 1)),
                    to);
        }
    }

    /// Ends an upload whose parts are all done.
    public void complete(Entry entry, PartDispatch dispatch, Log log) {
        if (!entry.published()) {
            Receipt receipt = applied(entry);
            bucket.put(key(entry.upload()), bytes(receipt), JSON);
            bus.publish(UploadApplied.of(key(entry.upload()), receipt));
        }
        // Only the invocation that records it logs it, so that the metric counts it once.
        boolean recorded = dispatch.end(entry) || ledger.published(entry);
        if (recorded && !entry.published()) {
            log.about(LogContext.of(entry.upload())).info("Applied an upload", Map.of(Metric.UPLOADS_APPLIED, 1));
        }
    }

    /// Writes the receipt of an upload that was rejected, and its rejected rows, and publishes it.
    public Receipt reject(Entry entry) {
        Receipt receipt = decided(entry);
        writeRejectedRows(entry, receipt);
        reject(key(entry.upload()), receipt);
        return receipt;
    }

    /// Rejects an upload as a whole.
    public void reject(String receiptKey, Receipt receipt) {
        bucket.putIfAbsent(receiptKey, bytes(receipt), JSON, Map.of());
        bus.publish(UploadRejected.of(receiptKey, receipt));
    }

    /// @param log its lines are about the upload
    public static void logRejected(Receipt.@Nullable Reason reason, Log log) {
        log.warn(
                "Rejected an upload",
                Map.of(Metric.UPLOADS_REJECTED, 1),
                "code",
                reason == null ? "none" : reason.code().label());
    }

    private Receipt decided(Entry entry) {
        return bucket.get(Keys.decidedReceipt(entry.upload(), entry.attempt()))
                .map(bytes -> Receipt.parse(new String(bytes, StandardCharsets.UTF_8)))
                .orElseThrow(() ->
                        new IllegalStateException("Upload " + entry.upload().id() + " has no receipt"));
    }

    private Receipt applied(Entry entry) {
        PartCounts counts = entry.counts();
        Receipt decided = decided(entry);
        Receipt.@Nullable Rows rows = decided.rows();
        long accepted = rows == null ? 0 : rows.accepted();
        // An erasure takes the rows of its clients out of parts that wait: those are outdated, too.
        long erased = accepted - counts.stored() - counts.unchanged() - counts.outdated();
        return decided.applied(
                counts.stored(),
                counts.unchanged(),
                counts.outdated() + erased,
                counts.removed(),
                counts.expired(),
                new Receipt.Clients(
                        counts.seen(), counts.fresh(), counts.unregistered(), counts.probable(), samples(entry)));
    }

    private List<Receipt.Unregistered> samples(Entry entry) {
        List<Receipt.Unregistered> samples = new ArrayList<>();
        for (int part : entry.sampled()) {
            if (samples.size() < PartCounts.SAMPLES) {
                bucket.get(Keys.samples(entry.upload(), entry.attempt(), part))
                        .ifPresent(bytes -> Json.parse(bytes)
                                .forEach(sample -> samples.add(new Receipt.Unregistered(
                                        sample.path("clientId").asText(),
                                        sample.path("probably").textValue()))));
            }
        }
        return samples.stream().limit(PartCounts.SAMPLES).toList();
    }

    private static String key(Upload upload) {
        return Keys.receipt(upload.tenant(), upload.table(), upload.id());
    }

    private static byte[] bytes(Receipt receipt) {
        return receipt.toJson().getBytes(StandardCharsets.UTF_8);
    }
}
