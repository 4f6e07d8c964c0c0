package clientkpis.daily;

import clientkpis.aws.MessageQueue;
import clientkpis.function.Log;
import clientkpis.function.LogContext;
import clientkpis.function.PartDispatch;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.UploadLedger;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.store.UploadLedger.Open;
import clientkpis.store.UploadLedger.Phase;
import clientkpis.upload.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sends the messages of uploads that made no progress since an earlier hourly plan, after 1, 2, 4, 8 ... hours, at
/// most seven times. An upload that only waits its turn is sent when the one before it has stalled.
final class StalledUploads {
    private static final int SENDS = 7;
    private static final Duration FIRST = Duration.ofHours(1);

    private final UploadLedger ledger;
    private final PartDispatch dispatch;
    private final MessageQueue intake;

    StalledUploads(UploadLedger ledger, PartDispatch dispatch, MessageQueue intake) {
        this.ledger = ledger;
        this.dispatch = dispatch;
        this.intake = intake;
    }

    /// @param scheduled the time of the hourly plan
    /// @return how many uploads are stalled and are not sent any more
    int sendAgain(Tenant tenant, Instant scheduled, Log log) {
        Set<String> moving = new HashSet<>();
        int givenUp = 0;
        for (Open open : ledger.open(tenant)) {
            Upload upload = open.upload();
            if (!moving.contains(upload.table())) {
                Optional<Entry> entry = ledger.find(tenant, upload.table(), upload.order());
                Stall stall = Stall.of(open, entry, scheduled);
                // One that waited its turn and is sent now moves, too.
                if (stall.hours() == 0
                        || entry.filter(each -> each.phase() == Phase.HELD).isPresent()) {
                    moving.add(upload.table());
                }
                givenUp += sendAgain(stall, scheduled, log.about(LogContext.of(upload))) ? 1 : 0;
            }
        }
        return givenUp;
    }

    /// An open upload as the plan sees it.
    ///
    /// @param entry empty if nothing was decided yet
    /// @param since the earliest plan that saw the same progress; the upload's own time for the first plan
    private record Stall(Open open, Optional<Entry> entry, String progress, Instant since, long hours) {
        static Stall of(Open open, Optional<Entry> entry, Instant scheduled) {
            String progress = entry.map(each -> each.phase() + "/" + each.round() + "/"
                            + each.done().size())
                    .orElse("ARRIVED");
            Instant seenAt = open.seenAt();
            Instant since = seenAt == null ? open.upload().time() : progress.equals(open.seen()) ? seenAt : scheduled;
            return new Stall(
                    open,
                    entry,
                    progress,
                    since,
                    Math.max(0, Duration.between(since, scheduled).toHours()));
        }

        boolean isDue() {
            return hours >= FIRST.multipliedBy(1L << sends()).toHours();
        }

        /// A new progress is a new beginning.
        int sends() {
            return progress.equals(open.seen()) ? open.sends() : 0;
        }
    }

    /// @return whether the upload is stalled and is not sent any more
    private boolean sendAgain(Stall stall, Instant scheduled, Log log) {
        if (stall.isDue() && stall.sends() < SENDS) {
            log.warn("Re-sending a stalled upload", "progress", stall.progress());
            send(stall);
            ledger.see(stall.open(), stall.progress(), stall.since(), stall.sends() + 1);
        } else if (stall.hours() == 0 && !stall.progress().equals(stall.open().seen())) {
            ledger.see(stall.open(), stall.progress(), scheduled, 0);
        }
        return stall.sends() == SENDS;
    }

    private void send(Stall stall) {
        Optional<Entry> sent = stall.entry().filter(entry -> entry.phase() != Phase.DECIDED);
        if (sent.isPresent()) {
            dispatch.send(sent.get());
            return;
        }
        Upload upload = stall.open().upload();
        var body = Json.object().put("time", upload.time().toString());
        body.putObject("detail")
                .putObject("object")
                .put("key", upload.key())
                .put("sequencer", upload.sequencer())
                .put("version-id", upload.version());
        intake.send(List.of(Json.text(body)));
    }
}
