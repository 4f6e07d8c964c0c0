package clientkpis.store;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A document that was read, but whose rows are not unpacked yet: unpacked, they take many times the memory.
///
/// @param item empty for a client that has none
public record PackedDocument(String clientId, Map<String, AttributeValue> item) {
    /// About how many bytes one row takes in memory beside its cells.
    public static final long ROW = 600;

    /// About how many bytes its rows take in memory.
    public long memory() {
        return 2 * DocumentItem.size(item) + ROW * DocumentItem.rows(item);
    }

    public boolean isNew() {
        return item.isEmpty();
    }
}
