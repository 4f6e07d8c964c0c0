package clientkpis.upload;

import clientkpis.kpi.Tenant;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One version of one object that a tenant uploaded, as its event describes it. Its JSON has these members.
///
/// @param table the English name
/// @param time of the event; with `key` and `sequencer` it orders uploads
/// @param key of the object
/// @param sequencer of S3, hexadecimal
/// @param version of the object, null where the bucket keeps none
/// @param size of the object, in bytes; 0 if the event does not say
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Upload(
        Tenant tenant,
        String table,
        Instant time,
        String key,
        String sequencer,
        @Nullable String version,
        long size) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ORDER =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAMELESS = Pattern.compile("\\d{8}T\\d{6}-[0-9a-f]{10}(?=-)");
    private static final int SEQUENCER_DIGITS = 32;
    private static final int LONGEST_NAME = 700;
    private static final int LONGEST_PLAIN_NAME = 60;

    /// The sort key of this upload among those of its table: event time, object key, and S3's sequencer, which compares
    /// padded on the right to equal length. The newer upload wins.
    public String order() {
        return order(time, key, sequencer);
    }

    /// The name of this upload in receipts, parts and events: its time, a hash, and the plain part of the object's
    /// name.
    public String id() {
        return id(time, key, sequencer);
    }

    private static String order(Instant time, String key, String sequencer) {
        return ORDER.format(time) + "|" + Hash.shortened(key.substring(key.indexOf('/') + 1), LONGEST_NAME) + "|"
                + sequencer + "0".repeat(Math.max(0, SEQUENCER_DIGITS - sequencer.length()));
    }

    /// The id of an object as an upload, whatever its key.
    public static String id(Instant time, String key, String sequencer) {
        String name = key.substring(key.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9.]+", "-");
        return STAMP.format(time) + "-" + Hash.of(order(time, key, sequencer), 10) + "-"
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
