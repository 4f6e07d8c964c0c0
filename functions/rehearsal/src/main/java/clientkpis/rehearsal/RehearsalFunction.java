package clientkpis.rehearsal;

import clientkpis.aws.DataBucket;
import clientkpis.aws.EventBus;
import clientkpis.configuration.check.ConfigurationCheck.Problem;
import clientkpis.configuration.check.ConfigurationCheck.Result.Accepted;
import clientkpis.events.Event;
import clientkpis.events.RehearsalCompleted;
import clientkpis.events.RehearsalRejected;
import clientkpis.function.Log;
import clientkpis.function.ObjectCreated;
import clientkpis.function.SqsFunction;
import clientkpis.json.ConfigurationJson;
import clientkpis.json.Json;
import clientkpis.json.RehearsalJson;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.rehearsal.Rehearsal;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.replay.Replay;
import clientkpis.store.Keys;
import clientkpis.store.TenantStore;
import clientkpis.tables.ClientStatus;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Tries a configuration on the days of a tenant's exports, and says what it would have told of the clients who left.
/// Nothing of the tenant changes. A message that is delivered again publishes again what was published.
public final class RehearsalFunction extends SqsFunction {
    private static final String FOLDER = "rehearsals/";
    private static final String EXTENSION = ".json";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
    private static final String JSON = "application/json";
    private static final String RESULT = "result.json";
    private static final String PAGE = "index.html";
    private static final String INVALID = "invalid";
    /// With a receipt: the order of its upload.
    private static final String ORDER = "order";

    /// The most days of clients that an invocation has time for.
    private static final long MOST = 5_000_000;

    private final DataBucket bucket;
    private final TenantStore tenants;
    private final EventBus bus;

    public RehearsalFunction() {
        this(System.getenv());
    }

    public RehearsalFunction(Map<String, String> variables) {
        super(variables);
        bucket = stack.bucket();
        tenants = stack.tenants();
        bus = stack.bus();
    }

    /// One upload that asks for a rehearsal.
    private record Asked(Tenant tenant, String name, Upload upload) {
        String id() {
            return tenant + "/" + name + "/" + upload.id();
        }

        String key(String file) {
            return Keys.rehearsal(tenant, name, file);
        }

        String receipt() {
            return key("receipt.json");
        }

        RehearsalRejected rejected(String reason, @Nullable LocalDate since, List<Problem> problems) {
            return rejection(receipt(), tenant.name(), name, upload.id(), upload.key(), reason, since, problems);
        }

        RehearsalRejected rejected(String reason, String pointer, String message) {
            return rejected(reason, null, List.of(new Problem(pointer, message)));
        }
    }

    private static RehearsalRejected rejection(
            String receipt,
            String tenant,
            String name,
            String upload,
            String object,
            String reason,
            @Nullable LocalDate since,
            List<Problem> problems) {
        return new RehearsalRejected(
                tenant + "/" + name + "/" + upload,
                receipt,
                tenant,
                name,
                upload,
                object,
                reason,
                since,
                problems.stream()
                        .map(problem -> new RehearsalRejected.Problem(problem.pointer(), problem.message()))
                        .toList());
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        ObjectCreated created = ObjectCreated.read(body);
        String[] path = created.key().substring(FOLDER.length()).split("/", 2);
        String name = path.length < 2 ? "" : path[1].replaceFirst("[.]json$", "");
        boolean known = Tenant.isAllowed(path[0]);
        if (!known || path.length < 2 || !path[1].endsWith(EXTENSION) || !NAME.matcher(name).matches()) {
            log.warn("Rejected an object that is not a tenant's rehearsal");
            String receipt = Keys.strayRehearsal(known ? Tenant.of(path[0]) : null, created.id());
            RehearsalRejected rejected = rejection(
                    receipt,
                    path[0],
                    name,
                    created.id(),
                    created.key(),
                    INVALID,
                    null,
                    List.of(new Problem("", "The key does not name a rehearsal. Upload to"
                            + " rehearsals/{tenant}/{name}.json; a name has letters, digits, dots, - and _.")));
            bucket.put(receipt, Json.bytes(rejected), JSON);
            bus.publish(rejected);
            return;
        }
        Tenant tenant = Tenant.of(path[0]);
        Asked asked = new Asked(tenant, name, created.upload(tenant, "rehearsals"));
        Told told = told(asked);
        if (told.isOutdated()) {
            log.warn("Ignored a rehearsal, because a newer one has its name");
            return;
        }
        Event event = told.event();
        if (event == null) {
            byte[] bytes;
            try (InputStream in = bucket.open(created.key(), asked.upload().version())) {
                // One byte more than allowed is enough to see that it is too long.
                bytes = in.readNBytes(RehearsalRequest.LARGEST + 1);
            } catch (NoSuchKeyException e) {
                log.warn("A rehearsal was deleted before it was read");
                return;
            }
            event = answer(asked, bytes, log);
            put(asked, asked.receipt(), Json.bytes(event), JSON);
        }
        bus.publish(event);
    }

    /// What became of a rehearsal in an earlier attempt.
    ///
    /// @param event null if it is to be made
    private record Told(@Nullable Event event, boolean isOutdated) {}

    private Told told(Asked asked) {
        Optional<byte[]> receipt = bucket.get(asked.receipt());
        if (receipt.isEmpty()) {
            return new Told(null, false);
        }
        int age = compare(bucket.metadata(asked.receipt()), asked);
        JsonNode json = Json.parse(receipt.get());
        if (age != 0) {
            return new Told(null, age > 0);
        }
        Event event = json.has("reason")
                ? Json.read(json, RehearsalRejected.class)
                : Json.read(json, RehearsalCompleted.class);
        return new Told(event, false);
    }

    private static int compare(Map<String, String> metadata, Asked asked) {
        return CodePoints.ORDER.compare(
                metadata.getOrDefault(ORDER, ""), asked.upload().order());
    }

    /// Stores something of a rehearsal, unless a newer one of its name has stored it already.
    private void put(Asked asked, String key, byte[] bytes, String type) {
        bucket.putUnless(
                key,
                bytes,
                type,
                Map.of(ORDER, asked.upload().order()),
                there -> compare(there, asked) > 0);
    }

    private Event answer(Asked asked, byte[] bytes, Log log) {
        RehearsalRequest request;
        switch (RehearsalRequest.read(bytes)) {
            case RehearsalRequest.Result.Rejected(List<Problem> problems) -> {
                log.warn("Rejected a rehearsal", "problems", problems.size());
                return asked.rejected(INVALID, null, problems);
            }
            case RehearsalRequest.Result.Accepted(RehearsalRequest accepted) -> request = accepted;
        }
        TenantStore.State state = tenants.find(asked.tenant());
        LocalDate recalculated = state.lastRecalculation();
        ExportedDays days =
                recalculated == null ? null : ExportedDays.find(bucket, asked.tenant(), recalculated);
        if (days == null || days.isEmpty()) {
            return asked.rejected("noExports", "", "No day was recalculated yet, or no export is kept.");
        }
        LocalDate since = Objects.requireNonNullElse(request.since(), days.first());
        if (since.isBefore(days.first()) || since.isAfter(days.last())) {
            return asked.rejected(
                    INVALID,
                    "/since",
                    ("The exports that are kept are of %s to %s; since is %s. On files, kpis rehearse --since rebuilds"
                                    + " the days before the first export.")
                            .formatted(days.first(), days.last(), since));
        }
        Period period = new Period(since, days.last());
        long clients = Math.max(1, state.clients());
        if (clients * period.days() > MOST) {
            return tooLarge(asked, clients, period);
        }
        return rehearse(asked, request, days, period, log);
    }

    private static RehearsalRejected tooLarge(Asked asked, long clients, Period period) {
        LocalDate fits = clients > MOST ? null : period.last().minusDays(MOST / clients - 1);
        String message = "%d days of %d clients are more than %d."
                .formatted(period.days(), clients, MOST)
                .concat(fits == null ? "" : " Begin with \"since\": \"%s\".".formatted(fits));
        return asked.rejected("tooLarge", fits, List.of(new Problem("/since", message)));
    }

    private RehearsalCompleted rehearse(
            Asked asked, RehearsalRequest request, ExportedDays days, Period period, Log log) {
        int earlier = earlier(asked);
        JsonNode inForceJson = tenants.configuration(asked.tenant());
        Configuration inForce = ConfigurationJson.read(inForceJson);
        Accepted candidate = request.candidate();
        Configuration other = candidate == null ? null : candidate.configuration();
        Rehearsal.Question question = new Rehearsal.Question(
                request.horizons(), period.first(), 0, inForce.scoring(), other == null ? null : other.scoring());
        Replay replay =
                new Replay(period, inForce, other, question.landmarks(period), ClientStatus::isInactive);
        ObjectNode result = RehearsalJson.write(
                Rehearsal.of(Past.of(period, days.replay(replay, period)), question),
                new RehearsalJson.Told(
                        asked.tenant().name(),
                        asked.name(),
                        earlier,
                        candidate == null ? List.of() : NotRehearsed.of(inForceJson, candidate.json()),
                        Map.of()));
        put(asked, asked.key(RESULT), Json.bytes(result), JSON);
        put(asked, asked.key(PAGE), RehearsalPage.render(result), "text/html; charset=utf-8");
        log.info(
                "Rehearsed a configuration",
                "days",
                period.days(),
                "clients",
                result.at("/population/clients").asInt());
        return completed(asked, result, earlier);
    }

    /// How many rehearsals of the tenant were before. An upload that is handled again finds its own mark.
    private int earlier(Asked asked) {
        String marks = Keys.rehearsed(asked.tenant());
        String own = marks + asked.upload().id();
        bucket.putIfAbsent(own, new byte[0], JSON, Map.of());
        return Math.toIntExact(
                bucket.keys(marks).stream().filter(key -> key.compareTo(own) < 0).count());
    }

    private static RehearsalCompleted completed(Asked asked, JsonNode result, int earlier) {
        List<RehearsalCompleted.Horizon> horizons = new ArrayList<>();
        for (JsonNode horizon : result.at("/backtest/horizons")) {
            JsonNode verdict = horizon.path("none").isMissingNode()
                    ? horizon.at("/comparison/verdict")
                    : horizon.path("none");
            horizons.add(new RehearsalCompleted.Horizon(
                    horizon.path("days").asInt(), verdict.asText("notCompared")));
        }
        JsonNode moved = result.at("/rehearsal/movedClients");
        JsonNode suggestion = result.path("suggestion");
        return new RehearsalCompleted(
                asked.id(),
                asked.tenant(),
                asked.name(),
                asked.upload().id(),
                asked.key(RESULT),
                asked.key(PAGE),
                LocalDate.parse(result.path("from").asText()),
                LocalDate.parse(result.path("to").asText()),
                result.at("/population/clients").asInt(),
                result.at("/population/churns").asInt(),
                earlier,
                moved.isInt() ? moved.intValue() : null,
                horizons,
                suggestion.path(suggestion.has("none") ? "none" : "verdict").asText());
    }
}
