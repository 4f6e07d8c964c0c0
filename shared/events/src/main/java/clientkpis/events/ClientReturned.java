package clientkpis.events;

import clientkpis.kpi.Tenant;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

@Field("A client that had left is a customer again.")
public record ClientReturned(
        @Field("`{tenant}/{clientId}/{day}`: the same at every retry.")
        String id,

        @Field("Whose client it is.") Tenant tenant,

        @Field("The client's id, as the tenant uploads it.") String clientId,

        @Field("The recalculated day on which it is a customer again, in the tenant's time zone.")
        LocalDate day,

        @Field(value = "Its MRR on that day.", when = "if it has one") @Nullable
        BigDecimal mrr)
        implements Event {}
