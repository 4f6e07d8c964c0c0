package clientkpis.events;

import clientkpis.kpi.Tenant;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Warning;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

@Field("Every row of an upload took effect.")
public record UploadApplied(
        @Field("The receipt's key: the same at every retry.")
        String id,

        @Field("Who uploaded.") Tenant tenant,

        @Field("The upload's id, as its receipt is named.") String upload,

        @Field("Key of the uploaded object in the bucket.") String object,

        @Field("Key of the receipt, which lists the rejected rows.")
        String receipt,

        @Field(value = "The table, by its English name; a new family adds one.", open = true)
        String table,

        @Field("What became of the rows. Each accepted row is stored, unchanged or outdated.")
        Rows rows,

        @Field(
                value = "What deserves a look although the file counts: the code of each warning, and how many rows,"
                        + " cells or lines it is about; 0 if it is about the whole file. The receipt says it in"
                        + " sentences. A new warning adds a code.",
                when = "if there are any",
                open = true)
        @Nullable
        Map<String, Long> warnings)
        implements Event {

    public record Rows(
            @Field("Rows of the file: accepted, rejected and repeated together.")
            long read,

            @Field("Rows that were fit to take effect.") long accepted,

            @Field("Rows with a fault; the receipt says which, and why.")
            long rejected,

            @Field("Rows whose key a later valid row of the same file has.")
            long repeated,

            @Field("Rows that were new or different.") long stored,

            @Field("Rows that were already stored as they are.")
            long unchanged,

            @Field("Rows for which a newer one is stored, or past the retention.")
            long outdated,

            @Field(
                    value = "Rows of the table that the snapshot does not have and that were removed.",
                    when = "for a snapshot, if any")
            @Nullable
            Long removed,

            @Field(
                    value = "Stored rows of the file's clients that were removed because they are past the retention.",
                    when = "if any")
            @Nullable
            Long expired) {
        private static Rows of(Receipt.Rows rows) {
            return new Rows(
                    rows.read(),
                    rows.accepted(),
                    rows.rejected(),
                    rows.repeated(),
                    Objects.requireNonNull(rows.stored()),
                    Objects.requireNonNull(rows.unchanged()),
                    Objects.requireNonNull(rows.outdated()),
                    rows.removed(),
                    rows.expired());
        }
    }

    /// @param receipt of an upload whose rows have all taken effect
    public static UploadApplied of(String receiptKey, Receipt receipt) {
        return new UploadApplied(
                receiptKey,
                Tenant.of(receipt.tenant()),
                receipt.upload(),
                receipt.object(),
                receiptKey,
                Objects.requireNonNull(receipt.table()),
                Rows.of(Objects.requireNonNull(receipt.rows())),
                counts(receipt.warnings()));
    }

    /// Without samples and sentences, which may quote the file and so a person.
    private static @Nullable Map<String, Long> counts(@Nullable List<Warning> warnings) {
        if (warnings == null || warnings.isEmpty()) {
            return null;
        }
        Map<String, Long> counts = new TreeMap<>();
        warnings.forEach(warning -> counts.merge(warning.code().label(), warning.count(), Long::sum));
        return counts;
    }
}
