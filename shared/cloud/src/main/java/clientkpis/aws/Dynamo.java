package clientkpis.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/// What the stores share: consistent reads in batches, and work on several items at once.
public final class Dynamo {
    private static final int BATCH = 100;
    private static final int PARALLEL = 8;

    private Dynamo() {}

    /// The items of `keys` that exist, read consistently, in any order.
    ///
    /// @param projection the attributes to read, or null for all
    public static List<Map<String, AttributeValue>> get(
            DynamoDbClient dynamo,
            String table,
            Collection<Map<String, AttributeValue>> keys,
            @Nullable String projection) {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        List<Map<String, AttributeValue>> left = new ArrayList<>(keys);
        int attempt = 0;
        while (!left.isEmpty()) {
            List<Map<String, AttributeValue>> batch = left.subList(0, Math.min(BATCH, left.size()));
            KeysAndAttributes.Builder request =
                    KeysAndAttributes.builder().keys(batch).consistentRead(true);
            if (projection != null) {
                request.projectionExpression(projection);
            }
            var response = dynamo.batchGetItem(r -> r.requestItems(Map.of(table, request.build())));
            found.addAll(response.responses().getOrDefault(table, List.of()));
            KeysAndAttributes unprocessed = response.unprocessedKeys().get(table);
            List<Map<String, AttributeValue>> next = new ArrayList<>(left.subList(batch.size(), left.size()));
            if (unprocessed != null && unprocessed.hasKeys()) {
                next.addAll(unprocessed.keys());
                if (unprocessed.keys().size() == batch.size()) {
                    Backoff.pause(++attempt);
                }
            }
            left = next;
        }
        return found;
    }

    /// Does `work` for each of `items`, a few at a time. After the first failure none is begun; it is thrown when those
    /// under way have ended.
    public static <T> void forEach(Collection<T> items, Consumer<T> work) {
        if (items.size() == 1) {
            items.forEach(work);
            return;
        }
        List<Future<?>> running = new ArrayList<>();
        AtomicBoolean failed = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(PARALLEL, Math.max(1, items.size())))) {
            for (T item : items) {
                Callable<@Nullable Void> task = () -> {
                    if (failed.get()) {
                        return null;
                    }
                    try {
                        work.accept(item);
                        return null;
                    } catch (RuntimeException | Error e) {
                        failed.set(true);
                        throw e;
                    }
                };
                running.add(threads.submit(task));
            }
        }
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
