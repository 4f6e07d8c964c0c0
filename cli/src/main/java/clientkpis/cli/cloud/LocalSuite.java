package clientkpis.cli.cloud;

import clientkpis.aws.Aws;
import clientkpis.aws.DataBucket;
import clientkpis.aws.Dynamo;
import clientkpis.cli.words.SaidException;
import clientkpis.cli.words.Words;
import clientkpis.json.Json;
import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Client;
import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import clientkpis.local.Subscription;
import clientkpis.local.service.DeadLetter;
import clientkpis.store.ClientRecords;
import clientkpis.store.ClientStore;
import clientkpis.store.Keys;
import clientkpis.store.RecordStore;
import clientkpis.store.TenantStore;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The template on this machine, used like any cloud: with plain AWS SDK clients.
public final class LocalSuite implements Cloud {
    /// How long everything may take to settle: the first day of a hundred thousand clients takes hours on a laptop.
    public static final Duration AT_MOST = Duration.ofHours(24);

    private final LocalCloud cloud;
    private final Subscription subscription;
    private final S3Client s3;
    private final String bucket;

    public LocalSuite(LocalCloud cloud) {
        this.cloud = cloud;
        this.subscription = cloud.subscribe(cloud.bus("Events"));
        this.s3 = S3Client.create();
        this.bucket = cloud.bucket("Data");
    }

    /// Starts it. From now on, everything that is printed in this JVM goes to the log.
    ///
    /// @param root the folder with `template.yaml` and the built functions
    /// @param saved what an earlier one saved, to begin with; null: nothing
    public static Cloud start(Path root, Path log, @Nullable Path saved) throws IOException {
        LocalCloud cloud = start(root, log, Options.defaults().withSaved(saved));
        try {
            return new LocalSuite(cloud);
        } catch (RuntimeException e) {
            cloud.close();
            throw e;
        }
    }

    public static LocalCloud start(Path root, Path log, Options options) throws IOException {
        PrintStream lines = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8);
        System.setOut(lines);
        System.setErr(lines);
        Path saved = options.saved();
        try {
            return LocalCloud.start(
                    root.resolve("template.yaml"),
                    options.withLog(line -> lines.println(line.strip())).withoutHttp(Aws::reach));
        } catch (IllegalStateException e) {
            if (saved != null && isDamage(e.getCause())) {
                e.printStackTrace(lines);
                throw new SaidException(Words.of("cloud.damaged", saved, String.valueOf(e.getCause())));
            }
            throw e;
        }
    }

    /// Whether a file that was saved is not whole; other failures, such as a full disk, pass.
    private static boolean isDamage(@Nullable Throwable failure) {
        return failure instanceof EOFException
                || failure instanceof ZipException
                || failure instanceof NoSuchFileException;
    }

    /// The tenants of a cloud, each with what its last recalculation left; those whose item can be read.
    public static Collection<TenantStore.State> tenants(LocalCloud cloud) {
        try (DynamoDbClient dynamo = DynamoDbClient.create()) {
            return new TenantStore(dynamo, cloud.table("Tenants"))
                    .all().values().stream().flatMap(Optional::stream).toList();
        }
    }

    @Override
    public void clock(Instant now) {
        cloud.clock(now);
    }

    @Override
    public void upload(String key, Path file) {
        s3.putObject(put -> put.bucket(bucket).key(key), file);
    }

    @Override
    public void tick(Instant now) {
        cloud.tick(now);
    }

    @Override
    public void settle() {
        try {
            cloud.settle(AT_MOST);
            List<DeadLetter> letters = cloud.deadLetters();
            if (!letters.isEmpty()) {
                throw new SaidException(Words.of(
                        "serve.given_up",
                        letters.getFirst().where(),
                        letters.getFirst().reason()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void begin(String name, Beginning beginning) {
        Tenant tenant = Tenant.of(name);
        DataBucket data = new DataBucket(() -> s3, bucket);
        beginning
                .summaries()
                .forEach(
                        (day, summary) -> data.put(Keys.summary(tenant, day), Json.bytes(summary), "application/json"));
        try (DynamoDbClient dynamo = DynamoDbClient.create()) {
            new TenantStore(dynamo, cloud.table("Tenants"))
                    .reconstructed(tenant, beginning.until(), beginning.hasMrr());
        }
        forEachPage(
                tenant,
                (clients, page) -> Dynamo.forEach(page, client -> {
                    Beginning.Known known = beginning.clients().get(client.clientId());
                    if (known != null
                            && clients.write(tenant, client.following(known.scores(), known.tenure()), "")
                                    .isEmpty()) {
                        throw new IllegalStateException("A client was written meanwhile");
                    }
                }));
    }

    @Override
    public List<String> events() {
        return subscription.drain();
    }

    @Override
    public List<String> keys(String prefix) {
        return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    @Override
    public InputStream open(String key) {
        return s3.getObject(get -> get.bucket(bucket).key(key));
    }

    @Override
    public Map<String, ArrayNode> records(String tenant, Map<String, LocalDate> days) {
        try (DynamoDbClient dynamo = DynamoDbClient.create()) {
            RecordStore records = new RecordStore(dynamo, cloud.table("Records"), new DataBucket(() -> s3, bucket));
            return new ClientRecords(records).at(Tenant.of(tenant), days);
        }
    }

    @Override
    public Map<String, Map<String, Client.Facet>> facets(String tenant) {
        Map<String, Map<String, Client.Facet>> facets = new HashMap<>();
        forEachPage(
                Tenant.of(tenant),
                (clients, page) -> page.forEach(client -> facets.put(client.clientId(), client.facets())));
        return facets;
    }

    private void forEachPage(Tenant tenant, BiConsumer<ClientStore, List<Client>> page) {
        try (DynamoDbClient dynamo = DynamoDbClient.create()) {
            ClientStore clients = new ClientStore(dynamo, cloud.table("Clients"), cloud.table("SituationChanges"));
            for (int shard = 0; shard < Shards.COUNT; shard++) {
                clients.forEachPage(tenant, shard, some -> page.accept(clients, some));
            }
        }
    }

    @Override
    public Map<String, Map<String, List<Row>>> rows(String tenant, Collection<String> clientIds, List<String> tables) {
        Map<String, Map<String, List<Row>>> rows = new HashMap<>();
        try (DynamoDbClient dynamo = DynamoDbClient.create()) {
            RecordStore records = new RecordStore(dynamo, cloud.table("Records"), new DataBucket(() -> s3, bucket));
            for (String table : tables) {
                records.read(Tenant.of(tenant), table, clientIds).forEach((client, packed) -> {
                    List<Row> own = records.unpack(packed).document().allRows();
                    if (!own.isEmpty()) {
                        rows.computeIfAbsent(client, id -> new HashMap<>()).put(table, own);
                    }
                });
            }
        }
        return rows;
    }

    @Override
    public void save(Path folder) throws IOException {
        cloud.save(folder);
    }

    @Override
    public void close() {
        s3.close();
        cloud.close();
    }
}
