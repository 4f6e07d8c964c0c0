package clientkpis.function;

import clientkpis.aws.DataBucket;
import clientkpis.aws.Dynamo;
import clientkpis.aws.MessageQueue;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.store.Keys;
import clientkpis.store.RecordStore;
import clientkpis.store.TenantStore;
import clientkpis.store.UploadLedger;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Document;
import clientkpis.upload.Part;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// A KPI family as a function: a part of an upload changes its clients' rows, and the rows' new timelines go to
/// `score`.
///
/// Everything may come twice. A row knows the upload that brought it and a document the upload that changed it last, so
/// a part that comes again changes nothing, and sends again what its first try may not have sent.
///
/// @param <R> one row of the family's table
public abstract class FamilyFunction<R> extends SqsFunction {
    private static final int CLIENTS_AT_ONCE = 100;
    private static final int SAMPLES = 20;
    /// What separates the columns of a row's key; no cell has a control character.
    private static final String SEPARATOR = "\u001f";

    private final KpiFamily<R> family;
    private final TableSchema schema;
    private final DataBucket bucket;
    private final RecordStore records;
    private final TenantStore tenants;
    private final UploadLedger ledger;
    private final MessageQueue score;
    private final MessageQueue own;
    private final UploadCompletion completion;

    protected FamilyFunction(KpiFamily<R> family, Map<String, String> variables) {
        super(variables);
        this.family = family;
        schema = schema(family.table());
        bucket = stack.bucket();
        records = stack.records();
        tenants = stack.tenants();
        ledger = stack.ledger();
        score = stack.scoreQueue();
        own = stack.ownQueue();
        completion = stack.completion();
    }

    @Override
    protected final void handle(JsonNode body, Log log, Context context) throws IOException {
        String key = ObjectCreated.key(body);
        String because = body.path("because").textValue();
        try (Part.Reader reader = new Part.Reader(bucket.open(key, null))) {
            Part part = reader.part();
            PartCounts counts = apply(reader);
            log.info("Applied a part", "stored", counts.stored());
            if (because == null) {
                UploadLedger.Entry entry = ledger.done(part.upload(), part.number(), counts.toJson());
                if (entry.isComplete()) {
                    completion.complete(entry, log);
                    applyNewerAgain(entry.upload(), entry.upload().token());
                }
            } else if (ledger.doneAgain(part.upload(), part.number(), part.parts(), because)) {
                applyNewerAgain(part.upload(), because);
            }
        } catch (NoSuchKeyException e) {
            // Sent again before it was written: it comes by itself.
            if (because == null) {
                throw e;
            }
        }
    }

    /// A row that an upload leaves as it is gets no write, so an older upload that comes later could win over it. The
    /// newer uploads of the table are therefore applied once more, the oldest first, each after the one before.
    private void applyNewerAgain(Upload upload, String because) {
        Optional<UploadLedger.Entry> newer = ledger.nextNewer(upload.tenant(), upload.table(), upload.token());
        newer.ifPresent(entry -> {
            List<String> bodies = new ArrayList<>();
            for (int part = 0; part < entry.parts(); part++) {
                var body = Json.object().put("because", because);
                body.putObject("detail").putObject("object").put("key", Keys.part(entry.upload(), part));
                bodies.add(Json.text(body));
            }
            if (bodies.isEmpty()) {
                applyNewerAgain(entry.upload(), because);
            }
            own.send(bodies);
        });
    }

    /// How long the rows of a client are kept; the family of a table of which rows are dropped says so.
    protected Document.Retention retention(LocalDate day, Configuration configuration) {
        return Document.Retention.FOREVER;
    }

    private PartCounts apply(Part.Reader reader) throws IOException {
        Part part = reader.part();
        TenantStore.State tenant = tenants.find(part.upload().tenant());
        Work work = new Work(
                part,
                tenant.isUnderFloor(part.upload()),
                retention(part.day(), tenant.configuration()),
                new PartCounts());
        Set<String> clients = new HashSet<>();
        Map<String, SortedMap<String, Row>> chunk = new LinkedHashMap<>();
        for (Row row = reader.next(); row != null; row = reader.next()) {
            String client = row.required("client_id");
            if (chunk.size() == CLIENTS_AT_ONCE && !chunk.containsKey(client)) {
                apply(work, chunk);
                chunk.clear();
            }
            clients.add(client);
            chunk.computeIfAbsent(client, id -> new TreeMap<>(CodePoints.ORDER)).put(rowKey(schema, row), row);
        }
        if (!chunk.isEmpty()) {
            apply(work, chunk);
        }
        if (part.whole() != null && !work.underFloor()) {
            removeOthers(work, part.whole(), clients);
        }
        return work.counts();
    }

    /// What holds for all of a part.
    ///
    /// @param underFloor whether a newer snapshot of the table stands, so that the part changes nothing
    private record Work(Part part, boolean underFloor, Document.Retention retention, PartCounts counts) {}

    /// Takes a snapshot's rows of clients away that it does not have.
    private void removeOthers(Work work, Part.Range whole, Set<String> clients) {
        Upload upload = work.part().upload();
        records.forEachClient(upload.tenant(), upload.table(), whole, some -> {
            Map<String, SortedMap<String, Row>> nothing = new LinkedHashMap<>();
            some.stream()
                    .filter(client -> !clients.contains(client))
                    .forEach(client -> nothing.put(client, new TreeMap<>(CodePoints.ORDER)));
            if (!nothing.isEmpty()) {
                merge(work, nothing);
            }
        });
    }

    private void apply(Work work, Map<String, SortedMap<String, Row>> chunk) {
        if (work.underFloor()) {
            chunk.values().forEach(rows -> work.counts().outdated(rows.size()));
            count(work.part(), chunk.keySet(), Set.of(), work.counts());
        } else {
            count(work.part(), chunk.keySet(), merge(work, chunk), work.counts());
        }
    }

    /// @return the clients of which the table knew nothing
    private Set<String> merge(Work work, Map<String, SortedMap<String, Row>> chunk) {
        Upload upload = work.part().upload();
        Map<String, Document.Merged> merged = new ConcurrentHashMap<>();
        Map<String, RecordStore.Stored> stored = records.read(upload.tenant(), upload.table(), chunk.keySet());
        if (registers()) {
            // Before the rows, so that whoever sees a registered client can find it by its other spellings too.
            records.rememberRegistered(
                    upload.tenant(),
                    stored.values().stream()
                            .filter(each -> each.document().version() == 0)
                            .map(each -> each.document().clientId())
                            .toList());
        }
        Dynamo.forEach(chunk.entrySet(), entry -> {
            RecordStore.Stored read = stored.get(entry.getKey());
            merged.put(entry.getKey(), store(work, entry.getKey(), entry.getValue(), read));
        });

        Set<String> fresh = new HashSet<>();
        Map<String, Client.Facet> facets = new HashMap<>();
        String token = upload.token();
        merged.forEach((client, outcome) -> {
            work.counts().add(outcome);
            Document document = outcome.document();
            // Also when an earlier try changed it, which may have died before it could tell.
            if (outcome.changed() || token.equals(document.lastUpload())) {
                facets.put(client, facet(document, work.part()));
                if (document.version() == 1) {
                    fresh.add(client);
                }
            }
        });
        if (!facets.isEmpty()) {
            score.send(new ScoreMessage(
                            upload.tenant(), upload.table(), work.part().day(), token, upload.id(), facets)
                    .bodies());
        }
        return fresh;
    }

    private Document.Merged store(
            Work work, String client, SortedMap<String, Row> rows, RecordStore.@Nullable Stored read) {
        Upload upload = work.part().upload();
        RecordStore.Stored before = read;
        for (int attempt = 1; ; attempt++) {
            if (before == null) {
                before = records.read(upload.tenant(), upload.table(), List.of(client))
                        .get(client);
            }
            if (before == null) {
                throw new IllegalStateException("A read gives a document for every client");
            }
            Document.Merged merged = before.document()
                    .merge(upload.token(), upload.id(), rows, work.part().whole() != null, work.retention());
            if (!merged.changed() || records.write(upload.tenant(), upload.table(), merged.document(), before)) {
                return merged;
            }
            if (records.isErased(upload.tenant(), client, upload.token())) {
                return new Document.Merged(Document.empty(client), 0, 0, rows.size(), 0, 0, false);
            }
            Dynamo.pause(attempt);
            before = null;
        }
    }

    private Client.Facet facet(Document document, Part part) {
        List<R> rows = document.allRows().stream().map(family::read).toList();
        Map<String, Timeline> timelines = rows.isEmpty() ? Map.of() : family.timelines(rows, part.day());
        return new Client.Facet(
                document.version(), String.valueOf(document.lastUploadId()), !rows.isEmpty(), timelines);
    }

    private void count(Part part, Collection<String> seen, Set<String> fresh, PartCounts counts) {
        Tenant tenant = part.upload().tenant();
        counts.seen(
                seen.size(), records.firstBrought(tenant, fresh, part.upload().token()));
        if (registers()) {
            return;
        }
        Set<String> unregistered = new TreeSet<>(CodePoints.ORDER);
        unregistered.addAll(seen);
        unregistered.removeAll(records.existing(tenant, Tables.REGISTRY, seen));
        List<String> samples = unregistered.stream().limit(SAMPLES).toList();
        Map<String, String> meant = records.probablyMeant(tenant, samples);
        counts.unregistered(unregistered.size(), samples, meant);
    }

    private static TableSchema schema(String table) {
        TableSchema schema = Tables.load().find(table);
        if (schema == null) {
            throw new IllegalStateException("There is no schema of table " + table);
        }
        return schema;
    }

    private boolean registers() {
        return schema.name().equals(Tables.REGISTRY);
    }

    /// What tells a client's row from its others in a table.
    public static String rowKey(TableSchema schema, Row row) {
        StringBuilder key = new StringBuilder();
        for (String column : schema.primaryKey()) {
            if (!column.equals("client_id")) {
                key.append(key.isEmpty() ? "" : SEPARATOR).append(row.required(column));
            }
        }
        return key.toString();
    }
}
