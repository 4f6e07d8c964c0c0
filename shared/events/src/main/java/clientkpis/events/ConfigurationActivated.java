package clientkpis.events;

import clientkpis.kpi.Tenant;
import java.time.LocalDate;

@Field("A tenant's configuration is in force, and its portfolio is being evaluated with it.")
public record ConfigurationActivated(
        @Field("`{receipt}/{upload}`: the same at every retry.")
        String id,

        @Field("Key of the receipt.") String receipt,

        @Field("Whose configuration it is.") Tenant tenant,

        @Field("The id of the upload that brought it.") String upload,

        @Field("Key of the uploaded object in the bucket.") String object,

        @Field(value = "Grows by one with every configuration of the tenant that is activated.", min = 1)
        long version,

        @Field("The day since which it is in force, in its own time zone.")
        LocalDate since)
        implements Event {}
