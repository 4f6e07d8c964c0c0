package clientkpis.kpi;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// A value of a client field. Equality is exact, scale included, so a field keeps one scale.
public sealed interface Value {
    /// What is shown on a day. Only a countdown differs from itself.
    default Value on(LocalDate day) {
        return this;
    }

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
}
