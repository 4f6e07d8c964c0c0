package clientkpis.events;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Field("A rehearsal was rejected: nothing was tried.")
public record RehearsalRejected(
        @Field("`{tenant}/{name}/{upload}`: the same at every retry.")
        String id,

        @Field("Key of the receipt.") String receipt,

        @Field(value = "As the object's key says it, also where it is not allowed or empty.", min = 0)
        String tenant,

        @Field(
                value = "The name of the rehearsal, as the object's key says it, also where it is not allowed or"
                        + " empty.",
                min = 0)
        String name,

        @Field("The id of the upload.") String upload,

        @Field("Key of the uploaded object in the bucket.") String object,

        @Field(
                value = "What kind of error it is: `invalid`, the object is not as it must be; `noExports`, no day was"
                        + " recalculated and is kept; `tooLarge`, too many days of too many clients.",
                oneOf = {"invalid", "noExports", "tooLarge"})
        String reason,

        @Field(
                value = "The first day with which it is not too large.",
                when = "if `reason` is `tooLarge` and there is such a day")
        @Nullable
        LocalDate since,

        @Field(value = "Every error that was found.", min = 1)
        List<Problem> problems)
        implements Event {
    public RehearsalRejected {
        problems = List.copyOf(problems);
    }

    public record Problem(
            @Field(value = "JSON Pointer (RFC 6901) of what is wrong; empty for the whole.", min = 0)
            String pointer,

            @Field("What is wrong and what is allowed, for people, in the tenant's language. It may quote the object.")
            String message) {}
}
