package clientkpis.kpi.client;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.configuration.Configuration;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A client remembers the first day on which it had MRR.
class FirstMrrTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-01");
    private static final Configuration.Active STANDARD = new Configuration.Active(0, null, Configuration.DEFAULT);
    private static final Cause.Upload UPLOAD = new Cause.Upload("contracts", "u1");

    @Test
    void itIsTheDayOfTheEvaluationThatFindsMrrAndStays() {
        Client client = contracts(Client.unknown("c"), DAY, 1, "0.00");
        assertThat(client.firstMrrOn()).isNull();
        assertThat(client.shown(DAY)).doesNotContainKey("firstMrrOn");

        client = contracts(client, DAY.plusDays(3), 2, "10.00");
        assertThat(client.firstMrrOn()).isEqualTo(DAY.plusDays(3));
        assertThat(client.shown(DAY.plusDays(3))).containsEntry("firstMrrOn", new Value.Day(DAY.plusDays(3)));

        client = contracts(client, DAY.plusDays(5), 3, "0.00");
        client = contracts(client, DAY.plusDays(9), 4, "20.00");
        assertThat(client.firstMrrOn()).isEqualTo(DAY.plusDays(3));
    }

    @Test
    void aDayCountsAsItEnds() {
        Client client = contracts(Client.unknown("c"), DAY, 1, "10.00");
        client = contracts(client, DAY, 2, "0.00");

        assertThat(client.firstMrrOn()).isNull();
    }

    @Test
    void anUploadThatIsEvaluatedLateCountsFromThen() {
        Client client = contracts(Client.unknown("c"), DAY.plusDays(5), 1, "0.00");

        assertThat(contracts(client, DAY, 2, "10.00").firstMrrOn()).isEqualTo(DAY.plusDays(5));
    }

    @Test
    void anMrrSetByHandIsOneInForceAndWhatItHidesIsNot() {
        Client hidden = contracts(override(Client.unknown("c"), "0.00"), DAY, 1, "10.00");
        assertThat(hidden.firstMrrOn()).isNull();

        Client given = contracts(override(Client.unknown("c"), "5.00"), DAY, 1, "0.00");
        assertThat(given.firstMrrOn()).isEqualTo(DAY);
    }

    @Test
    void aDayThatWasNotRecalculatedCountsAsTheRowsStoodOnIt() {
        Client client = contracts(override(Client.unknown("c"), "0.00"), DAY, 1, "10.00");

        // The override ends with its first day; nobody looked until ten days later.
        Client later = client.recalculated(DAY.plusDays(10), null, STANDARD, new Cause.Daily())
                .client();
        assertThat(later.firstMrrOn()).isEqualTo(DAY.plusDays(1));

        Client gone = contracts(client, DAY.plusDays(10), 2, "0.00");
        assertThat(gone.firstMrrOn()).isEqualTo(DAY.plusDays(1));
    }

    @Test
    void aClientThatWasStoredBeforeItWasRememberedHasItSinceItsRowsGiveOne() {
        Client known = contracts(Client.unknown("c"), DAY, 1, "10.00");
        Client stored = new Client(
                "c",
                known.version(),
                DAY.plusDays(7),
                known.facets(),
                null,
                known.scores(),
                known.standing(),
                Map.of(),
                0,
                null,
                Tenure.NONE);

        assertThat(stored.remembering().firstMrrOn()).isEqualTo(DAY);
        // What was not known is no change.
        assertThat(stored.remembering()
                        .recalculated(DAY.plusDays(8), null, STANDARD, new Cause.Daily())
                        .changed())
                .isFalse();
    }

    private static Client contracts(Client client, LocalDate day, long version, String mrr) {
        Timeline timeline = Timeline.constant(day, new Value.Number(new BigDecimal(mrr)));
        return client.uploaded(
                        day,
                        Map.of("contracts", new Client.Facet(version, "u" + version, Map.of("mrr", timeline))),
                        STANDARD,
                        UPLOAD)
                .client();
    }

    /// Sets the MRR by hand for one day.
    private static Client override(Client client, String mrr) {
        TreeMap<LocalDate, Value> values = new TreeMap<>();
        values.put(DAY, new Value.Manual(new Value.Number(new BigDecimal(mrr)), null, null, DAY));
        Map<LocalDate, @org.jspecify.annotations.Nullable Value> steps = new TreeMap<>(values);
        steps.put(DAY.plusDays(1), null);
        return client.uploaded(
                        DAY,
                        Map.of("overrides", new Client.Facet(1, "o", Map.of("mrr", Timeline.of(steps)))),
                        STANDARD,
                        new Cause.Upload("overrides", "o"))
                .client();
    }
}
