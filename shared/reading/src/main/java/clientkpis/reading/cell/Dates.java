package clientkpis.reading.cell;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Dates as spreadsheets and systems write them (tables.md, *How values are read*): `yyyy-MM-dd`, `yyyy/MM/dd`,
/// `dd/MM/yyyy`, `dd-MM-yyyy`, `dd.MM.yyyy`, day and month also with one digit, the year at the end also with two, but
/// not behind points; with the month's name `12-mar-2026`, `12 de março de 2026`, `Mar 12, 2026`; each also with a time
/// after blanks (and `às`, `at` or `-`) or a `T`, and the time also with an offset or `Z`. Such an instant is converted
/// to the tenant's zone, or keeps its day where a column says days as instants; any other time of day is dropped. Where
/// the year is last, a tenant may write the month first.
///
/// Beside the day of a cell it says what the cell proves about its column.
///
/// One class, because all forms are told apart in one scan.
///
/// @implNote Scanned by hand, since dates are a large part of what an upload consists of: one regular expression for
///     all forms takes five to ten times as long per cell.
final class Dates {
    static final int FIRST_YEAR = 1900;
    static final int LAST_YEAR = 2200;
    /// How systems write "without end" (`31/12/9999`). Real contracts have it, so it is a date like any other.
    static final int WITHOUT_END = 9999;

    private static final List<String> BEFORE_TIME = List.of("às", "as", "at", "-");
    private static final int CENTURY = 2000;
    /// The days that a spreadsheet numbers so are 1927 to 2119.
    private static final int FIRST_SERIAL = 10_000;
    private static final int LAST_SERIAL = 80_000;

    /// What a cell proves about the order of day and month.
    enum Order {
        /// Nothing: it has no order, or means the same day in both.
        NONE,
        EITHER,
        DAY_FIRST,
        MONTH_FIRST
    }

    /// Whether a cell is a moment.
    enum Instant {
        NONE,
        /// The beginning of a day in its own offset.
        MIDNIGHT,
        OTHER
    }

    private final ZoneId zone;
    private final @Nullable ZoneId writtenIn;
    private String cell = "";
    private int at;
    private boolean keepDays;
    private Order order = Order.NONE;
    private Instant instant = Instant.NONE;

    /// @param zone whose days are meant
    /// @param writtenIn the zone of moments that do not say theirs; null: their day is the one written
    Dates(ZoneId zone, @Nullable ZoneId writtenIn) {
        this.zone = zone;
        this.writtenIn = writtenIn;
    }

    /// What the last cell proved; also of one that is a date only in the other order, and was not read.
    Order order() {
        return order;
    }

    Instant instant() {
        return instant;
    }

    /// The day in a trimmed cell, or null when it is not a date.
    @Nullable
    LocalDate parse(String trimmed, boolean monthFirst) {
        return parse(trimmed, monthFirst, false);
    }

    /// @param daysAsInstants whether midnight in any offset is that day and not a moment
    @Nullable
    LocalDate parse(String trimmed, boolean monthFirst, boolean daysAsInstants) {
        cell = trimmed;
        keepDays = daysAsInstants;
        order = Order.NONE;
        LocalDate date = date(monthFirst);
        if (date == null) {
            // A cell that is not a date in the other order either proves nothing.
            boolean proves = order == (monthFirst ? Order.DAY_FIRST : Order.MONTH_FIRST) && date(!monthFirst) != null;
            order = !proves ? Order.NONE : monthFirst ? Order.DAY_FIRST : Order.MONTH_FIRST;
            instant = Instant.NONE;
        }
        return date;
    }

    static boolean fits(LocalDate date) {
        int year = date.getYear();
        return (year >= FIRST_YEAR && year <= LAST_YEAR) || year == WITHOUT_END;
    }

    /// Whether a cell is the number by which a spreadsheet counts days.
    static boolean isSerial(String cell) {
        int end = 0;
        int number = 0;
        while (end < cell.length() && end < 5 && isDigit(cell.charAt(end))) {
            number = number * 10 + cell.charAt(end++) - '0';
        }
        if (end < 5 || number < FIRST_SERIAL || number > LAST_SERIAL) {
            return false;
        }
        if (end < cell.length() && (cell.charAt(end) == '.' || cell.charAt(end) == ',')) {
            end++;
        }
        while (end < cell.length() && isDigit(cell.charAt(end))) {
            end++;
        }
        return end == cell.length() && (end == 5 || !isDigit(cell.charAt(5)));
    }

    /// Whether a cell is the form of a date with zeros or nothing in it, as databases and masks of forms write it.
    static boolean isEmptyForm(String cell) {
        boolean mark = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '/' || c == '-' || c == '.' || c == ':') {
                mark = true;
            } else if (c != '0' && c != '_' && c != 'T' && c != 'Z' && !Blank.is(c)) {
                return false;
            }
        }
        return mark || cell.equals("0");
    }

    private @Nullable LocalDate date(boolean monthFirst) {
        at = 0;
        instant = Instant.NONE;
        try {
            int begin = at;
            int first = number(4);
            int digits = at - begin;
            if (first < 0) {
                return monthNamedFirst();
            }
            if (digits == 3 || at == cell.length()) {
                return null;
            }
            char mark = cell.charAt(at);
            if (mark == '.' && digits <= 2) {
                return dotted(first);
            }
            if (mark != '-' && mark != '/' && mark != '\u2010' && mark != '\u2011') {
                return digits <= 2 ? withNamedMonth(first, ' ') : null;
            }
            at++;
            int second = number(2);
            if (second < 0) {
                return digits <= 2 ? withNamedMonth(first, mark) : null;
            }
            if (!skip(mark)) {
                return null;
            }
            begin = at;
            int third = number(digits == 4 ? 2 : 4);
            int length = at - begin;
            if (digits == 4) {
                return third < 0 ? null : time(LocalDate.of(first, second, third));
            }
            if (length != 4 && length != 2) {
                return null;
            }
            if (order == Order.NONE) {
                order = orderOf(first, second);
            }
            int month = monthFirst ? first : second;
            int day = monthFirst ? second : first;
            return time(LocalDate.of(length == 2 ? CENTURY + third : third, month, day));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// `.09.2026`: whoever writes points writes the day first.
    private @Nullable LocalDate dotted(int day) {
        skip('.');
        int month = number(2);
        if (month < 0 || !skip('.')) {
            return null;
        }
        int begin = at;
        int year = number(4);
        return at - begin == 4 ? time(LocalDate.of(year, month, day)) : null;
    }

    private static Order orderOf(int first, int second) {
        if (first > 12) {
            return Order.DAY_FIRST;
        }
        return second > 12 ? Order.MONTH_FIRST : first == second ? Order.NONE : Order.EITHER;
    }

    /// `-mar-2026`, `/Oct/25`, ` mar 2026`, `º de março de 2026`: what follows the day.
    private @Nullable LocalDate withNamedMonth(int day, char mark) {
        boolean words = mark == ' ';
        if (words) {
            if (!skip('º')) {
                skip('°');
            }
            if (!blanks()) {
                return null;
            }
            of();
        }
        int month = monthName();
        if (month < 0) {
            return null;
        }
        if (words) {
            if (!blanks() && !skip('/')) {
                return null;
            }
            of();
        } else if (!skip(mark)) {
            return null;
        }
        int year = year();
        return year < 0 ? null : time(LocalDate.of(year, month, day));
    }

    /// `Mar 12, 2026`.
    private @Nullable LocalDate monthNamedFirst() {
        int month = monthName();
        if (month < 0 || !blanks()) {
            return null;
        }
        int day = number(2);
        if (day < 0) {
            return null;
        }
        boolean comma = skip(',');
        if (!blanks() && !comma) {
            return null;
        }
        int year = year();
        return year < 0 ? null : time(LocalDate.of(year, month, day));
    }

    private int monthName() {
        int begin = at;
        while (at < cell.length() && Character.isLetter(cell.charAt(at))) {
            at++;
        }
        if (at - begin < 3) {
            return -1;
        }
        int month = Months.number(cell.substring(begin, at));
        skip('.');
        return month;
    }

    /// Skips `de`.
    private void of() {
        if (cell.regionMatches(true, at, "de", 0, 2) && at + 2 < cell.length() && Blank.is(cell.charAt(at + 2))) {
            at += 2;
            blanks();
        }
    }

    /// Skips what people and systems write between a day and its time: `01/09/2026 às 09:12`, `01/09/2026 - 09:12`.
    private void atTime() {
        for (String word : BEFORE_TIME) {
            int end = at + word.length();
            if (cell.regionMatches(true, at, word, 0, word.length())
                    && end < cell.length()
                    && Blank.is(cell.charAt(end))) {
                at = end;
                blanks();
                return;
            }
        }
    }

    private int year() {
        int begin = at;
        int year = number(4);
        int digits = at - begin;
        return digits == 4 ? year : digits == 2 ? CENTURY + year : -1;
    }

    private @Nullable LocalDate time(LocalDate date) {
        if (at == cell.length()) {
            return date;
        }
        skip(',');
        if (!skip('T') && !skip('t') && !blanks()) {
            return null;
        }
        if (at < cell.length() && !isDigit(cell.charAt(at))) {
            atTime();
        }
        int hour = number(2);
        if (hour < 0 || (!skip(':') && !skip('h'))) {
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
        if (at < cell.length()) {
            blanks();
            hour = ofTwelve(hour);
        }
        LocalTime time = LocalTime.of(hour, minute, second, nanos);
        ZoneId from = writtenIn;
        if (at == cell.length()) {
            if (from == null) {
                return date;
            }
        } else {
            blanks();
            from = offset();
            if (from == null || at < cell.length()) {
                return null;
            }
        }
        instant = time.equals(LocalTime.MIDNIGHT) ? Instant.MIDNIGHT : Instant.OTHER;
        return keepDays && instant == Instant.MIDNIGHT
                ? date
                : LocalDateTime.of(date, time)
                        .atZone(from)
                        .withZoneSameInstant(zone)
                        .toLocalDate();
    }

    /// The hour, of 24, where `AM` or `PM` follows; -1 where that makes no sense.
    private int ofTwelve(int hour) {
        if (at + 1 >= cell.length()) {
            return hour;
        }
        char half = Character.toLowerCase(cell.charAt(at));
        if (half != 'a' && half != 'p') {
            return hour;
        }
        at++;
        skip('.');
        if (!skip('m') && !skip('M')) {
            return -1;
        }
        skip('.');
        return hour < 1 || hour > 12 ? -1 : hour % 12 + (half == 'p' ? 12 : 0);
    }

    /// `Z`, `UTC`, `GMT`, `-03`, `-0300` or `-03:00`.
    private @Nullable ZoneOffset offset() {
        if (skip('Z') || skip('z')) {
            return ZoneOffset.UTC;
        }
        if (cell.startsWith("UTC", at) || cell.startsWith("GMT", at)) {
            at += 3;
            if (at == cell.length()) {
                return ZoneOffset.UTC;
            }
        }
        int sign = skip('-') ? -1 : skip('+') ? 1 : 0;
        int hours = twoDigits();
        boolean colon = skip(':');
        int minutes = at < cell.length() || colon ? twoDigits() : 0;
        return sign == 0 || hours < 0 || minutes < 0 ? null : ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
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
        while (at < cell.length() && at - begin < most && isDigit(cell.charAt(at))) {
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

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
