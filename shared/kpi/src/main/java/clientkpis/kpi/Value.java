package clientkpis.kpi;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A value of a client field. Equality is exact, scale included, so a field keeps one scale.
public sealed interface Value {
    /// What is shown on a day. Only a countdown differs from itself.
    default Value on(LocalDate day) {
        return this;
    }

    /// The value of a tenant's own field, which is kept as read: a number of at most 15 digits (one with leading zeros
    /// is
    /// an identifier), a date, or else text.
    ///
    /// @param canonical as rows carry it: a plain decimal, `yyyy-MM-dd`, text
    static Value asRead(String canonical) {
        if (NUMBER.matcher(canonical).matches()
                && canonical.chars().filter(Character::isDigit).count() <= 15) {
            return new Number(new BigDecimal(canonical));
        }
        if (DATE.matcher(canonical).matches()) {
            try {
                return new Day(LocalDate.parse(canonical));
            } catch (DateTimeException e) {
                return new Text(canonical);
            }
        }
        return new Text(canonical);
    }

    Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?");
    Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    record Text(String text) implements Value {}

    record Number(BigDecimal number) implements Value {
        public static Number of(long whole) {
            return new Number(BigDecimal.valueOf(whole));
        }
    }

    record Day(LocalDate day) implements Value {}

    /// Days until `to`, negative after it. It moves with the date alone, so it is kept as its date.
    record Countdown(LocalDate to) implements Value {
        @Override
        public Value on(LocalDate day) {
            return Number.of(ChronoUnit.DAYS.between(day, to));
        }
    }

    /// What somebody set by hand in the place of the value that the client would have; it lasts until it expires.
    ///
    /// @param expiresOn the last day on which it holds, null when it holds until it is withdrawn
    record Manual(
            Value value,
            @Nullable String author,
            @Nullable String reason,
            @Nullable LocalDate expiresOn) implements Value {
        @Override
        public Value on(LocalDate day) {
            return value.on(day);
        }
    }
}
