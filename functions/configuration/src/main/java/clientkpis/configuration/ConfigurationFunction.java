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
import clientkpis.function.Segments;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.message.ObjectCreated;
import clientkpis.message.SegmentMessage;
import clientkpis.receipt.Sentence;
import clientkpis.store.ClientStore;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Checks a configuration that was uploaded, activates it, and evaluates every client with it, in segments that it
/// sends to itself. Every step is idempotent.
public final class ConfigurationFunction extends SqsFunction {
    private static final String FOLDER = "configuration/";
    private static final String EXTENSION = ".json";
    private static final String JSON = "application/json";
    /// With a receipt: the order of its configuration.
    private static final String ORDER = "order";

    private final DataBucket bucket;
    private final TenantStore tenants;
    private final ClientStore clients;
    private final Evaluations evaluations;
    private final MessageQueue own;
    private final Segments segments;
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
        segments = stack.segments();
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
            log.warn("Ignored an object that is not a tenant's configuration");
            String strayKey = Keys.strayReceipt(null, created.id());
            ObjectNode receipt = rejected(
                    receipt(tenantName, key, created.id()),
                    List.of(new Problem("", Sentence.of("configuration.bad_key"))),
                    Configuration.DEFAULT.language());
            bucket.put(strayKey, Json.bytes(receipt), JSON);
            publishRejected(strayKey, receipt);
            return;
        }
        Tenant tenant = Tenant.of(tenantName);
        Upload upload = created.upload(tenant, "configuration");
        byte[] bytes;
        try (InputStream in = bucket.open(key, upload.version())) {
            // One byte more than allowed is enough to see that it is too long.
            bytes = in.readNBytes(ConfigurationCheck.LARGEST + 1);
        } catch (NoSuchKeyException e) {
            log.warn("A configuration was deleted before it was read");
            return;
        }
        ObjectNode receipt = receipt(tenant.name(), key, upload.id());
        String receiptKey = Keys.configurationReceipt(tenant);
        switch (ConfigurationCheck.check(bytes)) {
            case Result.Rejected(List<Problem> problems, @Nullable Language own) -> {
                log.warn("Rejected a configuration", "problems", problems.size());
                Language language =
                        own == null ? tenants.find(tenant).configuration().language() : own;
                put(receiptKey, rejected(receipt, problems, language), upload);
                publishRejected(receiptKey, receipt);
            }
            case Result.Accepted accepted -> {
                ZoneId zone = accepted.configuration().formats().timeZone();
                LocalDate day = upload.day(zone);
                TenantStore.Activation outcome = tenants.activate(tenant, upload.order(), accepted.json(), day);
                TenantStore.State current = tenants.find(tenant);
                receipt.put("status", outcome.name().toLowerCase(Locale.ROOT));
                receipt.put("version", current.active().version());
                LocalDate since = current.active().since();
                if (since != null) {
                    receipt.put("since", since.toString());
                }
                if (outcome != TenantStore.Activation.OUTDATED) {
                    put(receiptKey, receipt, upload);
                }
                if (outcome == TenantStore.Activation.ACTIVATED) {
                    own.send(SegmentMessage.all(tenant, day, current.clients()));
                    bus.publish(new ConfigurationActivated(
                            receiptKey + "/" + upload.id(),
                            receiptKey,
                            tenant,
                            upload.id(),
                            key,
                            current.active().version(),
                            Objects.requireNonNull(since)));
                }
                log.info("Configuration processed", "outcome", outcome);
            }
        }
    }

    /// Stores the receipt of a tenant's configuration, unless a newer one has its receipt already.
    private void put(String receiptKey, ObjectNode receipt, Upload upload) {
        bucket.putUnless(
                receiptKey,
                Json.bytes(receipt),
                JSON,
                Map.of(ORDER, upload.order()),
                there -> CodePoints.ORDER.compare(there.getOrDefault(ORDER, ""), upload.order()) > 0);
    }

    private static ObjectNode rejected(ObjectNode receipt, List<Problem> problems, Language language) {
        ArrayNode list =
                receipt.put("status", "refused").put("language", language.tag()).putArray("problems");
        problems.forEach(problem -> list.addObject()
                .put("pointer", problem.pointer())
                .put("message", problem.message().in(language)));
        return receipt;
    }

    private void publishRejected(String receiptKey, ObjectNode receipt) {
        String upload = receipt.path("upload").asText();
        bus.publish(new ConfigurationRejected(
                receiptKey + "/" + upload,
                receiptKey,
                receipt.path("tenant").asText(),
                upload,
                receipt.path("object").asText(),
                StreamSupport.stream(receipt.path("problems").spliterator(), false)
                        .map(problem -> new ConfigurationRejected.Problem(
                                problem.path("pointer").asText(),
                                problem.path("message").asText()))
                        .toList()));
    }

    private static ObjectNode receipt(String tenant, String key, String upload) {
        return Json.object().put("tenant", tenant).put("upload", upload).put("object", key);
    }

    private void evaluate(SegmentMessage segment, Log log, Context context) {
        TenantStore.State tenant = tenants.find(segment.tenant());
        Evaluations.Formula formula = (client, current) -> client.reconfigured(
                current.dayFor(client, segment.day()), current.active(), new Cause.NewConfiguration());
        LongAdder changed = new LongAdder();
        segments.walk(
                segment,
                segment.shards(),
                context::getRemainingTimeInMillis,
                shard -> clients.forEachPage(
                        segment.tenant(),
                        shard,
                        page -> changed.add(
                                evaluations.evaluate(tenant, page, formula, log).changed())));
        log.info("Evaluated clients with a new configuration", "changed", changed.sum());
    }
}
