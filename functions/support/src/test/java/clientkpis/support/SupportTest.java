package clientkpis.support;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.support.Support.Ticket;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SupportTest {
    private static final Support FAMILY = new Support();
    private static final LocalDate FROM = LocalDate.parse("2026-09-30");

    @Test
    void ticketWhoseSlaIsTodayIsNotAboveIt() {
        assertThat(above(FROM, open("2026-09-30"))).isEqualTo(0);
    }

    @Test
    void ticketWhoseSlaWasYesterdayIsAboveIt() {
        assertThat(above(FROM, open("2026-09-29"))).isEqualTo(1);
    }

    @Test
    void ticketPassesItsSlaWithTheDateAlone() {
        assertThat(above(LocalDate.parse("2026-10-02"), open("2026-10-02"))).isEqualTo(0);
        assertThat(above(LocalDate.parse("2026-10-03"), open("2026-10-02"))).isEqualTo(1);
    }

    @Test
    void closedTicketIsNotAboveItsSlaHoweverLateItWasClosed() {
        assertThat(above(FROM, new Ticket(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-09-30"))))
                .isEqualTo(0);
    }

    @Test
    void ticketClosedInTheFutureIsClosed() {
        assertThat(above(FROM, new Ticket(LocalDate.parse("2026-01-01"), LocalDate.parse("2027-01-01"))))
                .isEqualTo(0);
    }

    @Test
    void ticketWithoutAnSlaIsNeverAboveIt() {
        assertThat(above(FROM.plusYears(10), new Ticket(null, null))).isEqualTo(0);
    }

    @Test
    void readsTheColumnsOfItsTable() {
        assertThat(FAMILY.read(new Row(Map.of(
                        "client_id", "1",
                        "ticket_id", "C1",
                        "opened_on", "2026-09-01",
                        "sla_on", "2026-09-03",
                        "closed_on", "2026-09-02"))))
                .isEqualTo(new Ticket(LocalDate.parse("2026-09-03"), LocalDate.parse("2026-09-02")));
        assertThat(FAMILY.read(new Row(Map.of("ticket_id", "C1")))).isEqualTo(new Ticket(null, null));
    }

    @Property
    void everyDayOfATimelineIsTheFormulaOnThatDay(@ForAll("tickets") List<Ticket> tickets) {
        Map<String, Timeline> timelines = FAMILY.timelines(tickets, FROM);
        for (LocalDate day = FROM; !day.isAfter(FROM.plusDays(90)); day = day.plusDays(1)) {
            assertThat(at(timelines, day)).as("on %s", day).isEqualTo(formula(tickets, day));
        }
    }

    @Property
    void theOrderOfRowsMeansNothing(@ForAll("tickets") List<Ticket> tickets, @ForAll Random random) {
        List<Ticket> shuffled = new ArrayList<>(tickets);
        Collections.shuffle(shuffled, random);
        assertThat(FAMILY.timelines(shuffled, FROM)).isEqualTo(FAMILY.timelines(tickets, FROM));
    }

    @Property
    void whatIsAskedForLaterContinuesWhatWasAskedForBefore(
            @ForAll("tickets") List<Ticket> tickets, @ForAll @IntRange(max = 45) int start) {
        LocalDate later = FROM.plusDays(start);
        Map<String, Timeline> fromThen = FAMILY.timelines(tickets, later);
        Map<String, Timeline> fromBefore = FAMILY.timelines(tickets, FROM);
        for (LocalDate day = later; !day.isAfter(FROM.plusDays(90)); day = day.plusDays(1)) {
            assertThat(at(fromThen, day)).as("on %s", day).isEqualTo(at(fromBefore, day));
        }
    }

    private static Map<String, Value> formula(List<Ticket> tickets, LocalDate day) {
        long above = tickets.stream()
                .filter(ticket -> ticket.closedOn() == null
                        && ticket.slaOn() != null
                        && ticket.slaOn().isBefore(day))
                .count();
        return Map.of("ticketsAboveSla", Value.Number.of(above));
    }

    @Provide
    static Arbitrary<List<Ticket>> tickets() {
        return Combinators.combine(days().injectNull(0.2), days().injectNull(0.6))
                .as(Ticket::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    private static Arbitrary<LocalDate> days() {
        return Arbitraries.integers().between(-70, 130).map(FROM::plusDays);
    }

    private static Map<String, Value> at(Map<String, Timeline> timelines, LocalDate day) {
        Map<String, Value> values = new HashMap<>();
        timelines.forEach((field, timeline) -> {
            Value value = timeline.at(day);
            if (value != null) {
                values.put(field, value);
            }
        });
        return values;
    }

    private static int above(LocalDate day, Ticket... tickets) {
        Value value =
                FAMILY.timelines(List.of(tickets), FROM).get("ticketsAboveSla").at(day);
        return ((Value.Number) value).number().intValueExact();
    }

    private static Ticket open(String slaOn) {
        return new Ticket(LocalDate.parse(slaOn), null);
    }
}
