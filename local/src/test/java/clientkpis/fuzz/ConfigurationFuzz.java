package clientkpis.fuzz;

import clientkpis.configuration.check.ConfigurationCheck;
import clientkpis.json.ConfigurationJson;
import clientkpis.json.Json;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.reading.ReadingOptions;
import clientkpis.tables.Tables;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/// A configuration: it is rejected with reasons, or a client is evaluated with it.
public final class ConfigurationFuzz {
    private ConfigurationFuzz() {}

    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);

    public static void fuzzerTestOneInput(byte[] input) {
        ConfigurationCheck.Result result = ConfigurationCheck.check(input);
        if (result instanceof ConfigurationCheck.Result.Rejected rejected) {
            if (rejected.problems().isEmpty() || !result.equals(ConfigurationCheck.check(input))) {
                throw new IllegalStateException("Rejected without a reason, or for another: " + rejected);
            }
            for (Language language : Language.values()) {
                rejected.problems()
                        .forEach(problem -> Json.text(problem.message().in(language)));
            }
            return;
        }
        var accepted = (ConfigurationCheck.Result.Accepted) result;
        Configuration configuration = accepted.configuration();
        if (!ConfigurationJson.read(Json.parse(Json.bytes(accepted.json()))).equals(configuration)) {
            throw new IllegalStateException("It is not read as it was stored: " + accepted.json());
        }
        Tables.load().all().forEach(table -> ReadingOptions.of(configuration, table));
        Map<String, Timeline> timelines = new TreeMap<>();
        Tables.load().fields().forEach(field -> {
            Value value = field.isNumeric() ? Value.Number.of(7) : new Value.Text("Tier 1");
            timelines.put(field.name(), Timeline.constant(DAY, value));
        });
        Client.unknown("c")
                .uploaded(
                        DAY,
                        Map.of("clients", new Client.Facet(1, "u", timelines)),
                        new Configuration.Active(1, DAY, configuration),
                        new Cause.Daily());
    }
}
