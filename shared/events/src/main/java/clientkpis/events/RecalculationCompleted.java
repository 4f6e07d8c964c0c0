package clientkpis.events;

import clientkpis.kpi.Tenant;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

@Field("The daily recalculation of a tenant is done.")
public record RecalculationCompleted(
        @Field("`{tenant}/{day}`: the same at every retry.") String id,

        @Field("Whose portfolio it is.") Tenant tenant,

        @Field("The day that was recalculated, in the tenant's time zone.")
        LocalDate day,

        @Field("The prefix in the bucket below which `clients-*.jsonl.gz` is the day's client table.")
        String export,

        @Field("Clients of the portfolio: those that are active and registered.")
        long clients,

        @Field("Clients whose stored data the recalculation changed.")
        long changed,

        @Field("The portfolio by situation.") Situations situations,

        @Field("The portfolio by the SenseScore's band; `none` has the clients without a score.")
        Bands bands,

        @Field(
                value = "The clients whose status is inactive, which are in none of the figures above.",
                when = "if there are any")
        @Nullable
        Group inactive,

        @Field(
                value = "The active clients that no row of the registry names, which are in none of the figures above.",
                when = "if there are any, and the tenant has a registry: without one they are the portfolio")
        @Nullable
        Group unregistered)
        implements Event {

    public record Situations(
            @Field(value = "The clients whose situation is neutral.", when = "if there are any") @Nullable
            Group neutral,

            @Field(value = "The clients whose situation is opportunity.", when = "if there are any") @Nullable
            Group opportunity,

            @Field(value = "The clients whose situation is risk.", when = "if there are any") @Nullable
            Group risk) {}

    public record Bands(
            @Field(value = "The clients whose band is green.", when = "if there are any") @Nullable
            Group green,

            @Field(value = "The clients without a score.", when = "if there are any") @Nullable
            Group none,

            @Field(value = "The clients whose band is red.", when = "if there are any") @Nullable
            Group red,

            @Field(value = "The clients whose band is yellow.", when = "if there are any") @Nullable
            Group yellow) {}

    public record Group(
            @Field("How many they are.") long clients,
            @Field("Their MRR together.") BigDecimal mrr) {}
}
