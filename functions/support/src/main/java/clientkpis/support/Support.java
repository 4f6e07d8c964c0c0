package clientkpis.support;

import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ticketsAboveSla` (fields.md, *Support*).
public final class Support implements KpiFamily<Support.Ticket> {
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
