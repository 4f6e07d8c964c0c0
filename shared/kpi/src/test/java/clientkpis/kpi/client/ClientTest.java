package clientkpis.kpi.client;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.Indicator;
import clientkpis.kpi.score.Scoring;
import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// With overdue titles alone the SenseScore is 100 for none, 60 (yellow) for one, 30 for two and 0 (red) for three.
///
/// One file, because every case is a life of one client, built by the same few helpers.
class ClientTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-01");
    private static final Configuration DEFAULT = Configuration.DEFAULT;
    private static final Configuration.Active STANDARD = new Configuration.Active(0, null, DEFAULT);
    private static final Cause.Upload UPLOAD = new Cause.Upload("billing", "u1");
    private static final Cause.Daily DAILY = new Cause.Daily();

    // What an upload brings

    @Test
    void anUploadRecalculatesItsClientAtOnce() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 1)).client();
        assertThat(client.asOf()).isEqualTo(DAY);
        assertThat(client.version()).isEqualTo(1);
        assertThat(client.scores().senseScore().value()).isEqualTo("60.00");
        assertThat(client.scores().senseScoreHistory().lastDays(DAY, 1)).isEqualTo(new History.Mean(6000, 1));
        assertThat(client.shown(DAY))
                .containsEntry("overdueTitles", Value.Number.of(1))
                .containsEntry("senseScore", number("60.00"))
                .containsEntry("senseScoreCoverage", number("25.00"))
                .containsEntry("senseScoreBand", new Value.Text("yellow"))
                .containsEntry("situation", new Value.Text("neutral"));
    }

    @Test
    void aFieldByItselfIsTheOneInForce() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 3)).client();
        Value.Manual one = new Value.Manual(Value.Number.of(1), null, null, DAY);
        Timeline byHand = new Timeline(List.of(new Timeline.Step(DAY, one), new Timeline.Step(DAY.plusDays(1), null)));
        Map<String, Client.Facet> facets = new TreeMap<>(client.facets());
        facets.put(Cause.Override.TABLE, new Client.Facet(1, "u2", Map.of("overdueTitles", byHand)));
        Client overruled = client.of(facets);
        for (LocalDate day : List.of(DAY.minusDays(1), DAY, DAY.plusDays(1))) {
            assertThat(overruled.value("overdueTitles", day))
                    .isEqualTo(overruled.values(day).get("overdueTitles"));
        }
        assertThat(overruled.value("overdueTitles", DAY)).isEqualTo(Value.Number.of(1));
        assertThat(overruled.value("overdueTitles", DAY.plusDays(1))).isEqualTo(Value.Number.of(3));
        assertThat(overruled.value("mrr", DAY)).isNull();
    }

    @Test
    void theSameUploadTwiceChangesNothing() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 1)).client();
        Client.Evaluation again = uploaded(client, DAY, overdue(1, 1));
        assertThat(again.changed()).isFalse();
        assertThat(again.client()).isSameAs(client);
        assertThat(again.change()).isNull();
    }

    @Test
    void daysBeforeTheFirstCountInItsMeansAndChangeNothingElse() {
        LocalDate from = DAY.minusDays(59);
        Client.Facet none =
                new Client.Facet(1, "u1", Map.of("overdueTitles", Timeline.constant(from, Value.Number.of(0))));
        Client past = uploaded(Client.unknown("c"), from, none).client();
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 3)).client();
        Tenure was = new Tenure(from, null, null);

        Client.Evaluation before = client.following(past.scores(), was);

        assertThat(before.changed()).isTrue();
        assertThat(before.change()).isNull();
        Client with = before.client();
        assertThat(with.version()).isEqualTo(2);
        assertThat(with.tenure()).isEqualTo(was);
        assertThat(with.standing()).isEqualTo(client.standing());
        assertThat(with.scores().senseScore()).isEqualTo(client.scores().senseScore());
        assertThat(with.scores().before()).isEqualTo(past.scores().senseScore());
        assertThat(with.scores().senseScoreHistory().lastDays(DAY, 60)).isEqualTo(new History.Mean(590_000, 60));
        assertThat(with.recalculated(DAY, null, STANDARD, DAILY)
                        .client()
                        .standing()
                        .situation())
                .isEqualTo(Situation.RISK);
        assertThat(client.recalculated(DAY, null, STANDARD, DAILY).changed()).isFalse();
    }

    @Test
    void rowsThatAreOlderThanTheClientsArePassedOver() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(2, 1)).client();
        assertThat(uploaded(client, DAY, overdue(1, 3)).changed()).isFalse();
    }

    @Test
    void rowsThatAllWentAwayTakeTheirFieldsWithThem() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 1)).client();
        Client.Facet nothing = new Client.Facet(2, "u2", Map.of());
        Client after = client.uploaded(DAY, Map.of("billing", nothing), STANDARD, UPLOAD)
                .client();
        assertThat(after.values(DAY)).isEmpty();
        assertThat(after.scores().senseScore().value()).isNull();
        assertThat(after.scores().senseScoreHistory().lastDays(DAY, 1).days()).isZero();
    }

    @Test
    void oneTableLeavesTheOthersAsTheyStand() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 0)).client();
        Client after = client.uploaded(
                        DAY, Map.of("nps", facet(1, "nps", number("-100"))), STANDARD, new Cause.Upload("nps", "u2"))
                .client();
        // (20 x 0 + 25 x 100) / 45
        assertThat(after.scores().senseScore().value()).isEqualTo("55.56");
    }

    @Property
    void inWhateverOrderTheyComeTheNewestRowsStand(@ForAll("facets") List<Client.Facet> facets, @ForAll Random random) {
        List<Client.Facet> shuffled = new ArrayList<>(facets);
        Collections.shuffle(shuffled, random);
        Client inOrder = Client.unknown("c");
        for (Client.Facet facet : facets) {
            inOrder = uploaded(inOrder, DAY, facet).client();
        }
        Client outOfOrder = Client.unknown("c");
        for (Client.Facet facet : shuffled) {
            outOfOrder = uploaded(outOfOrder, DAY, facet).client();
        }
        assertThat(outOfOrder.facets()).isEqualTo(inOrder.facets());
        assertThat(outOfOrder.scores().senseScore()).isEqualTo(inOrder.scores().senseScore());
        assertThat(outOfOrder.scores().senseScoreHistory())
                .isEqualTo(inOrder.scores().senseScoreHistory());
        assertThat(outOfOrder.standing().situation())
                .isEqualTo(inOrder.standing().situation());
    }

    /// Ascending versions of one table's rows; equal versions have equal rows.
    @Provide
    static Arbitrary<List<Client.Facet>> facets() {
        return Arbitraries.integers()
                .between(0, 4)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(counts -> {
                    List<Client.Facet> facets = new ArrayList<>();
                    for (int count : counts) {
                        facets.add(overdue(facets.size() + 1, count));
                    }
                    return facets;
                });
    }

    @Test
    void anUploadThatComesLateIsEvaluatedAtTheClientsDay() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 0)).client();
        client = uploaded(client, DAY.plusDays(5), overdue(2, 1)).client();
        Client late = uploaded(client, DAY.plusDays(2), overdue(3, 3)).client();
        assertThat(late.asOf()).isEqualTo(DAY.plusDays(5));
        assertThat(late.scores().senseScore().value()).isEqualTo("0.00");
        assertThat(late.scores().senseScoreHistory().mean(DAY, DAY.plusDays(4)))
                .as("closed days")
                .isEqualTo(client.scores().senseScoreHistory().mean(DAY, DAY.plusDays(4)));
        assertThat(late.scores().senseScoreHistory().lastDays(DAY.plusDays(5), 1))
                .isEqualTo(new History.Mean(0, 1));
    }

    // What a day brings

    @Test
    void theDateAloneMovesAField() {
        Timeline timeline = Timeline.of(Map.of(DAY, Value.Number.of(0), DAY.plusDays(9), Value.Number.of(3)));
        Client client = uploaded(Client.unknown("c"), DAY, new Client.Facet(1, "u1", Map.of("overdueTitles", timeline)))
                .client();
        assertThat(recalculated(client, DAY.plusDays(8)).changed()).isFalse();
        Client.Evaluation evaluation = recalculated(client, DAY.plusDays(9));
        assertThat(evaluation.client().scores().senseScore().value()).isEqualTo("0.00");
        assertThat(evaluation.change().cause()).isEqualTo(DAILY);
        assertThat(evaluation.change().to()).isEqualTo(Situation.RISK);
    }

    @Test
    void whatDoesNotChangeIsNotWritten() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 1)).client();
        Client.Evaluation evaluation = recalculated(client, DAY.plusDays(1));
        assertThat(evaluation.changed()).isFalse();
        assertThat(evaluation.client()).isSameAs(client);
    }

    @Test
    void aFieldThatNoIndicatorReadsIsAChangeToo() {
        Timeline users = Timeline.of(Map.of(DAY, Value.Number.of(5), DAY.plusDays(1), Value.Number.of(4)));
        Client client = Client.unknown("c")
                .uploaded(
                        DAY, Map.of("usage", new Client.Facet(1, "u1", Map.of("activeUsers", users))), STANDARD, UPLOAD)
                .client();
        Client.Evaluation evaluation = recalculated(client, DAY.plusDays(1));
        assertThat(evaluation.changed()).isTrue();
        assertThat(evaluation.client().asOf()).isEqualTo(DAY.plusDays(1));
    }

    @Test
    void anEngagementThatNoIndicatorReadsIsAChangeToo() {
        Configuration.Active billingOnly = configuration(
                0,
                DEFAULT.situations().settles(),
                DEFAULT.scoring().indicators().subList(2, 3));
        Client client =
                uploaded(Client.unknown("c"), DAY, overdue(1, 1), billingOnly).client();
        Client.Evaluation evaluation = client.recalculated(DAY, new BigDecimal("20.00"), billingOnly, DAILY);
        assertThat(evaluation.changed()).isTrue();
        assertThat(evaluation.client().shown(DAY)).containsEntry("engagementScore", number("20.00"));
    }

    @Test
    void aCountdownAloneIsNoChange() {
        Client.Facet contracts = facet(1, "renewalOn", new Value.Day(DAY.plusDays(30)));
        Client client = Client.unknown("c")
                .uploaded(DAY, Map.of("contracts", contracts), STANDARD, UPLOAD)
                .client();
        assertThat(recalculated(client, DAY.plusDays(1)).changed()).isFalse();
        assertThat(client.shown(DAY)).containsEntry("daysToRenewal", Value.Number.of(30));
        assertThat(client.shown(DAY.plusDays(1))).containsEntry("daysToRenewal", Value.Number.of(29));
    }

    @Test
    void aDayThatWasMissedRepeatsTheValueBefore() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 0)).client();
        client = uploaded(client, DAY.plusDays(3), overdue(2, 1)).client();
        assertThat(client.scores().senseScoreHistory().mean(DAY, DAY.plusDays(3)))
                .isEqualTo(new History.Mean(3 * 10_000 + 6000, 4));
    }

    @Test
    void onlyTheRecalculationSetsTheEngagement() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 1)).client();
        client = client.recalculated(DAY, new BigDecimal("20.00"), STANDARD, DAILY)
                .client();
        assertThat(client.engagementScore()).isEqualTo("20.00");
        // (30 x 60 + 25 x 60) / 55
        assertThat(client.scores().senseScore().value()).isEqualTo("60.00");
        Client after = uploaded(client, DAY.plusDays(1), overdue(2, 0)).client();
        assertThat(after.engagementScore()).isEqualTo("20.00");
        assertThat(after.scores().engagementHistory().lastDays(DAY.plusDays(1), 2))
                .isEqualTo(new History.Mean(4000, 2));
        // (30 x 60 + 25 x 100) / 55
        assertThat(after.scores().senseScore().value()).isEqualTo("78.18");
    }

    @Test
    void whileAClientIsInactiveItHasNoEngagement() {
        Client client = Client.unknown("c")
                .recalculated(DAY, new BigDecimal("20.00"), STANDARD, DAILY)
                .client();
        client = client.recalculated(DAY.plusDays(1), null, STANDARD, DAILY).client();
        assertThat(client.engagementScore()).isNull();
        assertThat(client.shown(DAY.plusDays(1))).doesNotContainKey("engagementScore");
        assertThat(client.scores().engagementHistory().lastDays(DAY.plusDays(1), 2))
                .isEqualTo(new History.Mean(2000, 1));
    }

    // The situation

    @Test
    void theFirstSituationComesFromNoneAndIsNotPublishedWhileNeutral() {
        SituationChange change =
                uploaded(Client.unknown("c"), DAY, overdue(1, 3)).change();
        assertThat(change.from()).isNull();
        assertThat(change.to()).isEqualTo(Situation.NEUTRAL);
        assertThat(change.version()).isEqualTo(1);
        assertThat(change.isPublished()).isFalse();
    }

    @Test
    void theFirstSituationIsPublishedWhenItIsNotNeutral() {
        Configuration.Active daily = settling(Configuration.Settling.DAILY);
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 0), daily).client();
        client = uploaded(client, DAY.plusDays(9), overdue(2, 3), daily).client();
        SituationChange change =
                client.recalculated(DAY.plusDays(9), null, daily, DAILY).change();
        assertThat(change.from()).isNull();
        assertThat(change.to()).isEqualTo(Situation.RISK);
        assertThat(change.isPublished()).isTrue();
    }

    @Test
    void aChangeOfSituationIsRecordedOnce() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 0)).client();
        Client.Evaluation fall = uploaded(client, DAY.plusDays(9), overdue(2, 3));
        assertThat(fall.change().from()).isEqualTo(Situation.NEUTRAL);
        assertThat(fall.change().to()).isEqualTo(Situation.RISK);
        assertThat(fall.change().version()).isEqualTo(2);
        assertThat(fall.change().isPublished()).isTrue();
        assertThat(fall.client().standing().situation()).isEqualTo(Situation.RISK);
        assertThat(fall.client().standing().version()).isEqualTo(2);
        Client.Evaluation next = uploaded(fall.client(), DAY.plusDays(10), overdue(3, 4));
        assertThat(next.changed()).isTrue();
        assertThat(next.change()).isNull();
        assertThat(next.client().standing().version()).isEqualTo(2);
    }

    @Test
    void theWayBackToNeutralIsPublished() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 0)).client();
        client = uploaded(client, DAY.plusDays(9), overdue(2, 3)).client();
        SituationChange change =
                uploaded(client, DAY.plusDays(9), overdue(3, 0)).change();
        assertThat(change.from()).isEqualTo(Situation.RISK);
        assertThat(change.to()).isEqualTo(Situation.NEUTRAL);
        assertThat(change.version()).isEqualTo(3);
        assertThat(change.isPublished()).isTrue();
    }

    @Test
    void whenTheSituationSettlesDailyAnUploadLeavesItStanding() {
        Configuration.Active daily = settling(Configuration.Settling.DAILY);
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 0), daily).client();
        assertThat(client.standing().situation())
                .as("before the first recalculation")
                .isNull();
        client = client.recalculated(DAY, null, daily, DAILY).client();
        assertThat(client.standing().situation()).isEqualTo(Situation.NEUTRAL);
        Client.Evaluation upload = uploaded(client, DAY.plusDays(9), overdue(2, 3), daily);
        assertThat(upload.change()).isNull();
        assertThat(upload.client().standing().situation()).isEqualTo(Situation.NEUTRAL);
        assertThat(upload.client().scores().senseScore().band())
                .as("the score moves at once")
                .isEqualTo(Band.RED);
        SituationChange settled = upload.client()
                .recalculated(DAY.plusDays(9), null, daily, DAILY)
                .change();
        assertThat(settled.to()).isEqualTo(Situation.RISK);
        assertThat(settled.cause()).isEqualTo(DAILY);
    }

    @Test
    void aSituationThatIsUndoneBeforeItSettlesIsNoChange() {
        Configuration.Active daily = settling(Configuration.Settling.DAILY);
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 0), daily).client();
        client = client.recalculated(DAY, null, daily, DAILY).client();
        client = uploaded(client, DAY.plusDays(9), overdue(2, 3), daily).client();
        client = uploaded(client, DAY.plusDays(9), overdue(3, 0), daily).client();
        assertThat(client.recalculated(DAY.plusDays(9), null, daily, DAILY).change())
                .isNull();
    }

    // What explains it

    @Test
    void aChangeSaysWhatItIsMadeOf() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 0)).client();
        LocalDate day = DAY.plusDays(9);
        SituationChange change = uploaded(client, day, overdue(2, 3)).change();
        assertThat(change.clientId()).isEqualTo("c");
        assertThat(change.asOf()).isEqualTo(day);
        assertThat(change.cause()).isEqualTo(UPLOAD);
        assertThat(change.scores().senseScore().value()).isEqualTo("0.00");
        assertThat(change.scores().before().value()).isEqualTo("100.00");
        assertThat(change.senseScoreMeans().longTerm()).isEqualTo(new History.Mean(9 * 10_000, 10));
        assertThat(change.senseScoreMeans().shortTerm()).isEqualTo(new History.Mean(6 * 10_000, 7));
        assertThat(change.verdict().clause()).isEqualTo("risk");
    }

    @Test
    void beforeIsTheEndOfTheDayBefore() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 0)).client();
        client = uploaded(client, DAY.plusDays(9), overdue(2, 1)).client();
        assertThat(client.scores().before().value()).isEqualTo("100.00");
        SituationChange change =
                uploaded(client, DAY.plusDays(9), overdue(3, 3)).change();
        assertThat(change.scores().before().value())
                .as("not that of an hour ago")
                .isEqualTo("100.00");
        Client next = uploaded(client, DAY.plusDays(10), overdue(3, 3)).client();
        assertThat(next.scores().before().value()).isEqualTo("60.00");
    }

    @Test
    void onItsFirstDayAClientHasNothingBefore() {
        Client client = uploaded(Client.unknown("c"), DAY, overdue(1, 0)).client();
        client = uploaded(client, DAY, overdue(2, 1)).client();
        assertThat(client.scores().before()).isEqualTo(SenseScore.NONE);
    }

    @Test
    void aChangeCarriesWhatConsumersRouteByAndNoPersonalData() {
        Client.Facet facet = new Client.Facet(
                1,
                "u1",
                Map.of(
                        "mrr", Timeline.constant(DAY, number("10.00")),
                        "renewalOn", Timeline.constant(DAY, new Value.Day(DAY)),
                        "daysToRenewal", Timeline.constant(DAY, new Value.Countdown(DAY)),
                        "status", Timeline.constant(DAY, new Value.Text("ativo")),
                        "name", Timeline.constant(DAY, new Value.Text("Padaria")),
                        "sponsorEmail", Timeline.constant(DAY, new Value.Text("ana@a.com"))));
        SituationChange change = Client.unknown("c")
                .uploaded(DAY, Map.of("contracts", facet), STANDARD, UPLOAD)
                .change();
        assertThat(change.routing())
                .isEqualTo(Map.of(
                        "mrr", number("10.00"),
                        "renewalOn", new Value.Day(DAY),
                        "status", new Value.Text("ativo")));
    }

    /// Whoever evaluates makes sure that it has the newest: an older one is used only if the tenant's went back.
    @Test
    void anEvaluationRemembersItsConfigurationAndOneThatWentBackIsAChange() {
        Configuration.Active second = version(2);
        Client client = Client.unknown("c")
                .uploaded(DAY, Map.of("billing", overdue(1, 1)), second, UPLOAD)
                .client();
        assertThat(client.configurationVersion()).isEqualTo(2);
        assertThat(client.recalculated(DAY, null, second, DAILY).changed()).isFalse();
        assertThat(client.recalculated(DAY, null, version(3), DAILY).changed()).isFalse();
        Client.Evaluation back = client.recalculated(DAY, null, STANDARD, DAILY);
        assertThat(back.changed()).isTrue();
        assertThat(back.client().configurationVersion()).isZero();
    }

    @Test
    void aClientThatWasErasedGoesOnFromItsLastChangeOfSituation() {
        Client.Evaluation back =
                Client.unknown("c", 7).uploaded(DAY, Map.of("billing", overdue(1, 1)), STANDARD, UPLOAD);
        assertThat(back.client().standing().version()).isEqualTo(8);
        assertThat(back.change().version()).isEqualTo(8);
        assertThat(back.change().from()).isNull();

        Configuration.Active daily = settling(Configuration.Settling.DAILY);
        Client unsettled = Client.unknown("c", 7)
                .uploaded(DAY, Map.of("billing", overdue(1, 1)), daily, UPLOAD)
                .client();
        assertThat(unsettled.shown(DAY)).containsEntry("situationVersion", Value.Number.of(7));
    }

    @Test
    void aChangeWhoseVersionIsTakenGetsAnother() {
        Client.Evaluation first = Client.unknown("c").uploaded(DAY, Map.of("billing", overdue(1, 1)), STANDARD, UPLOAD);
        Client.Evaluation other = first.renumbered(9);
        assertThat(other.change().version()).isEqualTo(9);
        assertThat(other.client().standing().version()).isEqualTo(9);
        assertThat(other.renumbered(1)).isEqualTo(first);
    }

    @Test
    void onlyTheDaysThatAReadingReachesAreKept() {
        Client client = Client.unknown("c");
        for (int i = 0; i < 200; i++) {
            client = uploaded(client, DAY.plusDays(i), overdue(i + 1, i % 2)).client();
        }
        assertThat(client.scores().senseScoreHistory().points()).hasSize(60);
    }

    private static Client.Evaluation uploaded(Client client, LocalDate day, Client.Facet billing) {
        return uploaded(client, day, billing, STANDARD);
    }

    private static Client.Evaluation uploaded(
            Client client, LocalDate day, Client.Facet billing, Configuration.Active configuration) {
        return client.uploaded(day, Map.of("billing", billing), configuration, UPLOAD);
    }

    private static Client.Evaluation recalculated(Client client, LocalDate day) {
        return client.recalculated(day, client.engagementScore(), STANDARD, DAILY);
    }

    private static Client.Facet overdue(long version, int titles) {
        return facet(version, "overdueTitles", Value.Number.of(titles));
    }

    private static Client.Facet facet(long version, String field, Value value) {
        return new Client.Facet(version, "u" + version, Map.of(field, Timeline.constant(DAY, value)));
    }

    private static Value number(String number) {
        return new Value.Number(new BigDecimal(number));
    }

    private static Configuration.Active settling(Configuration.Settling settling) {
        return configuration(0, settling, DEFAULT.scoring().indicators());
    }

    private static Configuration.Active version(long version) {
        return configuration(
                version, DEFAULT.situations().settles(), DEFAULT.scoring().indicators());
    }

    private static Configuration.Active configuration(
            long version, Configuration.Settling settling, List<Indicator> indicators) {
        return new Configuration.Active(
                version,
                null,
                new Configuration(
                        DEFAULT.recalculateAt(),
                        DEFAULT.formats(),
                        new Scoring(indicators, DEFAULT.scoring().bands()),
                        new Configuration.Situations(DEFAULT.situations().opportunityTrend(), settling),
                        DEFAULT.rules(),
                        DEFAULT.uploads(),
                        DEFAULT.language(),
                        DEFAULT.currency(),
                        DEFAULT.report()));
    }
}
