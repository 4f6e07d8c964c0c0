package clientkpis.rehearsal;

import clientkpis.configuration.check.ConfigurationCheck.Problem;
import clientkpis.events.RehearsalCompleted;
import clientkpis.events.RehearsalRejected;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.message.ObjectCreated;
import clientkpis.receipt.Sentence;
import clientkpis.store.Keys;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One upload that asks for a rehearsal, and what is published about it.
record Asked(Tenant tenant, String name, Upload upload) {
    static final String FOLDER = "rehearsals/";
    static final String INVALID = "invalid";

    private static final String EXTENSION = ".json";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

    /// @return empty if the key names no tenant or no rehearsal
    static Optional<Asked> of(ObjectCreated created) {
        String tenant = tenantOf(created.key());
        String name = nameOf(created.key());
        return Tenant.isAllowed(tenant)
                        && created.key().endsWith(EXTENSION)
                        && NAME.matcher(name).matches()
                ? Optional.of(
                        new Asked(Tenant.of(tenant), name, created.upload(Tenant.of(tenant), FOLDER.replace("/", ""))))
                : Optional.empty();
    }

    /// Of an object that [#of] does not know.
    static RehearsalRejected stray(ObjectCreated created) {
        String tenant = tenantOf(created.key());
        return rejected(
                Keys.strayRehearsal(Tenant.isAllowed(tenant) ? Tenant.of(tenant) : null, created.id()),
                tenant,
                nameOf(created.key()),
                created.id(),
                created.key(),
                INVALID,
                null,
                List.of(new Problem("", Sentence.of("rehearsal.bad_key"))),
                Configuration.DEFAULT.language());
    }

    private static String tenantOf(String key) {
        return key.substring(FOLDER.length()).split("/", 2)[0];
    }

    private static String nameOf(String key) {
        String[] path = key.substring(FOLDER.length()).split("/", 2);
        return path.length < 2
                ? ""
                : path[1].endsWith(EXTENSION) ? path[1].substring(0, path[1].length() - EXTENSION.length()) : path[1];
    }

    String receipt() {
        return file("receipt.json");
    }

    String result() {
        return file("result.json");
    }

    String page() {
        return file("index.html");
    }

    private String file(String file) {
        return Keys.rehearsal(tenant, name, file);
    }

    RehearsalRejected rejected(String reason, @Nullable LocalDate since, List<Problem> problems, Language language) {
        return rejected(receipt(), tenant.name(), name, upload.id(), upload.key(), reason, since, problems, language);
    }

    private static RehearsalRejected rejected(
            String receipt,
            String tenant,
            String name,
            String upload,
            String object,
            String reason,
            @Nullable LocalDate since,
            List<Problem> problems,
            Language language) {
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
                        .map(problem -> new RehearsalRejected.Problem(
                                problem.pointer(), problem.message().in(language)))
                        .toList());
    }

    /// @param answer as `result.json` has it
    RehearsalCompleted completed(JsonNode answer) {
        List<RehearsalCompleted.Horizon> horizons = new ArrayList<>();
        for (JsonNode horizon : answer.at("/backtest/horizons")) {
            JsonNode verdict = horizon.has("none") ? horizon.path("none") : horizon.at("/comparison/verdict");
            horizons.add(new RehearsalCompleted.Horizon(horizon.path("days").asInt(), verdict.asText("notCompared")));
        }
        JsonNode moved = answer.at("/rehearsal/movedClients");
        JsonNode suggestion = answer.path("suggestion");
        return new RehearsalCompleted(
                tenant + "/" + name + "/" + upload.id(),
                tenant,
                name,
                upload.id(),
                result(),
                page(),
                LocalDate.parse(answer.path("from").asText()),
                LocalDate.parse(answer.path("to").asText()),
                answer.at("/population/clients").asInt(),
                answer.at("/population/churns").asInt(),
                answer.path("earlier").asInt(),
                moved.isInt() ? moved.longValue() : null,
                horizons,
                suggestion.path(suggestion.has("none") ? "none" : "verdict").asText());
    }
}
