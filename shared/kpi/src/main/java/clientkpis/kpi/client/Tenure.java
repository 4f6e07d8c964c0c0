package clientkpis.kpi.client;

import clientkpis.kpi.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Since when a client is a customer, or none any more, as the end of each day decides.
///
/// @param since the first day of its time as a customer, which may have ended; null if it never was one
/// @param returnedOn the day on which it was last a customer again after a churn; null if it never came back
/// @param left null for a customer, and for a client that never was one
public record Tenure(
        @Nullable LocalDate since,
        @Nullable LocalDate returnedOn,
        @Nullable Left left) {
    /// A client that is not a customer for so many days has churned, whatever its row says.
    public static final int CHURN_DAYS = 30;

    public static final Tenure NONE = new Tenure(null, null, null);

    /// A time in which a client is not a customer.
    ///
    /// @param from its first day
    /// @param notice the earliest day of notice that its rows gave since; null for none
    /// @param inactive whether the status was inactive on any of these days
    /// @param churnedAt the day that made it a churn; null while it may be a gap
    public record Left(
            LocalDate from,
            @Nullable LocalDate notice,
            boolean inactive,
            @Nullable LocalDate churnedAt) {
        /// `cancelled`, `inactive` or `lapsed`: the notice explains more than the status, and this more than no MRR.
        public String cause() {
            return notice != null ? "cancelled" : inactive ? "inactive" : "lapsed";
        }
    }

    /// What makes a customer.
    ///
    /// @param isInactive what a status says
    /// @param mrr whether it needs MRR, because the tenant has some
    public record Terms(Predicate<@Nullable String> isInactive, boolean mrr) {
        /// @param fields those in force before rules
        public boolean isCustomer(LocalDate day, Map<String, Value> fields) {
            return !isInactive(fields) && !hasNoticeCome(day, fields) && (!mrr || hasMrr(fields));
        }

        private boolean isInactive(Map<String, Value> fields) {
            return isInactive.test(fields.get("status") instanceof Value.Text(String status) ? status : null);
        }

        private static @Nullable LocalDate notice(Map<String, Value> fields) {
            return fields.get("cancelledOn") instanceof Value.Day(LocalDate notice) ? notice : null;
        }

        private static boolean hasNoticeCome(LocalDate day, Map<String, Value> fields) {
            LocalDate notice = notice(fields);
            return notice != null && !notice.isAfter(day);
        }

        private static boolean hasMrr(Map<String, Value> fields) {
            return fields.get("mrr") instanceof Value.Number(BigDecimal mrr) && mrr.signum() > 0;
        }
    }

    /// At the end of a day on which the client is in the table.
    ///
    /// @param fields those in force before rules
    public Tenure at(LocalDate day, Map<String, Value> fields, Terms terms) {
        if (terms.isCustomer(day, fields)) {
            return customer(day);
        }
        if (since == null) {
            return this;
        }
        Left now = left == null ? new Left(day, null, false, null) : left;
        LocalDate told = Terms.notice(fields);
        boolean isSaid = terms.isInactive(fields) || Terms.hasNoticeCome(day, fields);
        return with(new Left(
                now.from,
                now.notice == null || (told != null && told.isBefore(now.notice)) ? told : now.notice,
                now.inactive || terms.isInactive(fields),
                now.churnedAt == null && (isSaid || isLong(now, day)) ? day : now.churnedAt));
    }

    private Tenure customer(LocalDate day) {
        if (since == null) {
            return new Tenure(day, null, null);
        }
        // What began on the same day has not ended: the day was evaluated before its end.
        if (left == null || left.from.equals(day)) {
            return with(null);
        }
        boolean isLong = isLong(left, day.minusDays(1));
        return new Tenure(isLong ? day : since, isLong || left.churnedAt != null ? day : returnedOn, null);
    }

    private Tenure with(@Nullable Left now) {
        return new Tenure(since, returnedOn, now);
    }

    /// At the end of a day on which it is out of the table, which belongs to the days before.
    public Tenure without(LocalDate day) {
        return left != null && left.churnedAt == null && isLong(left, day)
                ? with(new Left(left.from, left.notice, left.inactive, day))
                : this;
    }

    /// The day of the churn: that of the notice, if it was before the client stopped being a customer.
    public @Nullable LocalDate churnedOn() {
        if (left == null) {
            return null;
        }
        LocalDate notice = left.notice;
        return notice != null && notice.isBefore(left.from) && (since == null || notice.isAfter(since))
                ? notice
                : left.from;
    }

    private static boolean isLong(Left left, LocalDate day) {
        return ChronoUnit.DAYS.between(left.from, day) + 1 >= CHURN_DAYS;
    }
}
