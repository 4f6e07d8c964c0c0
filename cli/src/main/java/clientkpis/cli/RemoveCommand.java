package clientkpis.cli;

import clientkpis.aws.Backoff;
import clientkpis.cli.output.Terminal;
import clientkpis.cli.words.Words;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.store.Keys;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
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
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/// `kpis remove`: removes everything of a tenant that leaves, without a list of its clients.
@Command(
        name = "remove",
        description = {
            "Removes everything of a tenant: its objects with all their versions, then its items in every table.",
            "",
            "Stop the tenant's uploads first, and run it again when no message about the tenant is left in any queue,"
                    + " until it finds nothing: docs/operate.md. Only the number of the tenant's last configuration is"
                    + " kept.",
            "",
            "It works on the account that the environment points to, like any program with an AWS SDK: AWS_REGION,"
                    + " AWS_PROFILE or other credentials, AWS_ENDPOINT_URL_*. It needs s3:ListBucketVersions and"
                    + " s3:DeleteObjectVersion on the bucket, and dynamodb:Query and dynamodb:BatchWriteItem on the"
                    + " tables.",
            ""
        },
        exitCodeList = {"0:everything that was found was removed", "2:wrong usage", "3:the command failed; run it again"
        })
final class RemoveCommand implements Callable<Integer> {
    /// As many as BatchWriteItem accepts.
    private static final int ITEMS = 25;

    private static final int VERSIONS = 1_000;
    private static final int LISTED = 20;
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(2).toNanos();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--tenant", paramLabel = "T", required = true, description = "The tenant.")
    private String tenant = "";

    @Option(names = "--dry-run", description = "Only counts what would be removed.")
    private boolean dryRun;

    @Option(
            names = "--bucket",
            paramLabel = "BUCKET",
            defaultValue = "${env:DATA_BUCKET}",
            description = "The data bucket. Default: the environment variable DATA_BUCKET.")
    private @Nullable String bucket;

    @Option(
            names = "--clients-table",
            paramLabel = "TABLE",
            defaultValue = "${env:CLIENTS_TABLE}",
            description = "The DynamoDB table Clients. Default: the environment variable CLIENTS_TABLE.")
    private @Nullable String clients;

    @Option(
            names = "--records-table",
            paramLabel = "TABLE",
            defaultValue = "${env:RECORDS_TABLE}",
            description = "The DynamoDB table Records. Default: the environment variable RECORDS_TABLE.")
    private @Nullable String records;

    @Option(
            names = "--changes-table",
            paramLabel = "TABLE",
            defaultValue = "${env:SITUATION_CHANGES_TABLE}",
            description =
                    "The DynamoDB table SituationChanges. Default: the environment variable SITUATION_CHANGES_TABLE.")
    private @Nullable String changes;

    @Option(
            names = "--runs-table",
            paramLabel = "TABLE",
            defaultValue = "${env:RUNS_TABLE}",
            description = "The DynamoDB table Runs. Default: the environment variable RUNS_TABLE.")
    private @Nullable String runs;

    @Option(
            names = "--tenants-table",
            paramLabel = "TABLE",
            defaultValue = "${env:TENANTS_TABLE}",
            description = "The DynamoDB table Tenants. Default: the environment variable TENANTS_TABLE.")
    private @Nullable String tenants;

    private final List<String> refused = new ArrayList<>();
    private long lastLine = System.nanoTime();
    private long objects;
    private long items;

    @Override
    public Integer call() {
        Kpis.checkTenant(tenant);
        String from = Account.given(bucket, "--bucket", "DATA_BUCKET");
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (SdkHttpClient http = Apache5HttpClient.create();
                S3Client s3 = S3Client.builder().httpClient(http).build();
                DynamoDbClient dynamo =
                        DynamoDbClient.builder().httpClient(http).build()) {
            // The recalculation first, then what the items could be made from again.
            String states = Account.given(tenants, "--tenants-table", "TENANTS_TABLE");
            remove(dynamo, states, tenant, List.of("tenant"));
            Keys.allOf(Tenant.of(tenant)).forEach(prefix -> removeObjects(s3, from, prefix));
            String clientsTable = Account.given(clients, "--clients-table", "CLIENTS_TABLE");
            String recordsTable = Account.given(records, "--records-table", "RECORDS_TABLE");
            String changesTable = Account.given(changes, "--changes-table", "SITUATION_CHANGES_TABLE");
            for (int shard = 0; shard < Shards.COUNT; shard++) {
                String partition = Keys.shard(Tenant.of(tenant), shard);
                // A client is removed after its changes: without it they are not found.
                Stream.of(recordsTable, clientsTable)
                        .flatMap(table -> query(dynamo, table, "shard", partition, List.of("clientId")))
                        .flatMap(List::stream)
                        .filter(item -> item.containsKey("clientId"))
                        .map(item -> tenant + "#" + item.get("clientId").s())
                        .distinct()
                        .forEach(client -> remove(dynamo, changesTable, client, List.of("client", "version")));
                for (String of : List.of(partition, partition + Keys.TOMBSTONES)) {
                    remove(dynamo, recordsTable, of, List.of("shard", "record"));
                    remove(dynamo, clientsTable, of, List.of("shard", "client"));
                }
            }
            remove(dynamo, Account.given(runs, "--runs-table", "RUNS_TABLE"), tenant, List.of("tenant", "run"));
        } catch (SdkException e) {
            throw Account.stopped(e, counts());
        }
        out.println(counts());
        if (!refused.isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            Words words = Kpis.words(spec);
            err.println(words.say("remove.refused", words.count(refused.size(), "count.version")));
            refused.stream().limit(LISTED).forEach(one -> err.println("  " + Terminal.safe(one)));
            err.println(refused.size() > LISTED ? "  ..." : "");
            return Kpis.FAILED;
        }
        return 0;
    }

    /// Shows how far it is, every two seconds.
    private void progress() {
        if (System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES) {
            lastLine = System.nanoTime();
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getErr()
                    .println(Kpis.words(spec).say("remove.so_far", counts()));
        }
    }

    private void removeObjects(S3Client s3, String from, String prefix) {
        s3.listObjectVersionsPaginator(l -> l.bucket(from).prefix(prefix).maxKeys(VERSIONS)).stream()
                .forEach(page -> {
                    List<ObjectIdentifier> all = new ArrayList<>();
                    page.versions().forEach(v -> all.add(identifier(v.key(), v.versionId())));
                    page.deleteMarkers().forEach(m -> all.add(identifier(m.key(), m.versionId())));
                    objects += all.size();
                    if (!dryRun && !all.isEmpty()) {
                        removeVersions(s3, from, all);
                    }
                    progress();
                });
    }

    private void removeVersions(S3Client s3, String from, List<ObjectIdentifier> versions) {
        for (S3Error error : s3.deleteObjects(d ->
                        d.bucket(from).delete(list -> list.objects(versions).quiet(true)))
                .errors()) {
            objects--;
            refused.add(Kpis.words(spec)
                    .say("remove.refused_one", error.key(), error.versionId(), error.code(), error.message()));
        }
    }

    private static ObjectIdentifier identifier(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }

    /// The items of a partition, page by page; of each only some attributes.
    private static Stream<List<Map<String, AttributeValue>>> query(
            DynamoDbClient dynamo, String table, String name, String value, List<String> attributes) {
        Map<String, String> names = new HashMap<>(Map.of("#partition", name));
        attributes.forEach(attribute -> names.put("#" + attribute, attribute));
        return dynamo
                .queryPaginator(q -> q.tableName(table)
                        .keyConditionExpression("#partition = :p")
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(Map.of(":p", AttributeValue.fromS(value)))
                        .projectionExpression("#" + String.join(", #", attributes))
                        .consistentRead(true))
                .stream()
                .map(QueryResponse::items);
    }

    /// Removes a partition.
    ///
    /// @param key the names of the table's keys, that of the partition first
    private void remove(DynamoDbClient dynamo, String table, String value, List<String> key) {
        query(dynamo, table, key.getFirst(), value, key).forEach(keys -> {
            items += keys.size();
            for (int i = 0; !dryRun && i < keys.size(); i += ITEMS) {
                List<WriteRequest> writes = keys.subList(i, Math.min(i + ITEMS, keys.size())).stream()
                        .map(item -> WriteRequest.builder()
                                .deleteRequest(d -> d.key(item))
                                .build())
                        .toList();
                Map<String, List<WriteRequest>> left = Map.of(table, writes);
                for (int attempt = 1; !left.isEmpty(); attempt++) {
                    Map<String, List<WriteRequest>> now = left;
                    left = dynamo.batchWriteItem(b -> b.requestItems(now)).unprocessedItems();
                    if (!left.isEmpty()) {
                        Backoff.pause(attempt);
                    }
                    progress();
                }
            }
        });
    }

    private String counts() {
        Words words = Kpis.words(spec);
        return words.say(
                dryRun ? "remove.would" : "remove.counts",
                words.count(objects, "count.version"),
                words.count(items, "count.item"));
    }
}
