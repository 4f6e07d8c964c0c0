package clientkpis.erasure;

import clientkpis.aws.DataBucket;
import clientkpis.aws.EventBus;
import clientkpis.events.ErasureCompleted;
import clientkpis.events.ErasureRejected;
import clientkpis.function.Log;
import clientkpis.function.ObjectCreated;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.RawFile;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.format.FileFormat;
import clientkpis.reading.format.FileRejectedException;
import clientkpis.reading.format.GzipMembers;
import clientkpis.store.ClientIds;
import clientkpis.store.ClientStore;
import clientkpis.store.Keys;
import clientkpis.store.RecordStore;
import clientkpis.tables.Column;
import clientkpis.tables.FileCode;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Removes every trace of the clients on a list (LGPD, art. 18) from the tables and from the objects that the suite
/// itself wrote. A tombstone is kept, a hash and a token, so that data on its way does not bring a client back. The
/// list is deleted last; until then a failed erasure is repeated as a whole, with the same result.
public final class ErasureFunction extends SqsFunction {
    private static final String FOLDER = "erasures/";
    private static final String JSON = "application/json";

    private final DataBucket bucket;
    private final RecordStore records;
    private final ClientIds clientIds;
    private final ClientStore clients;
    private final EventBus bus;

    public ErasureFunction() {
        this(System.getenv());
    }

    public ErasureFunction(Map<String, String> variables) {
        super(variables);
        bucket = stack.bucket();
        records = stack.records();
        clientIds = stack.clientIds();
        clients = stack.clients();
        bus = stack.bus();
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        ObjectCreated created = ObjectCreated.read(body);
        String key = created.key();
        String[] segments = key.substring(FOLDER.length()).split("/", 2);
        if (segments.length < 2 || segments[1].isEmpty() || !Tenant.isAllowed(segments[0])) {
            log.warn("Ignored an object that is not a tenant's list of clients to erase");
            return;
        }
        Tenant tenant = Tenant.of(segments[0]);
        Upload upload = created.upload(tenant, "erasures");
        String receiptKey = Keys.receipt(tenant, "erasures", upload.id());
        Path list = Files.createTempFile("erasure", "");
        try {
            try (InputStream in = bucket.open(key, upload.version())) {
                Files.copy(in, list, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            } catch (NoSuchKeyException e) {
                return; // An earlier delivery did it.
            }
            switch (RawFile.read(list, upload.name(), null, ReadingOptions.of(Configuration.DEFAULT, null))) {
                case RawFile.Rejected(FileCode code, String _) -> reject(upload, receiptKey, code, log);
                case RawFile.Read read -> {
                    Optional<Set<String>> ids = ids(read);
                    if (ids.isEmpty()) {
                        reject(upload, receiptKey, FileCode.COLUMNS_MISSING, log);
                    } else {
                        erase(upload, receiptKey, ids.get(), log);
                    }
                }
            }
        } finally {
            Files.delete(list);
        }
        bucket.deleteVersions(key);
    }

    /// The column whose header may be that of `client_id`; a list of one column needs no header.
    private static Optional<Set<String>> ids(RawFile.Read read) {
        TableSchema registry = Tables.load().registry();
        int place = -1;
        for (int i = 0; i < read.header().size(); i++) {
            Column column = registry.column(read.header().get(i));
            if (column != null && column.name().equals("client_id")) {
                place = i;
            }
        }
        if (place < 0 && read.header().size() > 1) {
            return Optional.empty();
        }
        Set<String> ids = new LinkedHashSet<>();
        if (place < 0) {
            place = 0;
            ids.add(read.header().getFirst().strip());
        }
        for (List<String> row : read.rows()) {
            ids.add(place < row.size() ? row.get(place).strip() : "");
        }
        ids.remove("");
        return Optional.of(ids);
    }

    private void reject(Upload upload, String receiptKey, FileCode code, Log log) {
        ObjectNode receipt = Json.object()
                .put("tenant", upload.tenant().name())
                .put("upload", upload.id())
                .put("status", "rejected")
                .put("reason", code.label());
        bucket.put(receiptKey, Json.bytes(receipt), JSON);
        bus.publish(new ErasureRejected(receiptKey, upload.tenant(), upload.id(), receiptKey, code));
        log.warn("Rejected a list of clients to erase", "code", code.label());
    }

    private void erase(Upload upload, String receiptKey, Set<String> ids, Log log) throws IOException {
        Tenant tenant = upload.tenant();
        List<String> tables =
                Tables.load().all().stream().map(TableSchema::name).toList();
        for (String id : ids) {
            // The tombstones first: they keep anything older from being written.
            records.addTombstone(tenant, id, upload.order());
            clients.addTombstone(tenant, id, upload.order());
            records.erase(tenant, id, tables);
            clientIds.erase(tenant, id);
            clients.erase(tenant, id);
        }
        Scrubber scrubber = new Scrubber(ids);
        int rewritten = 0;
        rewritten += scrub(Keys.partsOf(tenant), scrubber);
        for (String prefix : Keys.derivedOf(tenant)) {
            rewritten += scrub(prefix, scrubber);
        }
        List<String> originals = originals(tenant, scrubber);
        ObjectNode receipt = Json.object()
                .put("tenant", tenant.name())
                .put("upload", upload.id())
                .put("status", "erased")
                .put("clients", ids.size())
                .put("objectsRewritten", rewritten);
        ArrayNode list = receipt.putArray("originals");
        originals.forEach(list::add);
        receipt.put("note", "The originals are yours: they still name a client. Delete them, or let them expire.");
        bucket.put(receiptKey, Json.bytes(receipt), JSON);
        bus.publish(new ErasureCompleted(receiptKey, tenant, upload.id(), receiptKey, ids.size(), originals.size()));
        log.info("Erased clients", "clients", ids.size(), "rewritten", rewritten);
    }

    /// @return how many objects were rewritten
    private int scrub(String prefix, Scrubber scrubber) throws IOException {
        int rewritten = 0;
        for (String key : bucket.keys(prefix)) {
            if (isForPeople(key)) {
                // Made from the parts, which are kept: it is made again, or is without them on the next day.
                bucket.delete(key);
                rewritten++;
                continue;
            }
            Optional<byte[]> before = bucket.get(key);
            if (before.isPresent()) {
                Optional<byte[]> after = scrubbed(key, before.get(), scrubber);
                if (after.isPresent()) {
                    bucket.replace(key, after.get());
                    rewritten++;
                }
            }
        }
        // Also of objects that are not rewritten: their old versions may name a client.
        bucket.deleteOldVersions(prefix);
        return rewritten;
    }

    private static boolean isForPeople(String key) {
        return key.endsWith(".html") || (key.startsWith("exports/") && key.endsWith(".csv"));
    }

    private Optional<byte[]> scrubbed(String key, byte[] object, Scrubber scrubber) throws IOException {
        if (key.contains(".rejected.")) {
            return scrubber.rejectedRows(object, key);
        }
        if (key.endsWith(".jsonl.gz")) {
            return scrubber.lines(object);
        }
        if (key.endsWith(".json.gz")) {
            return scrubber.survey(object);
        }
        if (key.endsWith(".samples.json")) {
            return scrubber.samples(object);
        }
        if (key.startsWith("maturity/")) {
            return scrubber.texts(object);
        }
        boolean isDecided = key.startsWith("parts/") && key.endsWith("/receipt.json");
        if (!key.startsWith("receipts/") && !isDecided) {
            return Optional.empty();
        }
        JsonNode rejected = Json.parse(object).path("rejectedRows").path("object");
        String rows = rejected.asText();
        if (isDecided) {
            rows = key.replaceFirst(
                    "receipt[.]json$", "rows" + rows.substring(Math.max(0, rows.lastIndexOf(".rejected."))));
        }
        boolean named = rejected.isTextual()
                && bucket.get(rows)
                        .map(bytes -> scrubber.isNamedIn(new String(bytes, StandardCharsets.UTF_8)))
                        .orElse(true);
        return scrubber.receipt(object, named);
    }

    /// The uploader's own objects that name a client, in whatever encoding intake reads.
    private List<String> originals(Tenant tenant, Scrubber scrubber) throws IOException {
        List<String> naming = new ArrayList<>();
        for (String key : bucket.keys(Keys.uploadsOf(tenant))) {
            for (Charset charset :
                    List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"), StandardCharsets.UTF_16)) {
                if (names(key, charset, scrubber)) {
                    naming.add(key);
                    break;
                }
            }
        }
        return naming;
    }

    private boolean names(String key, Charset charset, Scrubber scrubber) throws IOException {
        try (InputStream object = GzipMembers.decompressed(bucket.open(key, null));
                BufferedReader lines = FileFormat.of(key).text(object, charset)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (scrubber.isNamedIn(line)) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchKeyException e) {
            return false;
        } catch (FileRejectedException e) {
            return true; // It cannot be read to its end: it is safer to list it.
        }
    }
}
