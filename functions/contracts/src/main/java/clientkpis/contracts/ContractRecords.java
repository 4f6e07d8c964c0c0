package clientkpis.contracts;

import clientkpis.contracts.Contracts.Contract;
import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.FieldRecords.Days;
import clientkpis.kpi.KpiFamily.Read;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The contracts behind `mrr` and `renewalOn`, by their ends, what has none last.
final class ContractRecords {
    /// Of one end the greatest value first.
    static final Comparator<Read<Contract>> BY_END = Comparator.comparing(
                    (Read<Contract> contract) -> contract.read().endsOn(),
                    Comparator.<@Nullable LocalDate>nullsLast(Comparator.naturalOrder()))
            .thenComparing(contract -> contract.read().value(), Comparator.reverseOrder());

    private ContractRecords() {}

    /// The contracts whose values are added.
    ///
    /// @param active by their ends
    static FieldRecords mrr(List<Read<Contract>> active, LocalDate from) {
        List<Read<Contract>> added =
                active.stream().filter(contract -> contract.read().isMrr()).toList();
        return new FieldRecords(
                "mrr",
                List.of("contract_id", "value", "starts_on", "ends_on", Days.TO_END.column()),
                Timeline.constant(from, Value.Number.of(added.size())),
                added.stream()
                        .limit(FieldRecords.MOST)
                        .map(contract -> new FieldRecords.Kept(
                                contract.read().endsOn(),
                                List.of(
                                        id(contract),
                                        value(contract),
                                        FieldRecords.day(contract.read().startsOn()),
                                        FieldRecords.day(contract.read().endsOn()))))
                        .toList());
    }

    /// The contracts that have not ended, the nearest end first; when all have, those that ended last.
    ///
    /// @param active by their ends
    static FieldRecords renewal(List<Read<Contract>> active, LocalDate from) {
        LocalDate last = active.stream()
                .map(contract -> contract.read().endsOn())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        Timeline.Sum count = new Timeline.Sum(from);
        List<FieldRecords.Kept> kept = new ArrayList<>();
        for (Read<Contract> contract : active) {
            LocalDate end = contract.read().endsOn();
            boolean stays = Objects.equals(end, last);
            if (end == null || (end.isBefore(from) && !stays)) {
                continue;
            }
            count.count(from);
            if (!stays) {
                count.add(end.plusDays(1), BigDecimal.ONE.negate());
            }
            if (kept.size() < FieldRecords.KEPT) {
                kept.add(new FieldRecords.Kept(
                        null,
                        stays ? null : end,
                        end,
                        List.of(
                                id(contract),
                                FieldRecords.text(contract.read().model()),
                                value(contract),
                                FieldRecords.day(end))));
            }
        }
        return new FieldRecords(
                "renewalOn",
                List.of("contract_id", "model", "value", "ends_on", Days.TO_END.column()),
                count.rounded(0),
                kept);
    }

    private static Optional<Value> id(Read<Contract> contract) {
        return FieldRecords.text(contract.row().required("contract_id"));
    }

    private static Optional<Value> value(Read<Contract> contract) {
        return FieldRecords.money(contract.read().value());
    }
}
