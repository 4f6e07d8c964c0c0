package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.kpi.client.Fields;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An item, of any table, that `kpis restore` takes from a restored table. The version of a client's last change of
/// situation goes forward even then, so that no later change has the id of one that was published.
public final class Restored {
    /// More changes than a client can have had since the second that is restored.
    private static final long JUMP = 1_000;

    private final Map<String, AttributeValue> item;

    public Restored(Map<String, AttributeValue> item) {
        this.item = item;
    }

    /// Whether an item is what this one becomes, so that a restore that is run again finds nothing to do.
    public boolean isAlready(Map<String, AttributeValue> current) {
        return current.equals(item)
                || (version(current) >= version(item) + JUMP && with(current, 0).equals(with(item, 0)));
    }

    /// The item to write.
    ///
    /// @param current the one that it replaces; empty if there is none
    public Map<String, AttributeValue> instead(Map<String, AttributeValue> current) {
        long newest = Math.max(version(item), version(current));
        return ClientItem.is(item) || newest > 0 ? with(item, newest + JUMP) : item;
    }

    /// Of a client or of its tombstone.
    private static long version(Map<String, AttributeValue> item) {
        return ClientItem.is(item)
                ? ClientItem.read(item).standing().version()
                : Attributes.number(item, Fields.SITUATION_VERSION);
    }

    private static Map<String, AttributeValue> with(Map<String, AttributeValue> item, long version) {
        if (ClientItem.is(item)) {
            return ClientItem.write(item, ClientItem.read(item).numbered(version));
        }
        Map<String, AttributeValue> changed = new HashMap<>(item);
        changed.put(Fields.SITUATION_VERSION, Attributes.number(version));
        return changed;
    }
}
