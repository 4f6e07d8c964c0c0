package clientkpis.events;

import clientkpis.kpi.Tenant;

@Field("Clients were erased. No personal data, and no client's id.")
public record ErasureCompleted(
        @Field("The receipt's key: the same at every retry.")
        String id,

        @Field("Whose clients they were.") Tenant tenant,

        @Field("The id of the uploaded list.") String upload,

        @Field("Key of the receipt.") String receipt,

        @Field("Clients on the list, also unknown ones.") long clients,

        @Field("How many of the uploaded objects still name one of them; the receipt lists these.")
        long originals)
        implements Event {}
