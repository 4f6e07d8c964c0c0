package clientkpis.cli;

import clientkpis.cli.input.UsageException;
import clientkpis.cli.words.Words;
import clientkpis.store.Restored;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// `kpis restore`: makes a table equal to another, which was restored to a point in time.
@Command(
        name = "restore",
        description = {
            "Makes a table equal to another one, which DynamoDB restored to a point in time.",
            "",
            "Items that differ or are missing are written, items that the other table does not have are deleted, and"
                + " all others are left unchanged. The version of the last change of situation of each client that is"
                + " written grows by 1,000, so that no later change has the id of an earlier one. Stop the functions"
                + " first: docs/deploy.md. If it was interrupted, run it again.",
            "",
            "It works on the account that the environment points to, like any program with an AWS SDK: AWS_REGION,"
                    + " AWS_PROFILE or other credentials, AWS_ENDPOINT_URL_*. It needs dynamodb:DescribeTable,"
                    + " dynamodb:Scan and dynamodb:BatchGetItem on both tables, and dynamodb:BatchWriteItem on the one"
                    + " that it changes.",
            ""
        },
        exitCodeList = {
            "0:the tables are now equal",
            "2:wrong usage, such as a table that does not exist or has other keys",
            "3:the command failed; run it again"
        })
final class RestoreCommand implements Callable<Integer> {
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(2).toNanos();
    /// As many as BatchWriteItem accepts.
    private static final int ITEMS = 25;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "TABLE",
            required = true,
            description = "The table that was restored; it is only read.")
    private String from = "";

    @Option(names = "--to", paramLabel = "TABLE", required = true, description = "The table to change.")
    private String to = "";

    @Option(names = "--dry-run", description = "Only counts what would be written and deleted.")
    private boolean dryRun;

    private long lastLine = System.nanoTime();
    private long read;
    private long written;
    private long deleted;

    @Override
    public Integer call() {
        if (from.equals(to)) {
            throw new UsageException(Words.of("restore.same", to));
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (SdkHttpClient http = Apache5HttpClient.create();
                DynamoDbClient dynamo =
                        DynamoDbClient.builder().httpClient(http).build()) {
            List<String> key = key(dynamo, from);
            if (!key.equals(key(dynamo, to))) {
                throw new UsageException(Words.of("restore.other_keys", from, to));
            }
            forEach(dynamo, from, key, null, items -> {
                Map<Map<String, AttributeValue>, Map<String, AttributeValue>> current = at(dynamo, to, key, items);
                return items.stream()
                        .flatMap(item -> restored(item, current.getOrDefault(only(item, key), Map.of())))
                        .toList();
            });
            String keys = key.stream().map(name -> "#" + name).collect(Collectors.joining(", "));
            forEach(dynamo, to, key, keys, items -> {
                var restored = at(dynamo, from, key, items).keySet();
                return items.stream()
                        .filter(item -> !restored.contains(item))
                        .map(item -> WriteRequest.builder()
                                .deleteRequest(d -> d.key(item))
                                .build())
                        .toList();
            });
        } catch (SdkException e) {
            throw Account.stopped(e, counts());
        }
        out.println(counts());
        return 0;
    }

    /// The writes that some items make necessary.
    private interface Writes {
        List<WriteRequest> of(List<Map<String, AttributeValue>> items);
    }

    private void forEach(
            DynamoDbClient dynamo, String table, List<String> key, @Nullable String attributes, Writes writes) {
        Map<String, String> names = key.stream().collect(Collectors.toMap(name -> "#" + name, name -> name));
        dynamo.scanPaginator(scan -> scan.tableName(table)
                        .consistentRead(true)
                        .projectionExpression(attributes)
                        .expressionAttributeNames(attributes == null ? null : names))
                .forEach(page -> {
                    for (int i = 0; i < page.items().size(); i += ITEMS) {
                        List<Map<String, AttributeValue>> items = page.items()
                                .subList(i, Math.min(i + ITEMS, page.items().size()));
                        read += items.size();
                        write(dynamo, writes.of(items));
                    }
                });
    }

    private static List<String> key(DynamoDbClient dynamo, String table) {
        try {
            return dynamo.describeTable(describe -> describe.tableName(table)).table().keySchema().stream()
                    .map(KeySchemaElement::attributeName)
                    .toList();
        } catch (ResourceNotFoundException e) {
            throw new UsageException(Words.of("restore.no_table", table));
        }
    }

    /// The write that an item of the restored table makes necessary, if any.
    private static Stream<WriteRequest> restored(
            Map<String, AttributeValue> item, Map<String, AttributeValue> current) {
        Restored restored = new Restored(item);
        return restored.isAlready(current)
                ? Stream.empty()
                : Stream.of(WriteRequest.builder()
                        .putRequest(put -> put.item(restored.instead(current)))
                        .build());
    }

    /// The items of a table that have the keys of the given items, by key.
    private static Map<Map<String, AttributeValue>, Map<String, AttributeValue>> at(
            DynamoDbClient dynamo, String table, List<String> key, List<Map<String, AttributeValue>> items) {
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> found = new HashMap<>();
        Map<String, KeysAndAttributes> left = Map.of(
                table,
                KeysAndAttributes.builder()
                        .consistentRead(true)
                        .keys(items.stream().map(item -> only(item, key)).toList())
                        .build());
        while (!left.isEmpty()) {
            Map<String, KeysAndAttributes> now = left;
            var response = dynamo.batchGetItem(batch -> batch.requestItems(now));
            response.responses().getOrDefault(table, List.of()).forEach(item -> found.put(only(item, key), item));
            left = response.unprocessedKeys();
        }
        return found;
    }

    private static Map<String, AttributeValue> only(Map<String, AttributeValue> item, List<String> attributes) {
        Map<String, AttributeValue> some = new HashMap<>(item);
        some.keySet().retainAll(attributes);
        return some;
    }

    private void write(DynamoDbClient dynamo, List<WriteRequest> writes) {
        Map<String, List<WriteRequest>> left = writes.isEmpty() || dryRun ? Map.of() : Map.of(to, writes);
        while (!left.isEmpty()) {
            Map<String, List<WriteRequest>> now = left;
            left = dynamo.batchWriteItem(batch -> batch.requestItems(now)).unprocessedItems();
        }
        written += writes.stream().filter(one -> one.putRequest() != null).count();
        deleted += writes.stream().filter(one -> one.deleteRequest() != null).count();
        if (System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES) {
            lastLine = System.nanoTime();
            Objects.requireNonNull(spec).commandLine().getErr().println(counts());
        }
    }

    private String counts() {
        return Kpis.words(spec).say(dryRun ? "restore.would" : "restore.counts", read, written, deleted);
    }
}
