package clientkpis.configuration;

import clientkpis.aws.DataBucket;
import clientkpis.aws.EventBus;
import clientkpis.aws.MessageQueue;
import clientkpis.configuration.check.ConfigurationCheck;
import clientkpis.configuration.check.ConfigurationCheck.Problem;
import clientkpis.configuration.check.ConfigurationCheck.Result;
import clientkpis.events.ConfigurationActivated;
import clientkpis.events.ConfigurationRejected;
import clientkpis.function.Evaluations;
import clientkpis.function.Log;
import clientkpis.function.ObjectCreated;
import clientkpis.function.SegmentMessage;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Cause;
import clientkpis.store.ClientStore;
import clientkpis.store.DayRuns;
import clientkpis.store.Keys;
import clientkpis.store.TenantStore;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Checks a configuration that was uploaded, activates it, and evaluates every client with it, in segments that it
/// sends to itself. Doing any of it twice gives the same.
public final class ConfigurationFunction extends SqsFunction {
    private static final String FOLDER = "configuration/";
    private static final String EXTENSION = ".json";
    private static final long ENOUGH_MILLIS = 60_000;

    private final DataBucket bucket;
    private final TenantStore tenants;
    private final ClientStore clients;
    private final Evaluations evaluations;
    private final MessageQueue own;
    private final EventBus bus;

    public ConfigurationFunction() {
        this(System.getenv());
    }

    public ConfigurationFunction(Map<String, String> variables) {
        super(variables);
        bucket = stack.bucket();
        tenants = stack.tenants();
        clients = stack.clients();
        evaluations = new Evaluations(clients, tenants);
        own = stack.ownQueue();
        bus = stack.bus();
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        if (body.has("detail")) {
            uploaded(body, log);
        } else {
            evaluate(SegmentMessage.read(body), log, context);
        }
    }

    private void uploaded(JsonNode body, Log log) throws IOException {
        ObjectCreated created = ObjectCreated.read(body);
        String key = created.key();
        String name = key.substring(FOLDER.length());
        String tenantName = name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
        if (!name.endsWith(EXTENSION) || !Tenant.isAllowed(tenantName)) {
            log.warn("Passed over an object that is no tenant's configuration");
            refuse(
                    Keys.strayReceipt(null, created.id()),
                    receipt(tenantName, key, created.id()),
                    List.of(new Problem("", "The key names no tenant. Upload to configuration/{tenant}.json.")));
            return;
        }
        Tenant tenant = Tenant.of(tenantName);
        Upload upload = created.upload(tenant, "configuration");
        byte[] bytes;
        try (InputStream in = bucket.open(key, upload.version())) {
            // One byte more than is allowed is enough to see that it is too long.
            bytes = in.readNBytes(ConfigurationCheck.LARGEST + 1);
        } catch (NoSuchKeyException e) {
            log.warn("A configuration is gone");
            return;
        }
        ObjectNode receipt = receipt(tenant.name(), key, upload.id());
        String receiptKey = Keys.configurationReceipt(tenant);
        switch (ConfigurationCheck.check(bytes)) {
            case Result.Refused(List<Problem> problems) -> {
                log.warn("Refused a configuration", "problems", problems.size());
                refuse(receiptKey, receipt, problems);
            }
            case Result.Accepted accepted -> {
                ZoneId zone = accepted.configuration().timeZone();
                LocalDate day = upload.day(zone);
                TenantStore.Activation outcome = tenants.activate(tenant, upload.token(), accepted.json(), day);
                TenantStore.State standing = tenants.find(tenant);
                receipt.put("status", outcome.name().toLowerCase(java.util.Locale.ROOT));
                receipt.put("version", standing.configuration().version());
                LocalDate since = standing.configuration().since();
                if (since != null) {
                    receipt.put("since", since.toString());
                }
                if (outcome != TenantStore.Activation.OUTDATED) {
                    bucket.put(receiptKey, Json.bytes(receipt), "application/json");
                }
                if (outcome == TenantStore.Activation.ACTIVATED) {
                    own.send(DayRuns.segments(standing.clients()).stream()
                            .map(range -> new SegmentMessage(tenant, day, range).body())
                            .toList());
                    bus.publish(new ConfigurationActivated(
                            receiptKey + "/" + upload.id(),
                            receiptKey,
                            tenant,
                            upload.id(),
                            key,
                            standing.configuration().version(),
                            Objects.requireNonNull(since)));
                }
                log.info("Took a configuration in", "outcome", outcome);
            }
        }
    }

    private void refuse(String receiptKey, ObjectNode receipt, List<Problem> problems) {
        receipt.put("status", "refused");
        ArrayNode list = receipt.putArray("problems");
        problems.forEach(
                problem -> list.addObject().put("pointer", problem.pointer()).put("message", problem.message()));
        bucket.put(receiptKey, Json.bytes(receipt), "application/json");
        String upload = receipt.path("upload").asText();
        bus.publish(new ConfigurationRejected(
                receiptKey + "/" + upload,
                receiptKey,
                receipt.path("tenant").asText(),
                upload,
                receipt.path("object").asText(),
                problems.stream()
                        .map(problem -> new ConfigurationRejected.Problem(problem.pointer(), problem.message()))
                        .toList()));
    }

    private static ObjectNode receipt(String tenant, String key, String upload) {
        return Json.object().put("tenant", tenant).put("upload", upload).put("object", key);
    }

    private void evaluate(SegmentMessage segment, Log log, Context context) {
        TenantStore.State tenant = tenants.find(segment.tenant());
        DayRuns.Range range = segment.shards();
        int shard = range.from();
        int changed = 0;
        while (shard < range.to() && (shard == range.from() || context.getRemainingTimeInMillis() > ENOUGH_MILLIS)) {
            int[] ofShard = {0};
            clients.forEachPage(
                    segment.tenant(),
                    shard,
                    page -> ofShard[0] += evaluations
                            .evaluate(
                                    tenant,
                                    page,
                                    (client, current) -> client.reconfigured(
                                            current.dayFor(client, segment.day()),
                                            current.configuration(),
                                            new Cause.NewConfiguration()))
                            .changed());
            changed += ofShard[0];
            shard++;
        }
        if (shard < range.to()) {
            own.send(new SegmentMessage(segment.tenant(), segment.day(), new DayRuns.Range(shard, range.to())).body());
        }
        log.info("Evaluated clients with a new configuration", "changed", changed);
    }
}
