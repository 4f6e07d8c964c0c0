package clientkpis.events;

import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Field("An upload was rejected whole and changed nothing.")
public record UploadRejected(
        @Field("The receipt's key: the same at every retry.")
        String id,

        @Field(value = "As the object's key says it, also where it is not allowed or empty.", min = 0)
        String tenant,

        @Field("The upload's id, as its receipt is named.") String upload,

        @Field("Key of the uploaded object in the bucket.") String object,

        @Field("Key of the receipt.") String receipt,

        @Field(value = "The table, by its English name.", when = "if the key names one", open = true) @Nullable
        String table,

        @Field("Why it was rejected. The receipt says more; it may quote the file, the event does not.")
        Reason reason,

        @Field(value = "What was read.", when = "for a quarantined snapshot, and for a file without a valid row")
        @Nullable
        Rows rows)
        implements Event {

    private static final String SEE_RECEIPT = "The receipt says what is wrong, where, and what to do.";

    public record Reason(
            @Field(value = "The code of the fault, as in receipts.", open = true)
            FileCode code,

            @Field("For people; always the same words.") String message) {}

    public record Rows(
            @Field("Rows of the file: accepted, rejected and repeated together.")
            long read,

            @Field("Rows that were fit to take effect.") long accepted,

            @Field("Rows with a fault; the receipt says which, and why.")
            long rejected,

            @Field("Rows whose key a later valid row of the same file has.")
            long repeated,

            @Field(
                    value = "Rows of the table that the snapshot does not have and that would be removed.",
                    when = "for a quarantined snapshot")
            @Nullable
            Long removed) {
        private static @Nullable Rows of(Receipt.@Nullable Rows rows) {
            return rows == null
                    ? null
                    : new Rows(rows.read(), rows.accepted(), rows.rejected(), rows.repeated(), rows.removed());
        }
    }

    /// @param receipt of an upload that was rejected or quarantined
    public static UploadRejected of(String receiptKey, Receipt receipt) {
        // The receipt's own message may quote the file, and so a person.
        FileCode code = Objects.requireNonNull(receipt.reason()).code();
        return new UploadRejected(
                receiptKey,
                receipt.tenant(),
                receipt.upload(),
                receipt.object(),
                receiptKey,
                receipt.table(),
                new Reason(code, SEE_RECEIPT),
                Rows.of(receipt.rows()));
    }
}
