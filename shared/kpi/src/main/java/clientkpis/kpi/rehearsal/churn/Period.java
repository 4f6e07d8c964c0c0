package clientkpis.kpi.rehearsal.churn;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// The days of a history, both ends included. Inside the package and its users a day is its number, from 0.
public record Period(LocalDate first, LocalDate last) {
    public Period {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException(last + " is before " + first);
        }
    }

    public int days() {
        return lastDay() + 1;
    }

    /// The number of the last day.
    public int lastDay() {
        return number(last);
    }

    /// A day's number; negative before the period.
    public int number(LocalDate day) {
        return Math.toIntExact(ChronoUnit.DAYS.between(first, day));
    }

    public LocalDate date(int day) {
        return first.plusDays(day);
    }
}
