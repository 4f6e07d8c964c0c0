package clientkpis.billing;

import clientkpis.kpi.FieldRecords;
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
import java.util.Optional;
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

    /// Behind `overdueTitles` the titles that are overdue, the most days late first, of one day the greatest.
    @Override
    public List<FieldRecords> records(List<Read<Title>> titles, LocalDate from) {
        List<FieldRecords.Kept> kept = titles.stream()
                .filter(title -> title.read().isDebt())
                .sorted(Comparator.comparing((Read<Title> title) -> title.read().dueOn())
                        .thenComparing(title -> title.read().value(), Comparator.reverseOrder()))
                .limit(FieldRecords.MOST)
                .map(title -> kept(title.row(), title.read()))
                .toList();
        Timeline count =
                overdueTitles(titles.stream().map(title -> title.read()).toList(), from);
        return List.of(new FieldRecords(
                "overdueTitles", List.of("title_id", "value", "due_on", FieldRecords.Days.LATE.column()), count, kept));
    }

    private static FieldRecords.Kept kept(Row row, Title title) {
        return new FieldRecords.Kept(
                title.dueOn().plusDays(1),
                null,
                title.dueOn(),
                List.of(
                        FieldRecords.text(row.required("title_id")),
                        FieldRecords.money(title.value()),
                        FieldRecords.day(title.dueOn())));
    }

    /// A title is there from its issue on, else from its due day, and owed until it is paid, whatever its status says
    /// today.
    @Override
    public Optional<Past> past(List<Read<Title>> titles, Before before) {
        LocalDate since = before.since(titles, title -> first(title.read(), before));
        Timeline.Sum overdue = new Timeline.Sum(since);
        Timeline.Sum billed = new Timeline.Sum(since);
        for (Read<Title> row : titles) {
            Title title = row.read();
            if (title.isCancelled()) {
                continue;
            }
            LocalDate first = first(title, before);
            billed.add(first, title.value());
            LocalDate paidOn = title.paidOn();
            LocalDate late = later(first, title.dueOn().plusDays(1));
            if (title.value().signum() > 0 && (paidOn == null ? !title.isPaid() : paidOn.isAfter(late))) {
                overdue.count(late);
                if (paidOn != null) {
                    overdue.add(paidOn, BigDecimal.ONE.negate());
                }
            }
        }
        return Optional.of(new Past(since, Map.of("overdueTitles", overdue.rounded(0), "tcv", billed.rounded(2))));
    }

    private static LocalDate first(Title title, Before before) {
        LocalDate issuedOn = title.issuedOn();
        return before.first(issuedOn == null ? title.dueOn() : issuedOn);
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
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
