package clientkpis.report.money;

import clientkpis.aws.DataBucket;
import clientkpis.export.Closes;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.Keys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    public Optional<ObjectNode> at(Tenant tenant, LocalDate day) throws IOException {
        Found found = find(tenant, day);
        NavigableSet<LocalDate> days = found.days();
        NavigableMap<YearMonth, JsonNode> kept = new TreeMap<>();
        Map<YearMonth, LocalDate> ends = new HashMap<>();
        for (YearMonth month : newest(found.months())) {
            JsonNode json = kept(tenant, month);
            kept.put(month, json);
            ends.put(month, LocalDate.parse(json.path("to").asText()));
        }
        List<Month> toClose = Month.toClose(days, found.months(), ends, day);
        if (kept.isEmpty() && toClose.isEmpty()) {
            return Optional.empty();
        }

        for (int i = 0; i < toClose.size(); i += AT_ONCE) {
            kept.putAll(close(tenant, toClose.subList(i, Math.min(i + AT_ONCE, toClose.size()))));
        }
        LocalDate recent = Month.start(days, day.minusDays(RECENT_DAYS - 1L));
        LocalDate year = Month.start(days, day.minusMonths(RECENT_MONTHS).plusDays(1));
        Closes closes = closes(tenant, List.of(recent, year, day));
        PeriodMoney last30 = period(closes, recent, day);
        PeriodMoney last12 = period(closes, year, day);
        closes.forEach((client, at) -> {
            last30.add(at);
            last12.add(at);
        });
        return Optional.of(new MoneyPage(kept).json(last30.total(), last12.total()));
    }

    /// Closes some months and keeps them. If the time is up while a long history is closed, the next try goes on.
    private NavigableMap<YearMonth, JsonNode> close(Tenant tenant, List<Month> some) throws IOException {
        List<LocalDate> ends = some.stream()
                .flatMap(month -> Stream.of(month.from(), month.to()))
                .toList();
        Closes closes = closes(tenant, ends);
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

    private Closes closes(Tenant tenant, List<LocalDate> days) {
        return new Closes((day, shard) -> bucket.open(Keys.export(tenant, day, shard), null), new TreeSet<>(days));
    }

    /// @param months before the day's that are kept
    /// @param days up to the day that are exported and were recalculated to their end
    private record Found(NavigableSet<YearMonth> months, NavigableSet<LocalDate> days) {}

    private Found find(Tenant tenant, LocalDate day) {
        String folder = Keys.money(tenant);
        String summaries = Keys.summaries(tenant);
        NavigableSet<YearMonth> months = new TreeSet<>();
        Set<String> ended = new HashSet<>();
        for (String key : bucket.keys(summaries)) {
            String name = key.substring(0, key.length() - ".json".length());
            if (name.startsWith(folder)) {
                months.add(YearMonth.parse(name.substring(folder.length())));
            } else {
                ended.add(name.substring(summaries.length()));
            }
        }
        NavigableSet<LocalDate> days = new TreeSet<>();
        String exports = Keys.exports(tenant);
        for (String key : bucket.folders(exports)) {
            String name = key.substring(exports.length(), key.length() - 1);
            if (ended.contains(name)) {
                days.add(LocalDate.parse(name));
            }
        }
        return new Found(months.headSet(YearMonth.from(day), false), days.headSet(day, true));
    }

    private static List<YearMonth> newest(NavigableSet<YearMonth> months) {
        return months.descendingSet().stream().limit(MoneyPage.MONTHS).toList();
    }

    private JsonNode kept(Tenant tenant, YearMonth month) {
        return Json.parse(bucket.get(Keys.money(tenant, month)).orElseThrow());
    }

    private static PeriodMoney period(Closes closes, LocalDate from, LocalDate to) {
        return new PeriodMoney(from, closes.place(from), closes.place(to));
    }

    /// @return the month as it is kept, which somebody else may have closed meanwhile
    private JsonNode keep(Tenant tenant, Month month, PeriodMoney money) {
        JsonNode json = money.month(month);
        boolean isMine =
                bucket.putIfAbsent(Keys.money(tenant, month.month()), Json.bytes(json), "application/json", Map.of());
        return isMine ? json : kept(tenant, month.month());
    }
}
