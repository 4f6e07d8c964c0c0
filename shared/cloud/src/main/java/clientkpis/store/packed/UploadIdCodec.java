package clientkpis.store.packed;

import clientkpis.upload.Upload;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The id of an upload: its day, the second of the day, the bytes of its hash, and the name. Any other text follows
/// null in place of the day.
final class UploadIdCodec {
    private static final int HASH_BYTES = 5;
    private static final int DAY_DIGITS = 8;
    private static final int TIME_DIGITS = 6;

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
        LocalTime time = LocalTime.ofSecondOfDay(in.number());
        StringBuilder id = new StringBuilder(64);
        append(id, (day.getYear() * 100 + day.getMonthValue()) * 100 + day.getDayOfMonth(), DAY_DIGITS);
        append(id.append('T'), (time.getHour() * 100 + time.getMinute()) * 100 + time.getSecond(), TIME_DIGITS);
        id.append('-');
        HexFormat.of().formatHex(id, in.noise(HASH_BYTES));
        return id.append('-').append(in.text()).toString();
    }

    private static void append(StringBuilder id, int number, int digits) {
        String text = Integer.toString(number);
        id.repeat('0', digits - text.length()).append(text);
    }

    /// @param stamp `20260930T235959`; the digits may be of no time
    private static @Nullable LocalDateTime time(String stamp) {
        try {
            return LocalDateTime.of(
                    number(stamp, 0, 4),
                    number(stamp, 4, 6),
                    number(stamp, 6, 8),
                    number(stamp, 9, 11),
                    number(stamp, 11, 13),
                    number(stamp, 13, 15));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(String stamp, int begin, int end) {
        return Integer.parseInt(stamp, begin, end, 10);
    }
}
