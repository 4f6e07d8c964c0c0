package clientkpis.message;

import clientkpis.kpi.Tenant;
import clientkpis.store.UploadLedger;
import clientkpis.upload.Format;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// A part of an upload to apply. Its JSON has these members.
///
/// @param upload the upload's id
/// @param order the upload's order
/// @param attempt the attempt of intake that wrote the part
/// @param round see [UploadLedger.Entry#round()]
/// @param from where an invocation whose time was up stopped; null for the beginning
public record PartMessage(
        Tenant tenant,
        String table,
        String upload,
        String order,
        String attempt,
        int part,
        long round,
        @Nullable JsonNode from) {
    private static final int FORMAT = 1;

    public static PartMessage of(UploadLedger.Entry entry, int part) {
        return new PartMessage(
                entry.upload().tenant(),
                entry.upload().table(),
                entry.upload().id(),
                entry.upload().order(),
                entry.attempt(),
                part,
                entry.round(),
                null);
    }

    public PartMessage from(JsonNode next) {
        return new PartMessage(tenant, table, upload, order, attempt, part, round, next);
    }

    /// The body of the message.
    public String text() {
        return Format.text(this, FORMAT);
    }

    /// @throws Format.NewerFormatException if newer code sent it
    public static PartMessage read(JsonNode body) {
        return Format.read("A message of a part", body, FORMAT, PartMessage.class);
    }
}
