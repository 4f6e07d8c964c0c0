package clientkpis.events;

import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.History;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.client.SituationChange;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The event that explains itself. It is long because every member carries its description, from which schema, page and
/// examples follow.
@Field("A client's situation changed, and why. Drop duplicates by `id` and keep the highest `version`; order is not"
        + " guaranteed. No names, addresses or phone numbers; `clientId` may be a person's number.")
public record SituationChanged(
        @Field("`{tenant}/{clientId}/{version}`: the same at every retry.")
        String id,

        @Field("Whose client it is.") Tenant tenant,

        @Field("The client's id as the tenant writes it: a CNPJ, a CPF, any text. It may be a person's.")
        String clientId,

        @Field(
                value = "Counts the client's changes of situation from 1; the highest is the newest. Not every change"
                        + " is published, so numbers may be missing.",
                min = 1)
        long version,

        @Field(value = "The situation before.", when = "unless it is the client's first") @Nullable
        Situation from,

        @Field("The situation from now on.") Situation to,

        @Field("The day at which the client was evaluated, in the tenant's time zone.")
        LocalDate asOf,

        @Field(
                value = "Why the client was evaluated: an upload of its data, the daily recalculation, a new"
                        + " configuration, or an upload of overrides.",
                oneOf = {"upload", "daily", "configuration", "override"})
        String cause,

        @Field(value = "The upload that caused it.", when = "with the causes `upload` and `override`") @Nullable
        Upload upload,

        @Field(
                value = "The fields set by hand that took part: the situation itself, a score, what an indicator reads."
                        + " The clause and the comparisons are those of the values in force; a situation set by hand"
                        + " takes precedence over what they decided.",
                when = "if any",
                min = 1,
                unique = true)
        @Nullable
        List<String> overridden,

        @Field("The SenseScore at `asOf`; empty for a client without one.")
        Score senseScore,

        @Field("The Engagement Score at `asOf`; empty for a client without one.")
        Engagement engagement,

        @Field("The clause that decided, with both sides of each comparison.")
        Clause clause,

        @Field("The indicators of the SenseScore, in the configuration's order.")
        List<Indicator> indicators,

        @Field("The tenant's configuration that the client was evaluated with.")
        Configuration configuration,

        @Field(value = "The client's monthly recurring revenue, in the tenant's currency.", when = "with contracts")
        @Nullable
        BigDecimal mrr,

        @Field(value = "The day of the next renewal, or of the last one that passed.", when = "with contracts")
        @Nullable
        LocalDate renewalOn,

        @Field(
                value = "The client's segment, in the tenant's own words; a pattern compares them exactly.",
                when = "if the client has one")
        @Nullable
        String segment,

        @Field(value = "The client's stage (Fase), in the tenant's own words.", when = "if the client has one")
        @Nullable
        String stage,

        @Field(value = "The client's size (Porte), in the tenant's own words.", when = "if the client has one")
        @Nullable
        String size,

        @Field(
                value = "The status of the client's contract, in the tenant's own words.",
                when = "if the client has one")
        @Nullable
        String status)
        implements Event {

    public record Upload(
            @Field(value = "The table of the upload, by its English name.", open = true, pattern = "^[a-z]+$")
            String table,

            @Field("The upload's id, as its receipt is named.")
            String id) {
        private static @Nullable Upload of(Cause cause) {
            return switch (cause) {
                case Cause.Upload(String table, String id) -> new Upload(table, id);
                case Cause.Override override -> new Upload(override.table(), override.upload());
                case Cause.Daily _, Cause.NewConfiguration _ -> null;
            };
        }
    }

    public record Score(
            @Field(value = "The score.", when = "with a score", min = 0, max = 100) @Nullable
            BigDecimal value,

            @Field(value = "The band of the score.", when = "with a score") @Nullable
            Band band,

            @Field(
                    value = "How much of the indicators' weight has data, percent.",
                    when = "with a score",
                    min = 0,
                    max = 100)
            @Nullable
            BigDecimal coverage,

            @Field(
                    value = "Mean of the score over the 60 days until `asOf`, rounded.",
                    when = "with a score in these days")
            @Nullable
            BigDecimal mean60,

            @Field(
                    value = "Mean of the score over the 7 days until `asOf`, rounded.",
                    when = "with a score in these days")
            @Nullable
            BigDecimal mean7) {}

    public record Engagement(
            @Field(
                    value = "The score, a rank in the portfolio: zero is its middle.",
                    when = "with a score",
                    min = -100,
                    max = 100)
            @Nullable
            BigDecimal value,

            @Field(
                    value = "Mean of the score over the 60 days until `asOf`, rounded.",
                    when = "with a score in these days")
            @Nullable
            BigDecimal mean60,

            @Field(
                    value = "Mean of the score over the 7 days until `asOf`, rounded.",
                    when = "with a score in these days")
            @Nullable
            BigDecimal mean7) {}

    public record Clause(
            @Field(
                    value = "The clause that holds; `none` is that of neutral.",
                    oneOf = {"risk", "opportunity", "none"})
            String name,

            @Field(value = "Every comparison of the clause, in its order; with `none`, those of both clauses.", min = 1)
            List<Comparison> comparisons) {

        public static Clause of(Situation.Verdict verdict) {
            return new Clause(
                    verdict.clause(),
                    verdict.comparisons().stream().map(Comparison::of).toList());
        }
    }

    public record Comparison(
            @Field(
                    value = "The clause that the comparison belongs to.",
                    oneOf = {"risk", "opportunity"})
            String clause,

            @Field(
                    value = "The score that is compared.",
                    oneOf = {"senseScore", "engagementScore"})
            String of,

            @Field("The left side. Means are compared exactly: `sumOfHundredths` / `days`.")
            Operand left,

            @Field(
                    value = "How the sides are compared.",
                    oneOf = {">", "<", "is"},
                    open = true)
            String operator,

            @Field("The right side.") Operand right,

            @Field("Whether the comparison holds.") boolean holds) {
        private static Comparison of(Situation.Comparison comparison) {
            return new Comparison(
                    comparison.clause(),
                    comparison.of(),
                    Operand.of(comparison.left()),
                    comparison.operator(),
                    Operand.of(comparison.right()),
                    comparison.holds());
        }
    }

    public record Operand(
            @Field(
                    value = "What is compared.",
                    oneOf = {"mean60", "mean7", "value", "band", "zero"},
                    open = true)
            String name,

            @Field(value = "Its value, for people; numbers are rounded.", when = "with data", min = 0) @Nullable
            String value,

            @Field(
                    value = "The sum of the days' scores, in hundredths.",
                    when = "for a mean",
                    min = Double.NEGATIVE_INFINITY)
            @Nullable
            Long sumOfHundredths,

            @Field(value = "How many days have a score; 0 without data.", when = "for a mean") @Nullable
            Long days) {
        private static Operand of(Situation.Operand operand) {
            History.Mean mean = operand.mean();
            return new Operand(
                    operand.what(),
                    operand.value(),
                    mean == null ? null : mean.sum(),
                    mean == null ? null : mean.days());
        }
    }

    public record Indicator(
            @Field("The indicator's name in the configuration.")
            String name,

            @Field("The client field that it reads.") String field,

            @Field(value = "Its weight in the score.", above = 0)
            BigDecimal weight,

            @Field(value = "The field's value.", when = "with data") @Nullable
            BigDecimal value,

            @Field(value = "What the value is worth.", when = "with data", min = 0, max = 100) @Nullable
            BigDecimal points,

            @Field(value = "How many points of the score come from it.", when = "with data") @Nullable
            BigDecimal contribution,

            @Field(value = "The same at the end of the day before `asOf`.", when = "if the indicator was there")
            @Nullable
            Before before) {
        private static Indicator of(SenseScore.Part part, SenseScore.@Nullable Part before) {
            return new Indicator(
                    part.name(),
                    part.field(),
                    part.weight(),
                    part.value(),
                    part.points(),
                    part.contribution(),
                    before == null
                            ? null
                            : new Before(before.weight(), before.value(), before.points(), before.contribution()));
        }
    }

    public record Before(
            @Field(value = "Its weight then.", above = 0) BigDecimal weight,

            @Field(value = "The field's value then.", when = "with data") @Nullable
            BigDecimal value,

            @Field(value = "What the value was worth.", when = "with data", min = 0, max = 100) @Nullable
            BigDecimal points,

            @Field(value = "How many points of the score came from it.", when = "with data") @Nullable
            BigDecimal contribution) {}

    public record Configuration(
            @Field("Its version; 0 is the default one.") long version,

            @Field(value = "The day since which it is in force.", when = "if known") @Nullable
            LocalDate since) {}

    public static SituationChanged of(Tenant tenant, SituationChange change) {
        SenseScore score = change.scores().senseScore();
        Situation.Means senseScoreMeans = change.senseScoreMeans();
        Situation.Means engagementMeans = change.engagementMeans();
        Map<String, SenseScore.Part> before = new HashMap<>();
        change.scores().before().parts().forEach(part -> before.put(part.name(), part));
        return new SituationChanged(
                tenant + "/" + change.clientId() + "/" + change.version(),
                tenant,
                change.clientId(),
                change.version(),
                change.from(),
                change.to(),
                change.asOf(),
                change.cause().label(),
                Upload.of(change.cause()),
                change.overridden().isEmpty() ? null : change.overridden(),
                new Score(
                        score.value(),
                        score.band(),
                        score.coverage(),
                        senseScoreMeans.longTerm().shown(),
                        senseScoreMeans.shortTerm().shown()),
                new Engagement(
                        change.engagementScore(),
                        engagementMeans.longTerm().shown(),
                        engagementMeans.shortTerm().shown()),
                Clause.of(change.verdict()),
                score.parts().stream()
                        .map(part -> Indicator.of(part, before.get(part.name())))
                        .toList(),
                new Configuration(
                        change.configuration().version(), change.configuration().since()),
                change.routing().get("mrr") instanceof Value.Number(BigDecimal mrr) ? mrr : null,
                change.routing().get("renewalOn") instanceof Value.Day(LocalDate day) ? day : null,
                text(change, "segment"),
                text(change, "stage"),
                text(change, "size"),
                text(change, "status"));
    }

    private static @Nullable String text(SituationChange change, String field) {
        return change.routing().get(field) instanceof Value.Text(String text) ? text : null;
    }
}
