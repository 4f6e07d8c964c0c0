package clientkpis.events;

import clientkpis.kpi.Tenant;
import java.time.LocalDate;
import java.util.List;

@Field("The report of a recalculated day is in the bucket. No personal data.")
public record ReportReady(
        @Field("`{tenant}/{day}`: the same at every retry, and when the report is made again.")
        String id,

        @Field("Whose report it is.") Tenant tenant,

        @Field("The day that the report is of, in the tenant's time zone.")
        LocalDate day,

        @Field("Key of the page of the whole portfolio.") String report,

        @Field("The prefix in the bucket of the day's client table as `clients.csv` and `clientes.csv`.")
        String csv,

        @Field("The pages of each CS with that person's clients only; empty if no client has a CS.")
        List<CsPage> csPages)
        implements Event {
    public ReportReady {
        csPages = List.copyOf(csPages);
    }

    public record CsPage(
            @Field("Key of the page. It ends in a hash, or in the CS's name if the configuration allows names.")
            String page,

            @Field("Clients of this CS in the portfolio.") long clients,

            @Field("How many of them are at risk.") long risk) {}
}
