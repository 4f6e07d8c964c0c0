package clientkpis.rehearsal;

import clientkpis.aws.DataBucket;
import clientkpis.aws.EventBus;
import clientkpis.configuration.check.ConfigurationCheck.Problem;
import clientkpis.configuration.check.ConfigurationCheck.Result.Accepted;
import clientkpis.events.Event;
import clientkpis.events.RehearsalCompleted;
import clientkpis.events.RehearsalRejected;
import clientkpis.function.Log;
import clientkpis.function.SqsFunction;
import clientkpis.json.ConfigurationJson;
import clientkpis.json.Json;
import clientkpis.json.RehearsalJson;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.kpi.rehearsal.Rehearsal;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.replay.Replay;
import clientkpis.message.ObjectCreated;
import clientkpis.receipt.Sentence;
import clientkpis.store.Keys;
import clientkpis.store.TenantStore;
import clientkpis.tables.ClientStatus;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Tries a configuration on the days of a tenant's exports, and says whether it would have warned of the clients who
/// left. Nothing of the tenant changes. A message that is delivered again publishes again what was published.
public final class RehearsalFunction extends SqsFunction {
    private static final String JSON = "application/json";
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

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        ObjectCreated created = ObjectCreated.read(body);
        Optional<Asked> known = Asked.of(created);
        if (known.isEmpty()) {
            log.warn("Rejected an object that is not a tenant's rehearsal");
            RehearsalRejected rejected = Asked.stray(created);
            bucket.put(rejected.receipt(), Json.bytes(rejected), JSON);
            bus.publish(rejected);
            return;
        }
        Asked asked = known.get();
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
        bucket.putUnless(key, bytes, type, Map.of(ORDER, asked.upload().order()), there -> compare(there, asked) > 0);
    }

    private Event answer(Asked asked, byte[] bytes, Log log) {
        TenantStore.State state = tenants.find(asked.tenant());
        Language language = state.configuration().language();
        RehearsalRequest request;
        switch (RehearsalRequest.read(bytes)) {
            case RehearsalRequest.Result.Rejected(List<Problem> problems) -> {
                log.warn("Rejected a rehearsal", "problems", problems.size());
                return asked.rejected(Asked.INVALID, null, problems, language);
            }
            case RehearsalRequest.Result.Accepted(RehearsalRequest accepted) -> request = accepted;
        }
        LocalDate recalculated = state.lastRecalculation();
        ExportedDays days = recalculated == null ? null : ExportedDays.find(bucket, asked.tenant(), recalculated);
        if (days == null || days.isEmpty()) {
            return asked.rejected(
                    "noExports", null, List.of(new Problem("", Sentence.of("rehearsal.no_exports"))), language);
        }
        LocalDate since = Objects.requireNonNullElse(request.since(), days.first());
        if (since.isBefore(days.first()) || since.isAfter(days.last())) {
            return asked.rejected(
                    Asked.INVALID,
                    null,
                    List.of(new Problem(
                            "/since", Sentence.of("rehearsal.out_of_range", days.first(), days.last(), since))),
                    language);
        }
        Period period = new Period(since, days.last());
        long clients = Math.max(1, state.clients());
        if (clients * period.days() > MOST) {
            return tooLarge(asked, clients, period, language);
        }
        return rehearse(asked, request, days, period, log);
    }

    private static RehearsalRejected tooLarge(Asked asked, long clients, Period period, Language language) {
        LocalDate fits = clients > MOST ? null : period.last().minusDays(MOST / clients - 1);
        Sentence message = fits == null
                ? Sentence.of("rehearsal.too_large", MOST, period.days(), clients)
                : Sentence.of("rehearsal.too_large.begin", MOST, period.days(), clients, fits);
        return asked.rejected("tooLarge", fits, List.of(new Problem("/since", message)), language);
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
        Replay replay = new Replay(period, inForce, other, question.landmarks(period), ClientStatus::isInactive);
        Rehearsal rehearsal = Rehearsal.of(Past.of(period, days.replay(replay, period)), question);
        ObjectNode result = RehearsalJson.write(
                rehearsal,
                new RehearsalJson.Told(
                        asked.tenant().name(),
                        asked.name(),
                        earlier,
                        candidate == null ? List.of() : NotRehearsed.of(inForceJson, candidate.json()),
                        Map.of()));
        put(asked, asked.result(), Json.bytes(result), JSON);
        put(asked, asked.page(), RehearsalPage.render(result, rehearsal.names()), "text/html; charset=utf-8");
        log.info(
                "Rehearsed a configuration",
                "days",
                period.days(),
                "clients",
                result.at("/population/clients").asInt());
        return asked.completed(result);
    }

    /// How many rehearsals of the tenant were before. An upload that is handled again finds its own mark.
    private int earlier(Asked asked) {
        String marks = Keys.rehearsed(asked.tenant());
        String own = marks + asked.upload().order();
        bucket.putIfAbsent(own, new byte[0], JSON, Map.of());
        return Math.toIntExact(bucket.keys(marks).stream()
                .filter(key -> key.compareTo(own) < 0)
                .count());
    }
}
