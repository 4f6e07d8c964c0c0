package clientkpis.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.KpiFamily.Read;
import clientkpis.kpi.Row;
import clientkpis.kpi.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ContractRecordsTest {
    private static final Contracts FAMILY = new Contracts();
    private static final LocalDate FROM = LocalDate.parse("2026-09-30");

    @Test
    void theContractsBehindTheMrrAreByTheirEnds() {
        FieldRecords mrr = records(List.of(
                        row("C1", "MRR", "10", "Ativo", ""),
                        row("C2", "MRR", "20", "Ativo", "2026-10-10"),
                        row("C3", "MRR", "30", "Ativo", "2026-09-20"),
                        row("C4", "MRR", "40", "Cancelado", "2026-10-01"),
                        row("C5", "Projeto", "50", "Ativo", "2026-10-01")))
                .get("mrr");
        assertThat(mrr.columns()).containsExactly("contract_id", "value", "starts_on", "ends_on", "daysToEnd");
        assertThat(mrr.countAt(FROM)).isEqualTo(3);
        assertThat(mrr.at(FROM).stream().map(row -> row.getFirst().orElseThrow()))
                .containsExactly(new Value.Text("C3"), new Value.Text("C2"), new Value.Text("C1"));
        assertThat(mrr.at(FROM).stream().map(List::getLast).map(days -> days.orElse(null)))
                .containsExactly(Value.Number.of(-10), Value.Number.of(10), null);
    }

    /// The first contract is one that ends at the renewal, and the others are those that end later.
    @Property(tries = 300)
    void theContractsBehindTheRenewalAreThoseThatHaveNotEnded(@ForAll Random random) {
        List<Row> rows = new ArrayList<>();
        int count = 1 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            rows.add(row(
                    "C" + i,
                    "MRR",
                    "10",
                    random.nextInt(4) == 0 ? "Cancelado" : "Ativo",
                    random.nextInt(5) == 0
                            ? ""
                            : FROM.plusDays(random.nextInt(60) - 20).toString()));
        }
        FieldRecords renewal = records(rows).get("renewalOn");
        for (int days = 0; days < 50; days++) {
            LocalDate day = FROM.plusDays(days);
            List<Value.Day> ends = rows.stream()
                    .filter(row -> row.required("status").equals("Ativo") && row.date("ends_on") != null)
                    .map(row -> row.date("ends_on"))
                    .sorted()
                    .map(Value.Day::new)
                    .toList();
            List<Value.Day> open =
                    ends.stream().filter(end -> !end.day().isBefore(day)).toList();
            List<Value.Day> expected = open.isEmpty()
                    ? ends.stream().filter(end -> end.equals(ends.getLast())).toList()
                    : open;
            assertThat(renewal.countAt(day)).isEqualTo(expected.size());
            assertThat(renewal.at(day).stream().map(row -> row.get(3).orElseThrow()))
                    .containsExactlyElementsOf(expected.stream().limit(20).toList());
            assertThat(renewal.at(day).stream()
                            .findFirst()
                            .map(row -> row.get(3).orElseThrow()))
                    .as("the field's value")
                    .isEqualTo(java.util.Optional.ofNullable(FAMILY.timelines(
                                            rows.stream().map(FAMILY::read).toList(), FROM)
                                    .get("renewalOn"))
                            .map(timeline -> timeline.at(day)));
        }
    }

    private static Map<String, FieldRecords> records(List<Row> rows) {
        Map<String, FieldRecords> records = new HashMap<>();
        FAMILY.records(
                        rows.stream()
                                .map(row -> new Read<>(row, FAMILY.read(row)))
                                .toList(),
                        FROM)
                .forEach(one -> records.put(one.field(), one));
        return records;
    }

    private static Row row(String id, String model, String value, String status, String endsOn) {
        Map<String, String> cells =
                new HashMap<>(Map.of("contract_id", id, "model", model, "value", value, "status", status));
        if (!endsOn.isEmpty()) {
            cells.put("ends_on", endsOn);
        }
        return new Row(cells);
    }
}
