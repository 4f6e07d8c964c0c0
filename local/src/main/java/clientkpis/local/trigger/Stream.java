package clientkpis.local.trigger;

import clientkpis.local.service.DynamoServer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;

/// The stream of a table, read from its beginning, each record once. Its shards are read in the order in which they
/// were opened.
final class Stream {
    private static final int ATTEMPTS = 50;

    private final DynamoServer dynamo;
    private final String table;
    private final int batchSize;
    private final Map<String, @Nullable String> iterators = new LinkedHashMap<>();
    private final Map<String, String> positions = new LinkedHashMap<>();
    private final Set<String> finished = new HashSet<>();

    Stream(DynamoServer dynamo, String table, int batchSize) {
        this.dynamo = dynamo;
        this.table = table;
        this.batchSize = batchSize;
    }

    /// Adds the records since the last read; none at the end of the stream.
    void readInto(List<Record> waiting) {
        if (iterators.isEmpty()) {
            findShards();
        }
        boolean closed = false;
        for (Map.Entry<String, @Nullable String> shard : iterators.entrySet()) {
            String iterator = shard.getValue();
            if (iterator == null) {
                continue;
            }
            GetRecordsResponse response = records(shard.getKey(), iterator);
            waiting.addAll(response.records());
            if (!response.records().isEmpty()) {
                positions.put(
                        shard.getKey(), response.records().getLast().dynamodb().sequenceNumber());
            }
            shard.setValue(response.nextShardIterator());
            closed |= response.nextShardIterator() == null;
        }
        if (closed) {
            findShards();
        }
    }

    /// The oldest shard that is still read; empty when there is none.
    String shard() {
        return iterators.isEmpty() ? "" : iterators.keySet().iterator().next();
    }

    /// DynamoDB Local rejects an iterator that was made when its shard was empty as expired once the shard has a
    /// record, sometimes repeatedly. A new iterator from the same position continues.
    private GetRecordsResponse records(String shard, String iterator) {
        String current = iterator;
        for (int attempt = 1; ; attempt++) {
            try {
                return dynamo.records(current, batchSize);
            } catch (DynamoDBLocalServiceException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                current = start(shard);
            }
        }
    }

    private void findShards() {
        iterators.entrySet().removeIf(shard -> {
            if (shard.getValue() == null) {
                finished.add(shard.getKey());
            }
            return shard.getValue() == null;
        });
        for (String shard : dynamo.shards(table)) {
            if (!finished.contains(shard) && !iterators.containsKey(shard)) {
                iterators.put(shard, start(shard));
            }
        }
    }

    private String start(String shard) {
        String position = positions.getOrDefault(shard, "");
        return dynamo.iterator(table, shard, position.isEmpty() ? "TRIM_HORIZON" : "AFTER_SEQUENCE_NUMBER", position);
    }
}
