package clientkpis.reading.cell;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Dates as spreadsheets and systems write them (tables.md, *How values are read*): `yyyy-MM-dd`, `yyyy/MM/dd`,
/// `dd/MM/yyyy`, `dd-MM-yyyy`, day and month also with one digit; each also with a time after blanks or a `T`, and the
/// time also with an offset or `Z`. Such an instant is converted to the tenant's zone; any other time of day is
/// dropped. Where the year is last, a tenant may write the month first.
///
/// @implNote Scanned by hand, since dates are a large part of what an upload consists of: one regular expression for
///     all forms takes five to ten times as long per cell.
final class Dates {
    static final int FIRST_YEAR = 1900;
    static final int LAST_YEAR = 2200;
    /// How systems write "without end" (`31/12/9999`). Real contracts have it, so it is a date like any other.
    static final int WITHOUT_END = 9999;

    private final ZoneId zone;

    Dates(ZoneId zone) {
        this.zone = zone;
    }

    /// The day in a trimmed cell, or null when it is not a date.
    @Nullable
    LocalDate parse(String cell, boolean monthFirst) {
        return new Scan(cell).date(monthFirst);
    }

    static boolean fits(LocalDate date) {
        int year = date.getYear();
        return (year >= FIRST_YEAR && year <= LAST_YEAR) || year == WITHOUT_END;
    }

    private final class Scan {
        private final String cell;
        private int at;

        Scan(String cell) {
            this.cell = cell;
        }

        @Nullable
        LocalDate date(boolean monthFirst) {
            int begin = at;
            int first = number(4);
            int digits = at - begin;
            if (first < 0 || digits == 3 || at == cell.length()) {
                return null;
            }
            char mark = cell.charAt(at);
            if (mark != '-' && mark != '/') {
                return null;
            }
            at++;
            int second = number(2);
            if (second < 0 || !skip(mark)) {
                return null;
            }
            begin = at;
            int third = number(digits == 4 ? 2 : 4);
            if (third < 0 || (digits != 4 && at - begin != 4)) {
                return null;
            }
            int year = digits == 4 ? first : third;
            int month = digits == 4 || !monthFirst ? second : first;
            int day = digits == 4 ? third : monthFirst ? second : first;
            try {
                return time(LocalDate.of(year, month, day));
            } catch (DateTimeException e) {
                return null;
            }
        }

        private @Nullable LocalDate time(LocalDate date) {
            if (at == cell.length()) {
                return date;
            }
            if (!skip('T') && !skip('t') && !blanks()) {
                return null;
            }
            int hour = number(2);
            if (hour < 0 || !skip(':')) {
                return null;
            }
            int minute = twoDigits();
            int second = 0;
            int nanos = 0;
            if (skip(':')) {
                second = twoDigits();
                if (skip('.')) {
                    nanos = fraction();
                }
            }
            if (minute < 0 || second < 0 || nanos < 0) {
                return null;
            }
            LocalTime time = LocalTime.of(hour, minute, second, nanos);
            if (at == cell.length()) {
                return date;
            }
            blanks();
            ZoneOffset offset = offset();
            return offset == null || at < cell.length()
                    ? null
                    : LocalDateTime.of(date, time)
                            .atOffset(offset)
                            .atZoneSameInstant(zone)
                            .toLocalDate();
        }

        /// `Z`, `-03`, `-0300` or `-03:00`.
        private @Nullable ZoneOffset offset() {
            if (skip('Z') || skip('z')) {
                return ZoneOffset.UTC;
            }
            int sign = skip('-') ? -1 : skip('+') ? 1 : 0;
            int hours = twoDigits();
            boolean colon = skip(':');
            int minutes = at < cell.length() || colon ? twoDigits() : 0;
            return sign == 0 || hours < 0 || minutes < 0
                    ? null
                    : ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
        }

        private int twoDigits() {
            int begin = at;
            int number = number(2);
            return at - begin == 2 ? number : -1;
        }

        private int fraction() {
            int begin = at;
            int number = number(9);
            for (int digits = at - begin; digits < 9; digits++) {
                number *= 10;
            }
            return at == begin ? -1 : number;
        }

        /// One to `most` digits, or -1.
        private int number(int most) {
            int begin = at;
            int number = 0;
            while (at < cell.length() && at - begin < most && cell.charAt(at) >= '0' && cell.charAt(at) <= '9') {
                number = number * 10 + cell.charAt(at) - '0';
                at++;
            }
            return at == begin ? -1 : number;
        }

        private boolean skip(char c) {
            if (at < cell.length() && cell.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private boolean blanks() {
            int begin = at;
            while (at < cell.length() && Blank.is(cell.charAt(at))) {
                at++;
            }
            return at > begin;
        }
    }
}
