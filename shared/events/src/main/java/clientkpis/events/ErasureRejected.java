package clientkpis.events;

import clientkpis.kpi.Tenant;
import clientkpis.receipt.FileCode;

@Field("A list of clients to erase could not be read, and nobody was erased.")
public record ErasureRejected(
        @Field("The receipt's key: the same at every retry.")
        String id,

        @Field("Whose list it is.") Tenant tenant,

        @Field("The id of the uploaded list.") String upload,

        @Field("Key of the receipt.") String receipt,

        @Field(value = "The code of the fault, as for an upload.", open = true)
        FileCode reason)
        implements Event {}
