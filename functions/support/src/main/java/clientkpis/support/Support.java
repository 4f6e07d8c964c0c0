package clientkpis.support;

import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `ticketsAboveSla` (fields.md, *Support*).
public final class Support implements KpiFamily<Support.Ticket> {
    private static final Comparator<@Nullable LocalDate> LAST = Comparator.nullsLast(Comparator.naturalOrder());

    /// A call for support.
    ///
    /// @param slaOn the day until which it should be closed; a ticket without one is never above its SLA
    public record Ticket(
            @Nullable LocalDate slaOn, @Nullable LocalDate closedOn) {}

    @Override
    public String table() {
        return "support";
    }

    @Override
    public Ticket read(Row row) {
        return new Ticket(row.date("sla_on"), row.date("closed_on"));
    }

    @Override
    public Map<String, Timeline> timelines(List<Ticket> tickets, LocalDate from) {
        return Map.of("ticketsAboveSla", ticketsAboveSla(tickets, from));
    }

    /// Behind `ticketsAboveSla` the tickets that are open, those above their SLA first, the most days late first of
    /// all; only these are counted.
    @Override
    public List<FieldRecords> records(List<Read<Ticket>> tickets, LocalDate from) {
        List<FieldRecords.Kept> kept = tickets.stream()
                .filter(ticket -> ticket.read().closedOn() == null)
                .sorted(Comparator.comparing(
                                (Read<Ticket> ticket) -> ticket.read().slaOn(), LAST)
                        .thenComparing(ticket -> ticket.row().date("opened_on"), LAST))
                .limit(FieldRecords.MOST)
                .map(ticket -> new FieldRecords.Kept(
                        ticket.read().slaOn(),
                        List.of(
                                FieldRecords.text(ticket.row().required("ticket_id")),
                                FieldRecords.day(ticket.row().date("opened_on")),
                                FieldRecords.day(ticket.read().slaOn()))))
                .toList();
        Timeline count =
                ticketsAboveSla(tickets.stream().map(ticket -> ticket.read()).toList(), from);
        return List.of(new FieldRecords(
                "ticketsAboveSla",
                List.of("ticket_id", "opened_on", "sla_on", FieldRecords.Days.LATE.column()),
                count,
                kept));
    }

    /// A ticket is there from the day on which it was opened, else from its SLA's, else from that on which it was
    /// closed; and open until then.
    @Override
    public Optional<Past> past(List<Read<Ticket>> tickets, Before before) {
        LocalDate since = before.since(tickets, ticket -> first(ticket, before));
        Timeline.Sum above = new Timeline.Sum(since);
        for (Read<Ticket> ticket : tickets) {
            LocalDate slaOn = ticket.read().slaOn();
            if (slaOn == null) {
                continue;
            }
            LocalDate first = first(ticket, before);
            LocalDate late = slaOn.isBefore(first) ? first : slaOn.plusDays(1);
            LocalDate closedOn = ticket.read().closedOn();
            if (closedOn == null || closedOn.isAfter(late)) {
                above.count(late);
                if (closedOn != null) {
                    above.add(closedOn, BigDecimal.ONE.negate());
                }
            }
        }
        return Optional.of(new Past(since, Map.of("ticketsAboveSla", above.rounded(0))));
    }

    private static LocalDate first(Read<Ticket> ticket, Before before) {
        LocalDate openedOn = ticket.row().date("opened_on");
        LocalDate slaOn = ticket.read().slaOn();
        return before.first(
                openedOn != null
                        ? openedOn
                        : slaOn != null ? slaOn : ticket.read().closedOn());
    }

    /// "tickets with no `closedOn` and `slaOn < D`".
    private static Timeline ticketsAboveSla(List<Ticket> tickets, LocalDate from) {
        Timeline.Sum above = new Timeline.Sum(from);
        for (Ticket ticket : tickets) {
            LocalDate slaOn = ticket.slaOn();
            if (ticket.closedOn() == null && slaOn != null) {
                above.count(slaOn.plusDays(1));
            }
        }
        return above.rounded(0);
    }
}
