package clientkpis.report.money;

import clientkpis.aws.DataBucket;
import clientkpis.export.Closes;
import clientkpis.export.ExportFolders;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.Keys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a tenant's MRR moved up to a day, by the exports of the days. Each month is reckoned once, when it is closed,
/// and kept: the first result counts, whoever was erased or recalculated since.
public final class Money {
    private static final int RECENT_DAYS = 30;
    private static final int RECENT_MONTHS = 12;
    /// How many months are closed by one reading of their exports.
    private static final int AT_ONCE = 4;

    private final DataBucket bucket;

    public Money(DataBucket bucket) {
        this.bucket = bucket;
    }

    /// Keeps the months that are closed at a day.
    ///
    /// @param day one that was recalculated
    /// @return what the page shows; empty before the first month is closed
    public Optional<ObjectNode> at(Tenant tenant, LocalDate day, Summaries summaries, Closes.Exports exports)
            throws IOException {
        NavigableSet<LocalDate> days = ExportFolders.days(bucket, tenant).headSet(day, true);
        // One whose recalculation has not ended counts for nothing.
        days.retainAll(summaries.days());
        NavigableSet<YearMonth> months = summaries.months().headSet(YearMonth.from(day), false);
        NavigableMap<YearMonth, JsonNode> kept = new TreeMap<>();
        Map<YearMonth, LocalDate> ends = new HashMap<>();
        for (YearMonth month : newest(months)) {
            JsonNode json = summaries.of(month).orElseThrow();
            kept.put(month, json);
            ends.put(month, LocalDate.parse(json.path("to").asText()));
        }
        List<Month> toClose = Month.toClose(days, months, ends, day);
        if (kept.isEmpty() && toClose.isEmpty()) {
            return Optional.empty();
        }

        for (int i = 0; i < toClose.size(); i += AT_ONCE) {
            kept.putAll(close(tenant, toClose.subList(i, Math.min(i + AT_ONCE, toClose.size())), exports));
        }
        LocalDate recent = Month.start(days, day.minusDays(RECENT_DAYS - 1L));
        LocalDate year = Month.start(days, day.minusMonths(RECENT_MONTHS).plusDays(1));
        Closes closes = new Closes(exports, new TreeSet<>(List.of(recent, year, day)));
        PeriodMoney last30 = period(closes, recent, day);
        PeriodMoney last12 = period(closes, year, day);
        closes.forEach((client, at) -> {
            last30.add(at);
            last12.add(at);
        });
        return Optional.of(new MoneyPage(kept)
                .json(
                        last30.total().put("from", recent.toString()),
                        last12.total().put("from", year.toString())));
    }

    /// Closes some months and keeps them. If the time is up while a long history is closed, the next try goes on.
    private NavigableMap<YearMonth, JsonNode> close(Tenant tenant, List<Month> some, Closes.Exports exports)
            throws IOException {
        SortedSet<LocalDate> ends = some.stream()
                .flatMap(month -> Stream.of(month.from(), month.to()))
                .collect(Collectors.toCollection(TreeSet::new));
        Closes closes = new Closes(exports, ends);
        List<PeriodMoney> periods = some.stream()
                .map(month -> period(closes, month.from(), month.to()))
                .toList();
        closes.forEach((client, at) -> periods.forEach(period -> period.add(at)));
        NavigableMap<YearMonth, JsonNode> kept = new TreeMap<>();
        for (int i = 0; i < some.size(); i++) {
            kept.put(some.get(i).month(), keep(tenant, some.get(i), periods.get(i)));
        }
        return kept;
    }

    private static List<YearMonth> newest(NavigableSet<YearMonth> months) {
        return months.descendingSet().stream().limit(MoneyPage.MONTHS).toList();
    }

    private static PeriodMoney period(Closes closes, LocalDate from, LocalDate to) {
        return new PeriodMoney(from, closes.place(from), closes.place(to));
    }

    /// @return the month as it is kept, which somebody else may have closed meanwhile
    private JsonNode keep(Tenant tenant, Month month, PeriodMoney money) {
        JsonNode json = money.month(month);
        boolean isMine =
                bucket.putIfAbsent(Keys.money(tenant, month.month()), Json.bytes(json), "application/json", Map.of());
        return isMine
                ? json
                : Json.parse(bucket.get(Keys.money(tenant, month.month())).orElseThrow());
    }
}
