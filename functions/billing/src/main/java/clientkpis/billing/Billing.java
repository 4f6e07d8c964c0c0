package clientkpis.billing;

import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.tables.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `overdueTitles` and `tcv` (fields.md, *Billing*); beside them `overdueSince`, the first day on which one of the
/// titles that are overdue was.
public final class Billing implements KpiFamily<Billing.Title> {
    private static final Vocabulary STATUS = Vocabulary.of("billing", "status");

    /// A title: something billed to the client.
    public record Title(
            BigDecimal value,
            LocalDate dueOn,
            @Nullable LocalDate issuedOn,
            @Nullable LocalDate paidOn,
            @Nullable String status) {

        public boolean isCancelled() {
            return STATUS.means(status, "cancelled");
        }

        /// A date of payment in the future is a payment; so is a status that says so, without a date.
        public boolean isPaid() {
            return paidOn != null || STATUS.means(status, "paid");
        }

        /// What the client still owes. A credit note, or a title of nothing, is not a debt.
        public boolean isDebt() {
            return value.signum() > 0 && !isPaid() && !isCancelled();
        }
    }

    @Override
    public String table() {
        return "billing";
    }

    @Override
    public Title read(Row row) {
        return new Title(
                new BigDecimal(row.required("value")),
                LocalDate.parse(row.required("due_on")),
                row.date("issued_on"),
                row.date("paid_on"),
                row.text("status"));
    }

    @Override
    public Map<String, Timeline> timelines(List<Title> titles, LocalDate from) {
        Map<String, Timeline> fields = new HashMap<>();
        fields.put("overdueTitles", overdueTitles(titles, from));
        fields.put("tcv", tcv(titles, from));
        titles.stream()
                .filter(Title::isDebt)
                .map(title -> title.dueOn().plusDays(1))
                .min(Comparator.naturalOrder())
                .ifPresent(since -> fields.put(
                        "overdueSince", Timeline.constant(since.isBefore(from) ? from : since, new Value.Day(since))));
        return fields;
    }

    /// "titles that are not paid and `dueOn < D`, cancelled ones and those of nothing or less left out". A title due
    /// today is not overdue.
    private static Timeline overdueTitles(List<Title> titles, LocalDate from) {
        Timeline.Sum overdue = new Timeline.Sum(from);
        for (Title title : titles) {
            if (title.isDebt()) {
                overdue.count(title.dueOn().plusDays(1));
            }
        }
        return overdue.rounded(0);
    }

    /// "sum of `value` of billed titles: not cancelled, and `issuedOn` blank or `<= D`", scale 2. A credit note lowers
    /// it.
    private static Timeline tcv(List<Title> titles, LocalDate from) {
        Timeline.Sum billed = new Timeline.Sum(from);
        for (Title title : titles) {
            if (!title.isCancelled()) {
                LocalDate issuedOn = title.issuedOn();
                billed.add(issuedOn == null ? from : issuedOn, title.value());
            }
        }
        return billed.rounded(2);
    }
}
