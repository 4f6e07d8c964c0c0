package clientkpis.store.packed;

import clientkpis.upload.Upload;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The id of an upload: its day, the second of the day, the bytes of its hash, and the name. Any other text follows
/// null in place of the day.
final class UploadIdCodec {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withResolverStyle(ResolverStyle.STRICT);
    private static final int HASH_BYTES = 5;

    private UploadIdCodec() {}

    static void write(PackedWriter out, String id, Days days) {
        String nameless = Upload.nameless(id);
        int hash = nameless.indexOf('-') + 1;
        LocalDateTime time = hash == 0 ? null : time(nameless.substring(0, hash - 1));
        if (time == null) {
            days.write(out, null);
            out.text(id);
            return;
        }
        days.write(out, time.toLocalDate());
        out.number(time.toLocalTime().toSecondOfDay())
                .noise(HexFormat.of().parseHex(nameless, hash, nameless.length()))
                .text(id.substring(nameless.length() + 1));
    }

    static String read(PackedReader in, Days days) {
        LocalDate day = days.readOrNull(in);
        if (day == null) {
            return in.text();
        }
        LocalDateTime time = day.atTime(LocalTime.ofSecondOfDay(in.number()));
        return STAMP.format(time) + "-" + HexFormat.of().formatHex(in.noise(HASH_BYTES)) + "-" + in.text();
    }

    private static @Nullable LocalDateTime time(String stamp) {
        try {
            return LocalDateTime.parse(stamp, STAMP);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
