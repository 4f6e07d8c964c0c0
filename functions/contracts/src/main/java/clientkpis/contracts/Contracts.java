package clientkpis.contracts;

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
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `mrr`, `licences`, `renewalOn`, to which `daysToRenewal` counts, and `lastPurchaseOn` (fields.md, *Contracts*).
public final class Contracts implements KpiFamily<Contracts.Contract> {
    private static final Vocabulary MODEL = Vocabulary.of("contracts", "model");
    private static final Vocabulary STATUS = Vocabulary.of("contracts", "status");

    /// A contract with the client.
    ///
    /// @param value what it brings, a month when the model is `MRR`
    /// @param licences null when not given
    /// @param recurring null when not given
    public record Contract(
            String model,
            BigDecimal value,
            String status,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable BigDecimal licences,
            @Nullable Boolean recurring) {

        /// "*Active* is the contract's status, not its dates: an active contract may be past its end."
        public boolean isActive() {
            return STATUS.means(status, "active");
        }

        public boolean isMrr() {
            return MODEL.means(model, "MRR");
        }

        /// "A blank `recurring` means: recurring when the model is `MRR`."
        public boolean isRecurring() {
            return recurring == null ? isMrr() : recurring;
        }
    }

    @Override
    public String table() {
        return "contracts";
    }

    @Override
    public Contract read(Row row) {
        return new Contract(
                row.required("model"),
                new BigDecimal(row.required("value")),
                row.required("status"),
                row.date("starts_on"),
                row.date("ends_on"),
                row.number("licences"),
                row.truth("recurring"));
    }

    @Override
    public Map<String, Timeline> timelines(List<Contract> contracts, LocalDate from) {
        List<Contract> active = contracts.stream().filter(Contract::isActive).toList();
        Map<String, Timeline> fields = new HashMap<>();
        fields.put("mrr", mrr(active, from));
        fields.put("licences", licences(active, from));
        NavigableSet<LocalDate> ends = active.stream()
                .map(Contract::endsOn)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!ends.isEmpty()) {
            fields.put("renewalOn", renewal(ends, from));
        }
        // "latest `startsOn` over all contracts, any status"
        contracts.stream()
                .map(Contract::startsOn)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .ifPresent(day -> fields.put("lastPurchaseOn", Timeline.constant(from, new Value.Day(day))));
        return fields;
    }

    @Override
    public List<FieldRecords> records(List<Read<Contract>> contracts, LocalDate from) {
        List<Read<Contract>> active = contracts.stream()
                .filter(contract -> contract.read().isActive())
                .sorted(ContractRecords.BY_END)
                .toList();
        return List.of(ContractRecords.mrr(active, from), ContractRecords.renewal(active, from));
    }

    /// A contract is there from its start on. One that is not active today was so through its end; without an end that
    /// has come, until the client cancelled; without that it was not active then either. Only the MRR: of the others
    /// today's value says what became of the client.
    @Override
    public Optional<Past> past(List<Read<Contract>> contracts, Before before) {
        LocalDate since =
                before.since(contracts, contract -> before.first(contract.read().startsOn()));
        Timeline.Sum mrr = new Timeline.Sum(since);
        for (Read<Contract> row : contracts) {
            Contract contract = row.read();
            LocalDate first = before.first(contract.startsOn());
            LocalDate after = contract.isActive() ? null : firstDayAfter(contract, before);
            if (contract.isMrr() && (contract.isActive() || (after != null && after.isAfter(first)))) {
                mrr.add(first, contract.value());
                if (after != null) {
                    mrr.add(after, contract.value().negate());
                }
            }
        }
        return Optional.of(new Past(since, Map.of("mrr", mrr.rounded(2))));
    }

    /// Null when it is not known until when it was active.
    private static @Nullable LocalDate firstDayAfter(Contract contract, Before before) {
        LocalDate endsOn = contract.endsOn();
        return endsOn != null && endsOn.isBefore(before.observed()) ? endsOn.plusDays(1) : before.cancelledOn();
    }

    /// "sum of `value` over active contracts whose `model` is `MRR`", scale 2.
    private static Timeline mrr(List<Contract> active, LocalDate from) {
        Timeline.Sum mrr = new Timeline.Sum(from);
        active.stream().filter(Contract::isMrr).forEach(contract -> mrr.add(from, contract.value()));
        return mrr.rounded(2);
    }

    /// "sum of `licences` over active recurring contracts", blank ones adding nothing; a whole number.
    private static Timeline licences(List<Contract> active, LocalDate from) {
        Timeline.Sum licences = new Timeline.Sum(from);
        active.stream()
                .filter(Contract::isRecurring)
                .map(Contract::licences)
                .filter(Objects::nonNull)
                .forEach(amount -> licences.add(from, amount));
        return licences.rounded(0);
    }

    /// "the nearest `endsOn >= D` of the active contracts; when all of them are past, the latest past `endsOn`": each
    /// end gives way to the next one on the day after it, and the last one stays.
    private static Timeline renewal(NavigableSet<LocalDate> ends, LocalDate from) {
        LocalDate nearest = ends.ceiling(from);
        TreeMap<LocalDate, Value> renewals = new TreeMap<>();
        renewals.put(from, new Value.Day(nearest == null ? ends.last() : nearest));
        for (LocalDate end : ends.tailSet(from)) {
            LocalDate next = ends.higher(end);
            if (next != null) {
                renewals.put(end.plusDays(1), new Value.Day(next));
            }
        }
        return Timeline.of(renewals);
    }
}
