package clientkpis.function;

import clientkpis.aws.MessageQueue;
import clientkpis.kpi.Tenant;
import clientkpis.message.PartMessage;
import clientkpis.store.UploadLedger;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.store.UploadLedger.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Sends the parts of uploads to their families. Uploads of one table are applied one after the other, the oldest
/// first: the parts of an upload wait while an older one is open. An upload that arrives when newer ones were sent
/// already has them applied once more after it.
///
/// That is enough, in whatever order they are applied: an older upload only replaces a row that is older still, and the
/// newer uploads that have the row left it as it was, so they all have the same value, and any of them restores it.
public final class PartDispatch {
    private final UploadLedger ledger;
    private final Function<String, MessageQueue> queues;

    /// @param queues the queue of a table's parts
    public PartDispatch(UploadLedger ledger, Function<String, MessageQueue> queues) {
        this.ledger = ledger;
        this.queues = queues;
    }

    /// Sends the parts of a table's oldest open upload that is not stalled, if its receipt is written and not all of
    /// them were sent.
    public void sendNext(Tenant tenant, String table) {
        ledger.first(tenant, table)
                .flatMap(open -> ledger.find(tenant, table, open.upload().order()))
                .filter(entry -> entry.phase() == Phase.HELD || entry.phase() == Phase.SENDING)
                .ifPresent(this::send);
    }

    /// Sends the parts of an upload that are not done. Of a complete one the last, so that it ends.
    public void send(Entry entry) {
        // Before the first part: an older upload that ends from now on has them sent once more.
        ledger.move(entry, Phase.SENDING);
        List<String> bodies = new ArrayList<>();
        for (int part = 0; part < entry.parts(); part++) {
            if (!entry.done().contains(part) || (entry.isComplete() && part == entry.parts() - 1)) {
                bodies.add(PartMessage.of(entry, part).text());
            }
        }
        queues.apply(entry.upload().table())
                .send(bodies, entry.upload().tenant().name());
        ledger.move(entry, Phase.APPLYING);
    }

    /// Ends an upload whose receipt is complete.
    ///
    /// @return whether this call ended it
    public boolean end(Entry entry) {
        ledger.reopenNewer(entry.upload());
        boolean ended = ledger.move(entry, Phase.APPLIED);
        sendNext(entry.upload().tenant(), entry.upload().table());
        return ended;
    }
}
