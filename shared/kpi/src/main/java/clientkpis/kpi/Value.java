package clientkpis.kpi;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A value of a client field. Equality is exact, scale included, so a field keeps one scale.
public sealed interface Value {
    /// The value as it is shown on a day. Only a countdown and a value set by hand differ from what is shown.
    default Value on(LocalDate day) {
        return this;
    }

    /// The value of a tenant's own field, which is kept as read: a number of at most 15 digits (with leading zeros it
    /// is an identifier), a date, or else text.
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

    /// Days until `to`, negative after it. It changes with the date alone, so it is compared by the date it runs to.
    record Countdown(LocalDate to) implements Value {
        @Override
        public Value on(LocalDate day) {
            return Number.of(ChronoUnit.DAYS.between(day, to));
        }
    }

    /// A value set by hand. It takes precedence over the one that the client would have, until it expires.
    ///
    /// @param expiresOn the last day on which it applies; null when it applies until it is withdrawn
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
