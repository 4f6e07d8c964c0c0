package clientkpis.daily;

import clientkpis.aws.MessageQueue;
import clientkpis.function.Log;
import clientkpis.function.LogContext;
import clientkpis.function.PartDispatch;
import clientkpis.kpi.Tenant;
import clientkpis.message.ObjectCreated;
import clientkpis.store.Sending;
import clientkpis.store.UploadLedger;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.store.UploadLedger.Open;
import clientkpis.store.UploadLedger.Phase;
import clientkpis.upload.Upload;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Sends the messages of uploads that made no progress since an earlier hourly plan. An upload that only waits its turn
/// is sent when the one before it has stalled.
final class StalledUploads {
    private final UploadLedger ledger;
    private final PartDispatch dispatch;
    private final MessageQueue intake;

    StalledUploads(UploadLedger ledger, PartDispatch dispatch, MessageQueue intake) {
        this.ledger = ledger;
        this.dispatch = dispatch;
        this.intake = intake;
    }

    /// @param scheduled the time of the hourly plan
    /// @return how many uploads are stalled
    int sendAgain(Tenant tenant, Instant scheduled, Log log) {
        Set<String> moving = new HashSet<>();
        int stalled = 0;
        for (Open open : ledger.open(tenant)) {
            Upload upload = open.upload();
            if (moving.contains(upload.table())) {
                continue;
            }
            Optional<Entry> entry = ledger.find(tenant, upload.table(), upload.order());
            String progress = entry.map(StalledUploads::progress).orElse("ARRIVED");
            // A new progress is a new beginning.
            Sending sending = progress.equals(open.seen())
                    ? open.sending()
                    : new Sending(open.seen() == null ? upload.time() : scheduled, 0);
            boolean isStalled = sending.isStalled(scheduled);
            // One that waited its turn and is sent now moves, too.
            if (!isStalled || entry.filter(each -> each.phase() == Phase.HELD).isPresent()) {
                moving.add(upload.table());
            }
            if (sending.isDue(scheduled)) {
                log.about(LogContext.of(upload)).warn("Re-sending a stalled upload", "progress", progress);
                send(upload, entry);
                ledger.see(open, progress, sending.sent(scheduled));
            } else if (!progress.equals(open.seen())) {
                ledger.see(open, progress, sending);
            }
            stalled += isStalled ? 1 : 0;
        }
        return stalled;
    }

    private static String progress(Entry entry) {
        return entry.phase() + "/" + entry.round() + "/" + entry.done().size();
    }

    private void send(Upload upload, Optional<Entry> entry) {
        Optional<Entry> sent = entry.filter(each -> each.phase() != Phase.DECIDED);
        if (sent.isPresent()) {
            dispatch.send(sent.get());
            return;
        }
        intake.send(ObjectCreated.message(upload));
    }
}
