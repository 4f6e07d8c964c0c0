package clientkpis.billing;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.KpiFamily.Read;
import clientkpis.kpi.Row;
import clientkpis.kpi.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OverdueRecordsTest {
    private static final Billing FAMILY = new Billing();
    private static final LocalDate FROM = LocalDate.parse("2026-09-30");

    @Test
    void theTitlesThatAreOverdueAreShownWithTheirValueAndDaysLate() {
        FieldRecords records = records(List.of(
                row("T1", "100", "2026-09-18", ""),
                row("T2", "80.5", "2026-10-01", ""),
                row("T3", "10", "2026-08-01", "2026-08-02")));
        assertThat(records.field()).isEqualTo("overdueTitles");
        assertThat(records.columns()).containsExactly("title_id", "value", "due_on", "daysLate");
        assertThat(records.at(FROM)).containsExactly(shown("T1", "100.00", "2026-09-18", 12));
        assertThat(records.countAt(FROM)).isOne();
        LocalDate later = LocalDate.parse("2026-10-02");
        assertThat(records.at(later))
                .as("without an upload")
                .containsExactly(shown("T1", "100.00", "2026-09-18", 14), shown("T2", "80.50", "2026-10-01", 1));
        assertThat(records.countAt(later)).isEqualTo(2);
    }

    /// The rows of any later day are the first ones of all titles, and their number is the field's value.
    @Property(tries = 300)
    void theRowsOfEachDayAreThoseThatAFreshLookWouldFind(@ForAll Random random) {
        List<Row> rows = new ArrayList<>();
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            rows.add(row(
                    "T%02d".formatted(i),
                    String.valueOf(random.nextInt(5) - 1),
                    FROM.plusDays(random.nextInt(60) - 30).toString(),
                    random.nextInt(4) == 0 ? "2026-09-01" : ""));
        }
        FieldRecords records = records(rows);
        for (int days = 0; days < 40; days++) {
            LocalDate day = FROM.plusDays(days);
            List<Row> overdue = rows.stream()
                    .filter(row -> row.text("paid_on") == null
                            && new BigDecimal(row.required("value")).signum() > 0
                            && LocalDate.parse(row.required("due_on")).isBefore(day))
                    .sorted(Comparator.comparing((Row row) -> row.required("due_on"))
                            .thenComparing(row -> row.required("value"), Comparator.reverseOrder())
                            .thenComparing(row -> row.required("title_id")))
                    .toList();
            assertThat(records.countAt(day)).isEqualTo(overdue.size());
            assertThat(FAMILY.timelines(rows.stream().map(FAMILY::read).toList(), FROM)
                            .get("overdueTitles")
                            .at(day))
                    .isEqualTo(Value.Number.of(overdue.size()));
            assertThat(records.at(day))
                    .containsExactlyElementsOf(overdue.stream()
                            .limit(20)
                            .map(row -> shown(
                                    row.required("title_id"),
                                    row.required("value") + ".00",
                                    row.required("due_on"),
                                    (int) ChronoUnit.DAYS.between(LocalDate.parse(row.required("due_on")), day)))
                            .toList());
        }
    }

    private static FieldRecords records(List<Row> rows) {
        return FAMILY.records(
                        rows.stream()
                                .map(row -> new Read<>(row, FAMILY.read(row)))
                                .toList(),
                        FROM)
                .getFirst();
    }

    private static List<Optional<Value>> shown(String id, String value, String dueOn, int late) {
        return List.of(
                FieldRecords.text(id),
                FieldRecords.number(new BigDecimal(value)),
                FieldRecords.day(LocalDate.parse(dueOn)),
                Optional.of(Value.Number.of(late)));
    }

    private static Row row(String id, String value, String dueOn, String paidOn) {
        Map<String, String> cells = new HashMap<>(Map.of("title_id", id, "value", value, "due_on", dueOn));
        if (!paidOn.isEmpty()) {
            cells.put("paid_on", paidOn);
        }
        return new Row(cells);
    }
}
