package clientkpis.sweep;

import clientkpis.aws.DataBucket;
import clientkpis.aws.MessageQueue;
import clientkpis.aws.VersionedObjects;
import clientkpis.function.Log;
import clientkpis.function.LogContext;
import clientkpis.function.Metric;
import clientkpis.function.Segments;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Client;
import clientkpis.message.ObjectCreated;
import clientkpis.message.ResendMessage;
import clientkpis.message.SegmentMessage;
import clientkpis.store.ClientStore;
import clientkpis.store.Keys;
import clientkpis.store.Outbox;
import clientkpis.store.RecordStore;
import clientkpis.store.TenantStore;
import clientkpis.store.UploadLedger;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares, once a day, the uploads in the bucket with the ledger, the rows of clients with their fields, and the
/// recorded changes of situation with those that were published. What is missing was lost on the way, and is sent
/// again: the upload to `intake`, the client to its family, which sends its timelines to `score`, the change to
/// `situation`. Whatever only waits there is at most sent twice.
public final class SweepFunction extends SqsFunction {
    private static final String SCHEDULED = "scheduledTime";
    private static final String UPLOADS = "uploads/";
    /// A message that was lost was in a queue no longer than this.
    private static final Duration LONGEST = Duration.ofDays(15);
    /// What is younger is probably on its way.
    private static final Duration SHORTEST = Duration.ofHours(2);
    private static final int CLIENTS = 100;
    private static final int OBJECTS = 1_000;

    private final DataBucket bucket;
    private final VersionedObjects objects;
    private final UploadLedger ledger;
    private final TenantStore tenants;
    private final ClientStore clients;
    private final RecordStore records;
    private final Outbox outbox;
    private final MessageQueue own;
    private final MessageQueue intake;
    private final Segments segments;

    public SweepFunction() {
        this(System.getenv());
    }

    public SweepFunction(Map<String, String> variables) {
        super(variables);
        bucket = stack.bucket();
        objects = stack.versionedObjects();
        ledger = stack.ledger();
        tenants = stack.tenants();
        clients = stack.clients();
        records = stack.records();
        outbox = stack.outbox();
        own = stack.ownQueue();
        intake = stack.intakeQueue();
        segments = stack.segments();
    }

    /// The sweep of all tenants, of one, or of some of its shards.
    @Override
    protected void handle(JsonNode body, Log log, Context context) {
        if (body.has("shards")) {
            SegmentMessage segment = SegmentMessage.read(body);
            segments.walk(
                    segment,
                    segment.shards(),
                    context::getRemainingTimeInMillis,
                    shard -> compareClients(segment.tenant(), segment.day(), shard, log));
            return;
        }
        Instant scheduled = Instant.parse(body.path(SCHEDULED).asText());
        if (!body.has("tenant")) {
            plan(scheduled);
            return;
        }
        Tenant tenant = Tenant.of(body.path("tenant").asText());
        compareUploads(tenant, scheduled, log);
        LocalDate day = scheduled.atOffset(ZoneOffset.UTC).toLocalDate();
        own.send(SegmentMessage.all(tenant, day, tenants.find(tenant).clients()));
    }

    /// Also of a tenant whose only upload was lost.
    private void plan(Instant scheduled) {
        TreeSet<String> names = new TreeSet<>();
        tenants.all().keySet().forEach(tenant -> names.add(tenant.name()));
        bucket.folders(UPLOADS).stream()
                .map(folder -> folder.substring(UPLOADS.length(), folder.length() - 1))
                .filter(Tenant::isAllowed)
                .forEach(names::add);
        own.send(names.stream()
                .map(name -> Json.text(Json.object().put("tenant", name).put(SCHEDULED, scheduled.toString())))
                .toList());
    }

    private void compareUploads(Tenant tenant, Instant scheduled, Log log) {
        int sent = 0;
        @Nullable String after = "";
        while (after != null) {
            VersionedObjects.Versions some = objects.versions(Keys.uploadsOf(tenant), after, OBJECTS);
            sent += sendUnknown(
                    tenant,
                    some.versions().stream()
                            .filter(version -> !version.isMarker())
                            .map(version -> upload(tenant, version))
                            .filter(upload -> upload != null
                                    && upload.time().isAfter(scheduled.minus(LONGEST))
                                    && upload.time().isBefore(scheduled.minus(SHORTEST)))
                            .toList(),
                    log);
            after = some.next();
        }
        log.info("Compared uploads with the ledger", "sent", sent);
    }

    /// A version of an object as an upload; null if it is neither in the folder of a table nor in `auto/`. S3 does not
    /// list the sequencer of its event, but it is the same upload for the ledger.
    private static @Nullable Upload upload(Tenant tenant, VersionedObjects.Version version) {
        String[] segments =
                version.key().substring(Keys.uploadsOf(tenant).length()).split("/", 2);
        boolean isFolder = version.key().endsWith("/") && version.size() == 0;
        if (segments.length < 2 || isFolder) {
            return null;
        }
        TableSchema table = Tables.load().find(segments[0]);
        String name = table == null ? segments[0] : table.name();
        return table == null && !name.equals(Upload.AUTO)
                ? null
                : new Upload(tenant, name, version.modified(), version.key(), "", version.id(), version.size());
    }

    /// @return how many have not arrived
    private int sendUnknown(Tenant tenant, List<Upload> some, Log log) {
        List<Upload> unknown = ledger.unknown(tenant, some);
        if (!unknown.isEmpty()) {
            intake.send(unknown.stream().map(ObjectCreated::message).toList());
            unknown.forEach(upload -> log.about(LogContext.of(upload)).warn("Sent an upload that had not arrived"));
            log.warn("The sweep found uploads", Map.of(Metric.SWEEP_FOUND, unknown.size()));
        }
        return unknown.size();
    }

    /// @param day what uploads since its beginning changed may be on its way
    private void compareClients(Tenant tenant, LocalDate day, int shard, Log log) {
        Map<String, Map<String, Long>> known = new HashMap<>();
        int[] unsent = new int[1];
        clients.forEachPage(tenant, shard, page -> {
            page.forEach(client -> known.put(client.clientId(), versions(client)));
            unsent[0] += outbox.sendUnsent(tenant, page, day.minusDays(LONGEST.toDays()), day);
        });
        if (unsent[0] > 0) {
            log.warn("The sweep found changes of situation", Map.of(Metric.SWEEP_FOUND, unsent[0]));
        }
        Map<String, List<String>> behind = new TreeMap<>();
        records.forEachHead(tenant, shard, head -> {
            Map<String, Long> versions = known.get(head.clientId());
            boolean isOld = head.upload().compareTo(day.toString()) < 0;
            boolean isBehind =
                    versions == null ? head.rows() > 0 : versions.getOrDefault(head.table(), 0L) < head.version();
            if (isOld && isBehind) {
                behind.computeIfAbsent(head.table(), table -> new ArrayList<>()).add(head.clientId());
            }
        });
        behind.forEach((table, ids) -> {
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < ids.size(); i += CLIENTS) {
                bodies.add(new ResendMessage(tenant, table, ids.subList(i, Math.min(i + CLIENTS, ids.size()))).body());
            }
            stack.partsQueue(table).send(bodies, tenant.name());
            log.warn("The sweep found clients", Map.of(Metric.SWEEP_FOUND, ids.size()), "table", table);
        });
    }

    private static Map<String, Long> versions(Client client) {
        Map<String, Long> versions = new HashMap<>();
        client.facets().forEach((table, facet) -> versions.put(table, facet.version()));
        return versions;
    }
}
