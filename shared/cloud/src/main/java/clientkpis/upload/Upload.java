package clientkpis.upload;

import clientkpis.kpi.Tenant;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One version of one object that a tenant uploaded, as its event describes it, or one sheet of it. Its JSON has these
/// members.
///
/// @param table the English name; [#AUTO] while the file has not been asked, [#UNKNOWN] when it did not say
/// @param time of the event; with `key` and `sequencer` it orders uploads
/// @param key of the object
/// @param sequencer of S3, hexadecimal
/// @param version of the object, null where the bucket keeps none
/// @param size of the object, in bytes; 0 if the event does not say
/// @param sheet of an object in `auto/` whose table was found: the number of the sheet, 0 of a file without sheets;
///     else null
public record Upload(
        Tenant tenant,
        String table,
        Instant time,
        String key,
        String sequencer,
        @Nullable String version,
        long size,
        @Nullable Integer sheet) {
    /// The folder of the objects whose tables the files themselves say; no table has this name.
    public static final String AUTO = "auto";
    /// In place of the table of a file that does not say it; no table has this name.
    public static final String UNKNOWN = "_unknown";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ORDER =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAMELESS = Pattern.compile("\\d{8}T\\d{6}-[0-9a-f]{10}(?=-)");
    private static final int SEQUENCER_DIGITS = 32;
    private static final int LONGEST_NAME = 700;
    private static final int LONGEST_PLAIN_NAME = 60;

    /// Of an object whose key says the table, or that was not looked into.
    public Upload(
            Tenant tenant,
            String table,
            Instant time,
            String key,
            String sequencer,
            @Nullable String version,
            long size) {
        this(tenant, table, time, key, sequencer, version, size, null);
    }

    /// A sheet of this object as an upload of its own.
    public Upload found(String ofTable, int number) {
        return new Upload(tenant, ofTable, time, key, sequencer, version, size, number);
    }

    /// The sort key of this upload among those of its table: event time, object key, and S3's sequencer, which compares
    /// padded on the right to equal length. The newer upload wins; of the sheets of one object, the later one.
    public String order() {
        return order(time, key, sequencer, sheet);
    }

    /// The name of this upload in receipts, parts and events: its time, a hash, and the plain part of the object's
    /// name.
    public String id() {
        return id(time, key, sequencer, sheet);
    }

    /// How the orders of uploads of this time begin.
    public static String order(Instant time) {
        return ORDER.format(time) + "|";
    }

    private static String order(Instant time, String key, String sequencer, @Nullable Integer sheet) {
        return order(time) + Hash.shortened(key.substring(key.indexOf('/') + 1), LONGEST_NAME) + "|"
                + sequencer + "0".repeat(Math.max(0, SEQUENCER_DIGITS - sequencer.length()))
                + (sheet == null ? "" : "|%05d".formatted(sheet));
    }

    /// The id of an object as an upload, whatever its key.
    ///
    /// @param sheet see [#sheet()]
    public static String id(Instant time, String key, String sequencer, @Nullable Integer sheet) {
        String name = key.substring(key.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9.]+", "-");
        return STAMP.format(time) + "-" + Hash.of(order(time, key, sequencer, sheet), 10) + "-"
                + (name.length() > LONGEST_PLAIN_NAME ? name.substring(0, LONGEST_PLAIN_NAME) : name);
    }

    /// The beginning of an upload's id, without the object's name, which may be a person's. Empty if `id` is not the id
    /// of an upload.
    public static String nameless(String id) {
        Matcher nameless = NAMELESS.matcher(id);
        return nameless.lookingAt() ? nameless.group() : "";
    }

    /// The day of the upload with this id in a zone.
    public static LocalDate dayOf(String id, ZoneId zone) {
        return Instant.from(STAMP.parse(id.substring(0, "20260910T120001".length())))
                .atZone(zone)
                .toLocalDate();
    }

    /// The upload's day: its event time in the tenant's zone.
    public LocalDate day(ZoneId zone) {
        return time.atZone(zone).toLocalDate();
    }

    /// The object's name without its folders.
    public String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
