package clientkpis.function;

import clientkpis.aws.DataBucket;
import clientkpis.aws.EventBus;
import clientkpis.events.UploadApplied;
import clientkpis.events.UploadRejected;
import clientkpis.store.Keys;
import clientkpis.store.UploadLedger;
import clientkpis.tables.Receipt;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Upload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The end of an upload: its receipt says what became of every row, and `UploadApplied` publishes it. Completing it
/// twice gives the same receipt and the same event, with the same id.
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

    /// Writes the receipt of an upload that was just read, unless it has one.
    public void open(String receiptKey, Receipt receipt) {
        bucket.putIfAbsent(receiptKey, bytes(receipt), JSON, Map.of());
    }

    /// Completes an upload whose parts are all done.
    public void complete(UploadLedger.Entry entry, Log log) {
        if (entry.phase() == UploadLedger.Phase.APPLIED) {
            return;
        }
        Upload upload = entry.upload();
        PartCounts counts = PartCounts.sum(entry.done().values());
        List<Receipt.Unregistered> samples = counts.samples().stream()
                .map(sample -> new Receipt.Unregistered(sample.clientId(), sample.probably()))
                .toList();
        Receipt receipt = bucket.get(key(upload))
                .map(bytes -> Receipt.parse(new String(bytes, StandardCharsets.UTF_8)))
                .orElseThrow(() -> new IllegalStateException("Upload " + upload.id() + " has no receipt"))
                .applied(
                        counts.stored(),
                        counts.unchanged(),
                        counts.outdated(),
                        counts.removed(),
                        counts.expired(),
                        new Receipt.Clients(counts.seen(), counts.fresh(), counts.unregistered(), samples));
        bucket.put(key(upload), bytes(receipt), JSON);
        bus.publish(UploadApplied.of(key(upload), receipt));
        // Only the invocation that moves it logs it, so that the metric counts it once.
        if (ledger.move(upload, UploadLedger.Phase.SPLITTING, UploadLedger.Phase.APPLIED)
                || ledger.move(upload, UploadLedger.Phase.APPLYING, UploadLedger.Phase.APPLIED)) {
            log.about(LogContext.of(upload)).info("Applied an upload", Map.of(Metric.UPLOADS_APPLIED, 1));
        }
    }

    /// Rejects an upload as a whole.
    ///
    /// @param log its lines are about the upload
    public void reject(String receiptKey, Receipt receipt, Log log) {
        open(receiptKey, receipt);
        bus.publish(UploadRejected.of(receiptKey, receipt));
        Receipt.@Nullable Reason reason = receipt.reason();
        log.warn(
                "Rejected an upload",
                Map.of(Metric.UPLOADS_REJECTED, 1),
                "code",
                reason == null ? "none" : reason.code().label());
    }

    private static String key(Upload upload) {
        return Keys.receipt(upload.tenant(), upload.table(), upload.id());
    }

    private static byte[] bytes(Receipt receipt) {
        return receipt.toJson().getBytes(StandardCharsets.UTF_8);
    }
}
