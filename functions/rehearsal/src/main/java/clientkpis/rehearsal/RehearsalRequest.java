package clientkpis.rehearsal;

import clientkpis.configuration.check.ConfigurationCheck;
import clientkpis.configuration.check.ConfigurationCheck.Problem;
import clientkpis.json.Json;
import clientkpis.kpi.rehearsal.Rehearsal;
import clientkpis.receipt.Sentence;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a rehearsal is asked to try: `{"candidate", "since", "horizons"}`, each of them optional.
///
/// @param candidate null when only the configuration in force is tested
/// @param since the first day; null for that of the first export
/// @param horizons in days, each once; at least one
record RehearsalRequest(
        ConfigurationCheck.Result.@Nullable Accepted candidate,
        @Nullable LocalDate since,
        List<Integer> horizons) {
    /// In bytes: a configuration, and some more.
    static final int LARGEST = ConfigurationCheck.LARGEST + 1_000;

    private static final String CANDIDATE = "candidate";
    private static final String SINCE = "since";
    private static final String HORIZON = "horizons";
    private static final Set<String> MEMBERS = Set.of(CANDIDATE, SINCE, HORIZON);

    sealed interface Result {
        record Accepted(RehearsalRequest request) implements Result {}

        /// @param problems all of them; at least one
        record Rejected(List<Problem> problems) implements Result {}
    }

    /// @param bytes of the object, or more than are allowed
    static Result read(byte[] bytes) {
        if (bytes.length > LARGEST) {
            return rejected(Sentence.of("rehearsal.too_long", LARGEST));
        }
        JsonNode json;
        try {
            json = Json.parseStrictly(bytes);
        } catch (UncheckedIOException e) {
            return rejected(Sentence.of("rehearsal.bad_json"));
        }
        if (!json.isObject()) {
            return rejected(Sentence.of("rehearsal.not_object"));
        }
        Reader reader = new Reader();
        RehearsalRequest request = reader.read(json);
        return reader.problems.isEmpty()
                ? new Result.Accepted(request)
                : new Result.Rejected(List.copyOf(reader.problems));
    }

    private static Result rejected(Sentence message) {
        return new Result.Rejected(List.of(new Problem("", message)));
    }

    private static final class Reader {
        private final List<Problem> problems = new ArrayList<>();

        RehearsalRequest read(JsonNode json) {
            json.fieldNames().forEachRemaining(name -> {
                if (!MEMBERS.contains(name)) {
                    wrong("/" + ConfigurationCheck.escaped(name), Sentence.of("rehearsal.unknown_member", name));
                }
            });
            return new RehearsalRequest(candidate(json.get(CANDIDATE)), since(json.get(SINCE)), horizons(json));
        }

        private void wrong(String pointer, Sentence message) {
            problems.add(new Problem(pointer, message));
        }

        private ConfigurationCheck.Result.@Nullable Accepted candidate(@Nullable JsonNode json) {
            return switch (json == null ? null : ConfigurationCheck.check(json)) {
                case null -> null;
                case ConfigurationCheck.Result.Accepted accepted -> accepted;
                case ConfigurationCheck.Result.Rejected(List<Problem> wrong, var _) -> {
                    wrong.forEach(problem -> wrong("/" + CANDIDATE + problem.pointer(), problem.message()));
                    yield null;
                }
            };
        }

        private @Nullable LocalDate since(@Nullable JsonNode json) {
            if (json == null) {
                return null;
            }
            try {
                return LocalDate.parse(json.isTextual() ? json.asText() : "");
            } catch (DateTimeException e) {
                wrong("/" + SINCE, Sentence.of("rehearsal.not_a_day"));
                return null;
            }
        }

        private List<Integer> horizons(JsonNode json) {
            JsonNode list = json.get(HORIZON);
            if (list == null) {
                return Rehearsal.Question.HORIZONS;
            }
            List<Integer> horizons = new ArrayList<>();
            list.forEach(days -> horizons.add(days.isInt() ? days.intValue() : 0));
            if (!list.isArray() || !Rehearsal.Question.areHorizons(horizons)) {
                wrong("/" + HORIZON, Sentence.of("rehearsal.horizons", Rehearsal.Question.LONGEST));
            }
            return List.copyOf(horizons);
        }
    }
}
