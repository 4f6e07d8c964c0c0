package clientkpis.events;

import clientkpis.kpi.Tenant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Field("A configuration was tried on the tenant's past. No client is named.")
public record RehearsalCompleted(
        @Field("`{tenant}/{name}/{upload}`: the same at every retry.")
        String id,

        @Field("Whose past it is.") Tenant tenant,

        @Field("The name of the rehearsal, as its object's key says it.")
        String name,

        @Field("The id of the upload that asked for it.") String upload,

        @Field("Key of the result, as `rehearsal.schema.json` describes it.")
        String result,

        @Field("Key of the page.") String page,

        @Field("The first day that was evaluated.") LocalDate from,

        @Field("The last day that was evaluated.") LocalDate to,

        @Field("Clients that were in the client table on any of these days.")
        long clients,

        @Field("How many of them left.") long churns,

        @Field("How many rehearsals of the tenant were before: the best of many looks better than it is.")
        long earlier,

        @Field(value = "How many clients the candidate would move on the last day.", when = "if there is a candidate")
        @Nullable
        Long moved,

        @Field(value = "Whether the candidate's score is the better one at seeing who leaves, by horizon.", min = 1)
        List<Horizon> horizons,

        @Field(
                value = "What became of the search for weights: whether those suggested hold on later days,"
                        + " or why none are.",
                oneOf = {
                    "keep",
                    "holds",
                    "doesNotHold",
                    "oneIndicator",
                    "tooManyIndicators",
                    "circularIndicator",
                    "tooFewChurns"
                })
        String weights)
        implements Event {
    public RehearsalCompleted {
        horizons = List.copyOf(horizons);
    }

    public record Horizon(
            @Field(value = "Within how many days a client leaves.", min = 1)
            long days,

            @Field(
                    value = "The candidate against the configuration in force; `notCompared` without a candidate.",
                    oneOf = {"better", "worse", "noDifference", "notEnough", "tooShort", "notCompared"})
            String verdict) {}
}
