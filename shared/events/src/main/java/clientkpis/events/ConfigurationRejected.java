package clientkpis.events;

import java.util.List;

@Field("A configuration was rejected whole; the one in force stays.")
public record ConfigurationRejected(
        @Field("`{receipt}/{upload}`: the same at every retry.")
        String id,

        @Field("Key of the receipt.") String receipt,

        @Field(value = "As the object's key says it, also where it is not allowed or empty.", min = 0)
        String tenant,

        @Field("The id of the upload.") String upload,

        @Field("Key of the uploaded object in the bucket.") String object,

        @Field(value = "Every error that was found.", min = 1)
        List<Problem> problems)
        implements Event {

    public record Problem(
            @Field(value = "JSON Pointer (RFC 6901) of what is wrong; empty for the whole.", min = 0)
            String pointer,

            @Field("What is wrong and what is allowed, for people, in the tenant's language. It may quote the"
                    + " configuration.")
            String message) {}
}
