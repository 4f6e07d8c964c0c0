package clientkpis.kpi.client;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Rules;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.Scoring;
import clientkpis.kpi.score.WouldChange;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// "An unexpired manual override, then rule or calculation, then integration. An override never destroys the value
/// below it" (fields.md, *Where a value comes from*). With overdue titles alone the SenseScore is 100 for none, 60 for
/// one, 30 for two and 0 for three.
///
/// One file, because it is one section of the page.
class SourcesTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-01");
    private static final Configuration DEFAULT = Configuration.DEFAULT;
    private static final Configuration.Active STANDARD = new Configuration.Active(0, null, DEFAULT);
    private static final Cause UPLOAD = new Cause.Upload("billing", "u1");
    private static final Cause OVERRIDE = new Cause.Override("o1");

    @Test
    void aValueSetByHandStandsAboveTheCalculatedOneThroughItsLastDay() {
        Client client = of(overdue(0), manual("overdueTitles", Value.Number.of(2), DAY.plusDays(1)));
        assertThat(client.shown(DAY)).containsEntry("overdueTitles", Value.Number.of(2));
        assertThat(client.on(DAY).layers().get("overdueTitles"))
                .containsExactly(
                        new Fields.Layer(
                                new Fields.Origin.Manual("ana", "conferido", DAY.plusDays(1)), Value.Number.of(2)),
                        new Fields.Layer(new Fields.Origin.Table("billing", "u1"), Value.Number.of(0)));

        Client next = recalculated(client, DAY.plusDays(1));
        assertThat(next.shown(DAY.plusDays(1)))
                .as("that day included")
                .containsEntry("overdueTitles", Value.Number.of(2));
        Client after = recalculated(next, DAY.plusDays(2));
        assertThat(after.shown(DAY.plusDays(2)))
                .as("without an upload")
                .containsEntry("overdueTitles", Value.Number.of(0))
                .containsEntry("senseScore", number("100.00"));
    }

    @Test
    void indicatorsReadTheValueInForce() {
        Client client = of(overdue(0), manual("overdueTitles", Value.Number.of(2), null));
        assertThat(client.scores().senseScore().value()).isEqualTo("30.00");
    }

    @Test
    void whatWouldChangeTheScoreStartsFromTheValueInForce() {
        Client client = of(overdue(0), manual("overdueTitles", Value.Number.of(2), null));
        assertThat(wouldChange(client).nextBand())
                .isEqualTo(new WouldChange.Step(
                        Band.YELLOW,
                        "finance",
                        "overdueTitles",
                        BigDecimal.valueOf(2),
                        BigDecimal.ONE,
                        new BigDecimal("60.00")));
        Client changed = of(overdue(0), manual("overdueTitles", Value.Number.of(1), null));
        assertThat(changed.scores().senseScore().value()).isEqualTo("60.00");
        assertThat(changed.scores().senseScore().band()).isEqualTo(Band.YELLOW);
    }

    @Test
    void nothingWouldChangeAScoreSetByHandAndNoStepABandSetByHand() {
        assertThat(wouldChange(of(overdue(2), manual("senseScore", number("20.00"), null))))
                .isEqualTo(WouldChange.NOTHING);
        WouldChange band = wouldChange(of(overdue(2), manual("senseScoreBand", new Value.Text("red"), null)));
        assertThat(band.nextBand()).isNull();
        assertThat(band.healthy())
                .containsExactly(
                        new WouldChange.Healthy("finance", "overdueTitles", new BigDecimal("100.00"), Band.RED));
    }

    private static WouldChange wouldChange(Client client) {
        return client.on(DAY).wouldChange(DEFAULT.scoring(), field -> WouldChange.Limits.NONE);
    }

    @Test
    void aScoreSetByHandCountsInTheHistoryAndTheCalculatedOneStaysReadable() {
        Client client = of(overdue(0), manual("senseScore", number("20.00"), null));
        assertThat(client.scores().senseScoreHistory().lastDays(DAY, 1)).isEqualTo(new History.Mean(2000, 1));
        assertThat(client.scores().senseScore().band()).isEqualTo(Band.RED);
        assertThat(client.on(DAY).layers().get("senseScore"))
                .extracting(Fields.Layer::value)
                .containsExactly(number("20.00"), number("100.00"));
        assertThat(client.on(DAY).layers().get("senseScoreBand"))
                .as("follows the score in force")
                .containsExactly(new Fields.Layer(new Fields.Origin.Formula(), new Value.Text("red")));
    }

    @Test
    void anEngagementScoreSetByHandIsWhatTheHistoryAndTheIndicatorsSee() {
        Client calculated = Client.unknown("c")
                .uploaded(DAY, Map.of("billing", overdue(0)), STANDARD, UPLOAD)
                .client()
                .recalculated(DAY, new BigDecimal("-50.00"), STANDARD, new Cause.Daily())
                .client();
        Client client = calculated
                .uploaded(DAY, Map.of("overrides", manual("engagementScore", number("80.00"), DAY)), STANDARD, OVERRIDE)
                .client();
        assertThat(client.scores().engagementHistory().lastDays(DAY, 1)).isEqualTo(new History.Mean(8000, 1));
        assertThat(client.on(DAY).layers().get("engagementScore"))
                .extracting(Fields.Layer::value)
                .containsExactly(number("80.00"), number("-50.00"));
        Client after = client.recalculated(DAY.plusDays(1), new BigDecimal("-50.00"), STANDARD, new Cause.Daily())
                .client();
        assertThat(after.shown(DAY.plusDays(1))).containsEntry("engagementScore", number("-50.00"));
    }

    @Test
    void aSituationSetByHandIsAChangeThatSaysSo() {
        Client before = Client.unknown("c")
                .uploaded(DAY, Map.of("billing", overdue(0)), STANDARD, UPLOAD)
                .client();
        Client.Evaluation set = before.uploaded(
                DAY, Map.of("overrides", manual("situation", new Value.Text("risk"), DAY)), STANDARD, OVERRIDE);
        assertThat(set.change().cause().label()).isEqualTo("override");
        assertThat(set.change().to()).isEqualTo(Situation.RISK);
        assertThat(set.change().overridden()).containsExactly("situation");
        assertThat(set.client().on(DAY).layers().get("situation"))
                .extracting(Fields.Layer::value)
                .containsExactly(new Value.Text("risk"), new Value.Text("neutral"));
        Client.Evaluation expired = set.client().recalculated(DAY.plusDays(1), null, STANDARD, new Cause.Daily());
        assertThat(expired.change().to()).isEqualTo(Situation.NEUTRAL);
        assertThat(expired.client().standing().calculated()).isNull();
    }

    @Test
    void daysToRenewalCountToTheDateInForce() {
        Client.Facet contracts = facet("u1", "renewalOn", new Value.Day(DAY.plusDays(10)));
        Client client =
                uploaded(Map.of("contracts", contracts, "overrides", manual("renewalOn", day(40), DAY.plusDays(1))));
        assertThat(client.shown(DAY.plusDays(1))).containsEntry("daysToRenewal", Value.Number.of(39));
        assertThat(client.shown(DAY.plusDays(2))).containsEntry("daysToRenewal", Value.Number.of(8));
        assertThat(client.on(DAY).layers().get("daysToRenewal").getFirst().origin())
                .isEqualTo(new Fields.Origin.Table("contracts", "u1"));
    }

    @Test
    void aRenewalSetByHandCountsDownWhereContractsGiveNone() {
        Client.Facet withoutEnd = facet("u1", "mrr", number("10.00"));
        Client.Facet renewal = manual("renewalOn", day(40), null);
        for (Map<String, Client.Facet> facets :
                List.of(Map.of("overrides", renewal), Map.of("contracts", withoutEnd, "overrides", renewal))) {
            assertThat(uploaded(facets).shown(DAY)).containsEntry("daysToRenewal", Value.Number.of(40));
        }
        assertThat(uploaded(Map.of("contracts", withoutEnd)).shown(DAY)).doesNotContainKey("daysToRenewal");
    }

    @Test
    void anotherDateThatIsTheSameDayMovesNoCountdown() {
        Client client = uploaded(Map.of(
                "contracts",
                facet("u1", "renewalOn", day(11)),
                "clients",
                facet("u1", "registeredOn", day(11)),
                "overrides",
                manual("registeredOn", new Value.Day(LocalDate.parse("2020-01-01")), null)));
        assertThat(client.shown(DAY)).containsEntry("daysToRenewal", Value.Number.of(11));
    }

    @Test
    void countdownsOfOlderItemsAreCountedAnew() {
        Client.Facet contracts = new Client.Facet(
                1,
                "u1",
                Map.of(
                        "renewalOn", Timeline.constant(DAY, day(10)),
                        "daysToRenewal", Timeline.constant(DAY, new Value.Countdown(DAY.plusDays(10)))));
        assertThat(uploaded(Map.of("contracts", contracts, "overrides", manual("renewalOn", day(40), null)))
                        .shown(DAY))
                .containsEntry("daysToRenewal", Value.Number.of(40));
    }

    @Test
    void aSituationSetByHandIsTheCauseWhateverElseIsEvaluatedWithIt() {
        Client before = uploaded(Map.of("billing", overdue(0)));
        Client.Facet risk = manual("situation", new Value.Text("risk"), null);
        Client.Evaluation set =
                before.uploaded(DAY, Map.of("billing", overdue(2, 1), "overrides", risk), STANDARD, UPLOAD);
        assertThat(set.change().cause()).isEqualTo(new Cause.Override("o1"));
        assertThat(set.client().standing().transitions().getLast().cause()).isEqualTo("override");

        Client.Facet withdrawn = new Client.Facet(2, "o2", Map.of());
        Client.Evaluation back =
                set.client().uploaded(DAY, Map.of("billing", overdue(3, 2), "overrides", withdrawn), STANDARD, UPLOAD);
        assertThat(back.change().cause()).isEqualTo(new Cause.Override("o2"));
    }

    @Test
    void anotherValueSetByHandIsTheCauseIfItAloneMakesTheSituation() {
        Client before = recalculated(uploaded(Map.of("billing", overdue(0))), DAY.plusDays(10));
        LocalDate day = DAY.plusDays(10);
        Client.Facet red = manual("senseScore", number("10.00"), null);
        Client.Facet segment = manual("segment", new Value.Text("Padarias"), null);

        assertThat(before.uploaded(day, Map.of("billing", overdue(2, 0), "overrides", red), STANDARD, UPLOAD)
                        .change()
                        .cause())
                .isEqualTo(new Cause.Override("o1"));
        assertThat(before.uploaded(day, Map.of("billing", overdue(2, 3), "overrides", segment), STANDARD, UPLOAD)
                        .change()
                        .cause())
                .isEqualTo(UPLOAD);
    }

    @Test
    void aConfigurationThatHasNotReachedTheClientYetIsTheCauseIfItAloneMakesTheSituation() {
        Client.Facet situation = manual("situation", new Value.Text("risk"), null);
        LocalDate day = DAY.plusDays(10);
        Client before = recalculated(uploaded(Map.of("billing", overdue(0))), DAY)
                .uploaded(day, Map.of("billing", overdue(2, 1)), STANDARD, UPLOAD)
                .client();
        Configuration.Active strict = bands("70", "90");

        assertThat(before.uploaded(day, Map.of("nps", facet("n1", "nps", number("60.00"))), strict, UPLOAD)
                        .change()
                        .cause()
                        .label())
                .isEqualTo("configuration");
        assertThat(before.recalculated(day, null, strict, new Cause.Daily())
                        .change()
                        .cause()
                        .label())
                .isEqualTo("configuration");
        assertThat(before.uploaded(day, Map.of("overrides", situation), strict, OVERRIDE)
                        .change()
                        .cause()
                        .label())
                .isEqualTo("override");
        assertThat(before.uploaded(day, Map.of("billing", overdue(3, 3)), STANDARD, UPLOAD)
                        .change()
                        .cause())
                .isEqualTo(UPLOAD);
    }

    @Test
    void aRuleStandsAboveTheUploadedValueAndBelowOneSetByHand() {
        Configuration.Active tiers = rules("{\"overdueTitles\": [{\"numeric\": [\">=\", 2]}]}", "Cobrança");
        Client.Facet registry = facet("u1", "stage", new Value.Text("Adoção"));
        Client ruled = Client.unknown("c")
                .uploaded(DAY, Map.of("clients", registry, "billing", overdue(2)), tiers, UPLOAD)
                .client();
        assertThat(ruled.on(DAY).layers().get("stage"))
                .containsExactly(
                        new Fields.Layer(new Fields.Origin.Rule(1), new Value.Text("Cobrança")),
                        new Fields.Layer(new Fields.Origin.Table("clients", "u1"), new Value.Text("Adoção")));
        Client manual = ruled.uploaded(
                        DAY, Map.of("overrides", manual("stage", new Value.Text("VIP"), null)), tiers, OVERRIDE)
                .client();
        assertThat(manual.on(DAY).layers().get("stage"))
                .extracting(Fields.Layer::value)
                .containsExactly(new Value.Text("VIP"), new Value.Text("Cobrança"), new Value.Text("Adoção"));
    }

    @Test
    void rulesReadWhatIsSetByHandAndTheScore() {
        Configuration.Active rule = rules("{\"senseScoreBand\": [\"red\"], \"overdueTitles\": [3]}", "Resgate");
        assertThat(Client.unknown("c")
                        .uploaded(
                                DAY,
                                Map.of(
                                        "billing",
                                        overdue(0),
                                        "overrides",
                                        manual("overdueTitles", Value.Number.of(3), null)),
                                rule,
                                OVERRIDE)
                        .client()
                        .shown(DAY))
                .containsEntry("stage", new Value.Text("Resgate"));
    }

    /// Uploads, a configuration, an override, its withdrawal by the next one, and an expiry end in the same table in
    /// whatever order they arrive.
    @Property(tries = 300)
    void everyOrderOfArrivalEndsInTheSameTable(@ForAll long seed, @ForAll @IntRange(max = 3) int titles) {
        Configuration.Active configured = rules("{\"overdueTitles\": [{\"numeric\": [\">=\", 2]}]}", "Cobrança");
        List<Map.Entry<String, Client.Facet>> uploads = List.of(
                Map.entry("billing", overdue(titles)),
                Map.entry("clients", facet("c1", "stage", new Value.Text("Adoção"))),
                Map.entry("overrides", manual(1, "stage", new Value.Text("VIP"), null)),
                Map.entry("overrides", manual(2, "overdueTitles", Value.Number.of(3), DAY.plusDays(1))),
                Map.entry("billing", overdue(2, titles)));
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        Collections.shuffle(order, new Random(seed));

        assertThat(replay(uploads, configured, order))
                .isEqualTo(replay(uploads, configured, List.of(0, 1, 2, 3, 4, 5)));
    }

    /// What is shown on the day, on the next day (the override's last) and on the day after that.
    private static List<Map<String, Value>> replay(
            List<Map.Entry<String, Client.Facet>> uploads, Configuration.Active configured, List<Integer> order) {
        Configuration.Active current = STANDARD;
        Client client = Client.unknown("c");
        for (int step : order) {
            if (step < uploads.size()) {
                var upload = uploads.get(step);
                client = client.uploaded(DAY, Map.of(upload.getKey(), upload.getValue()), current, UPLOAD)
                        .client();
            } else {
                current = configured;
                client = client.reconfigured(DAY, current, new Cause.NewConfiguration())
                        .client();
            }
        }
        List<Map<String, Value>> shown = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            client = client.recalculated(DAY.plusDays(i), null, current, new Cause.Daily())
                    .client();
            Map<String, Value> fields = new TreeMap<>(client.shown(DAY.plusDays(i)));
            // Only the number of changes of situation depends on the order.
            fields.remove("situationVersion");
            shown.add(fields);
        }
        return shown;
    }

    private static Client of(Client.Facet billing, Client.Facet overrides) {
        return Client.unknown("c")
                .uploaded(DAY, Map.of("billing", billing, "overrides", overrides), STANDARD, OVERRIDE)
                .client();
    }

    private static Client recalculated(Client client, LocalDate day) {
        return client.recalculated(day, client.engagementScore(), STANDARD, new Cause.Daily())
                .client();
    }

    private static Client uploaded(Map<String, Client.Facet> facets) {
        return Client.unknown("c").uploaded(DAY, facets, STANDARD, UPLOAD).client();
    }

    private static Value day(int after) {
        return new Value.Day(DAY.plusDays(after));
    }

    private static Client.Facet overdue(int titles) {
        return overdue(1, titles);
    }

    private static Client.Facet overdue(long version, int titles) {
        return new Client.Facet(
                version, "u" + version, Map.of("overdueTitles", Timeline.constant(DAY, Value.Number.of(titles))));
    }

    private static Client.Facet facet(String upload, String field, Value value) {
        return new Client.Facet(1, upload, Map.of(field, Timeline.constant(DAY, value)));
    }

    private static Client.Facet manual(String field, Value value, @Nullable LocalDate expiresOn) {
        return manual(1, field, value, expiresOn);
    }

    /// The facet that the family of overrides gives.
    private static Client.Facet manual(long version, String field, Value value, @Nullable LocalDate expiresOn) {
        Map<LocalDate, @Nullable Value> steps = new HashMap<>();
        steps.put(DAY, new Value.Manual(value, "ana", "conferido", expiresOn));
        if (expiresOn != null) {
            steps.put(expiresOn.plusDays(1), null);
        }
        return new Client.Facet(version, "o" + version, Map.of(field, Timeline.of(steps)));
    }

    private static Configuration.Active rules(String when, String then) {
        return configuration(DEFAULT.scoring(), new Rules(Map.of("stage", List.of(new Rules.Rule(when, then)))));
    }

    private static Configuration.Active bands(String yellow, String green) {
        Band.Cuts cuts = new Band.Cuts(new BigDecimal(yellow), new BigDecimal(green));
        return configuration(new Scoring(DEFAULT.scoring().indicators(), cuts), DEFAULT.rules());
    }

    private static Configuration.Active configuration(Scoring scoring, Rules rules) {
        return new Configuration.Active(
                1,
                DAY,
                new Configuration(
                        DEFAULT.recalculateAt(),
                        DEFAULT.formats(),
                        scoring,
                        DEFAULT.situations(),
                        rules,
                        DEFAULT.uploads(),
                        DEFAULT.language(),
                        DEFAULT.currency(),
                        DEFAULT.report()));
    }

    private static Value number(String number) {
        return new Value.Number(new BigDecimal(number));
    }
}
