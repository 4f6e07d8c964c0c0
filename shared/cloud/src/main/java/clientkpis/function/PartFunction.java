package clientkpis.function;

import clientkpis.aws.DataBucket;
import clientkpis.aws.MessageQueue;
import clientkpis.message.PartMessage;
import clientkpis.store.Keys;
import clientkpis.store.UploadLedger;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.store.UploadLedger.Phase;
import clientkpis.upload.Part;
import clientkpis.upload.PartCounts;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// A function that applies the parts of uploads. A part that is done is not applied again; one that an attempt left
/// half done is, with the same result. The last part of an upload completes it and sends the next one.
public abstract class PartFunction extends SqsFunction {
    protected final DataBucket bucket;
    private final UploadLedger ledger;
    private final UploadCompletion completion;
    private final PartDispatch dispatch;
    private final MessageQueue own;

    protected PartFunction(Map<String, String> variables) {
        super(variables);
        bucket = stack.bucket();
        ledger = stack.ledger();
        completion = stack.completion();
        own = stack.ownQueue();
        dispatch = new PartDispatch(ledger, table -> own);
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        PartMessage message = PartMessage.read(body);
        Optional<Entry> found = ledger.find(message.tenant(), message.table(), message.order());
        if (found.isEmpty()) {
            log.warn("Ignored a part of an upload that the ledger does not have");
            return;
        }
        Entry entry = found.get();
        if (entry.phase() == Phase.APPLIED) {
            // The attempt that ended it may have died before it sent the next one.
            dispatch.sendNext(message.tenant(), message.table());
            return;
        }
        if (entry.round() != message.round() || !entry.attempt().equals(message.attempt())) {
            return; // The part was sent again, or will be.
        }
        if (!entry.done().contains(message.part())) {
            Optional<Entry> done = apply(entry, message, log, context);
            if (done.isEmpty()) {
                return;
            }
            entry = done.get();
        }
        if (entry.isComplete()) {
            completion.complete(entry, dispatch, log);
        }
    }

    private Optional<Entry> apply(Entry entry, PartMessage message, Log log, Context context) throws IOException {
        String key = Keys.part(entry.upload(), entry.attempt(), message.part());
        InputStream object;
        try {
            object = bucket.open(key, null);
        } catch (NoSuchKeyException e) {
            log.error("A part is missing; its rows do not count", e, Map.of(Metric.PARTS_MISSING, 1));
            // Of an upload that was applied before, only what an older one replaced is not restored.
            return entry.published() ? ledger.done(entry, message.part(), PartCounts.NONE, false) : Optional.empty();
        }
        Applied applied;
        try (Part.Reader reader = new Part.Reader(object)) {
            applied = apply(reader, message.from(), log, context);
        }
        if (applied.next() != null) {
            own.send(
                    List.of(message.from(applied.next()).text()),
                    message.tenant().name());
            return Optional.empty();
        }
        PartCounts counts = applied.counts();
        if (!counts.samples().isEmpty()) {
            completion.keepSamples(entry, message.part(), counts.samples());
        }
        return ledger.done(entry, message.part(), counts, !counts.samples().isEmpty());
    }

    /// @param next where to go on; null at the end of the part
    public record Applied(PartCounts counts, @Nullable JsonNode next) {}

    /// Applies a part, which may have been applied before, completely or in part.
    ///
    /// @param from where to begin; null for the beginning
    protected abstract Applied apply(Part.Reader reader, @Nullable JsonNode from, Log log, Context context)
            throws IOException;
}
