package clientkpis.benchmarks;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a run must end with.
///
/// @param asOf the last day
/// @param clients each client's fields on that day, absent ones left out; a value is an `Integer`, a `BigDecimal` with
///     its scale, a `LocalDate` or a `String`
/// @param changes the net changes of situation of each day, by day and then client
record Expected(LocalDate asOf, Map<String, Map<String, Object>> clients, List<Change> changes) {

    /// The net change of a client's situation on one day.
    ///
    /// @param clientId the client
    /// @param from the situation at the end of the day before; null on the client's first day
    /// @param to the situation at the end of the day
    /// @param asOf the day
    record Change(String clientId, @Nullable String from, String to, LocalDate asOf) {}

    /// This as JSON: counts as numbers, decimals as strings with their scale, dates as ISO text.
    String json() {
        return "{\n \"asOf\": \"" + asOf + "\",\n \"clients\": {\n"
                + clients.entrySet().stream()
                        .map(client -> "  " + JsonWriter.quoted(client.getKey()) + ": " + object(client.getValue()))
                        .collect(Collectors.joining(",\n"))
                + "\n },\n \"changes\": [\n"
                + changes.stream()
                        .map(change -> "  {\"clientId\": " + JsonWriter.quoted(change.clientId())
                                + (change.from() == null ? "" : ", \"from\": \"" + change.from() + "\"")
                                + ", \"to\": \"" + change.to() + "\", \"asOf\": \"" + change.asOf() + "\"}")
                        .collect(Collectors.joining(",\n"))
                + "\n ]\n}\n";
    }

    private static String object(Map<String, Object> fields) {
        return fields.entrySet().stream()
                .map(field -> JsonWriter.quoted(field.getKey()) + ": "
                        + (field.getValue() instanceof Integer count
                                ? count.toString()
                                : JsonWriter.quoted(field.getValue().toString())))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
