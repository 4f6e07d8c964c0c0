package clientkpis.events;

import clientkpis.kpi.Tenant;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Field("A customer left, as a daily recalculation found out.")
public record ClientChurned(
        @Field("`{tenant}/{clientId}/{churnedOn}`: the same at every retry.")
        String id,

        @Field("Whose client it was.") Tenant tenant,

        @Field("The client's id, as the tenant uploads it.") String clientId,

        @Field("The day on which it left: that of its notice, or the first on which it was not a customer.")
        LocalDate churnedOn,

        @Field("The day whose recalculation made it a churn, in the tenant's time zone: at most 30 days later.")
        LocalDate asOf,

        @Field(
                value = "Why it is not a customer: there is a notice; the status is inactive; the MRR ended.",
                oneOf = {"cancelled", "inactive", "lapsed"})
        String cause,

        @Field(
                value = "MRR of the last day before on which it was a customer.",
                when = "if it had one and that day's table is kept")
        @Nullable
        BigDecimal mrr,

        @Field("How it was judged 30, 60 and 90 days before it left, as far as these days' tables have it.")
        List<Before> before)
        implements Event {
    public ClientChurned {
        before = List.copyOf(before);
    }

    public record Before(
            @Field(value = "How many days before.", min = 1) long days,

            @Field(
                    value = "The situation on that day.",
                    oneOf = {"risk", "opportunity", "neutral"})
            String situation,

            @Field(
                    value = "The band of the SenseScore on that day.",
                    when = "if it had a score",
                    oneOf = {"red", "yellow", "green"})
            @Nullable
            String band) {}
}
