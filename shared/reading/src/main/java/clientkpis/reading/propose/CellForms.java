package clientkpis.reading.propose;

import clientkpis.reading.match.ColumnProfile;
import clientkpis.reading.match.HeaderName;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// How the cells of a file are written where its headers do not say: the month first, instants as numbers, amounts in
/// hundredths or of a longer period than a month.
final class CellForms {
    private static final int PROVEN = 95;
    private static final int LIKELY = 80;
    private static final int UNLIKELY = 50;
    private static final Set<String> MONTHLY = Set.of("mrr", "cmrr", "mensal", "mensalidade", "monthly", "mes");
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private static final Set<String> VALUES = Set.of("value", "recurring");
    private static final Set<String> TOTALS = Set.of("total", "tcv");
    private static final Set<String> NO_VALUES = Set.of("date", "count", "extra", "tax", "once", "interval");
    /// Words that say both a value and how long it is for.
    private static final Set<String> VALUES_OF_A_YEAR = Set.of("arr", "acv", "anuidade");

    private CellForms() {}

    static boolean isEpoch(ColumnProfile profile) {
        return profile.isEpochSeconds() || profile.isEpochMillis();
    }

    static void propose(Drafts drafts) {
        dates(drafts);
        cents(drafts);
        months(drafts);
    }

    private static void dates(Drafts drafts) {
        boolean monthFirst = false;
        boolean dayFirst = false;
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            monthFirst |= drafts.profile(i).isMonthFirst();
            dayFirst |= drafts.profile(i).isDayFirst();
        }
        boolean usual = drafts.match().columns().isMonthFirst();
        for (Column column : drafts.table().columns()) {
            int header = drafts.headerOf(column);
            if (column.type() != ColumnType.DATE || header < 0 || drafts.isTold(column)) {
                continue;
            }
            ColumnProfile profile = drafts.profile(header);
            if (isEpoch(profile)) {
                String form = profile.isEpochSeconds() ? "epoch-seconds" : "epoch-millis";
                drafts.sayOfHeader(column, "form", form, LIKELY, Sentence.of("propose.why.instants"));
            } else if (profile.isMonthFirst() || (profile.hasUnprovenDates() && monthFirst && !dayFirst)) {
                if (!usual) {
                    drafts.sayOfHeader(column, "form", "month-first", PROVEN, Sentence.of("propose.why.only_order"));
                }
            } else if (usual && (profile.isDayFirst() || (profile.hasUnprovenDates() && dayFirst && !monthFirst))) {
                drafts.sayOfHeader(column, "form", "day-first", PROVEN, Sentence.of("propose.why.only_order"));
            } else if (profile.hasUnprovenDates() && !profile.isDayFirst() && !monthFirst && !dayFirst) {
                drafts.ask(column, Sentence.of("propose.ask.date_order", usual ? "MM/dd/yyyy" : "dd/MM/yyyy"));
            }
        }
    }

    private static void cents(Drafts drafts) {
        for (Column column : drafts.table().columns()) {
            int header = drafts.headerOf(column);
            if (column.type() == ColumnType.NUMBER
                    && header >= 0
                    && !drafts.isTold(column)
                    && drafts.row().name(header).isCents()) {
                drafts.sayOfHeader(column, "scale", CENT, PROVEN, Sentence.of("propose.why.cents"));
            }
        }
    }

    /// The value of a contract is a month's.
    private static void months(Drafts drafts) {
        Column value = drafts.column("value");
        if (value == null || drafts.column("contract_id") == null || drafts.isTold(value)) {
            return;
        }
        int header = drafts.headerOf(value);
        if (header < 0 || drafts.row().name(header).words().stream().anyMatch(MONTHLY::contains)) {
            return;
        }
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            Map<String, Integer> months = new LinkedHashMap<>();
            List<String> words = List.copyOf(drafts.profile(i).words().keySet());
            if (words.isEmpty() || words.size() > 12 || drafts.isTaken(i) || drafts.says(i, "date")) {
                continue;
            }
            words.forEach(word -> {
                Integer count = KnownWords.load().months(word);
                if (count != null) {
                    months.put(word, count);
                }
            });
            boolean whole = months.size() == words.size()
                    && drafts.profile(i).filled() == drafts.profile(header).filled();
            if (whole && months.values().stream().anyMatch(count -> count > 1)) {
                drafts.sayOfHeader(
                        value, "months", Map.of(drafts.written(i), months), LIKELY, Sentence.of("propose.why.period"));
                return;
            }
            if (drafts.says(i, "interval") && !whole) {
                drafts.say(value, "from", List.of(drafts.written(header)), UNLIKELY, Sentence.of("propose.why.name"));
                drafts.ask(value, Sentence.of("propose.ask.monthly", drafts.written(header), drafts.written(i), words));
            }
        }
    }

    /// The value of a contract for longer than a month, where no header gives a month's: `ARR`, `Valor Anual`.
    static boolean ofSeveralMonths(Drafts drafts, Column column) {
        if (!column.name().equals("value") || drafts.column("contract_id") == null) {
            return false;
        }
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            int months = monthsOf(drafts, i);
            if (months > 1 && !drafts.isTaken(i) && drafts.profile(i).isNumber()) {
                Sentence why = Sentence.of("propose.why.several_months");
                drafts.leave(column);
                drafts.from(column, List.of(i), LIKELY, why);
                drafts.say(column, "months", months, LIKELY, why);
                drafts.ask(column, Sentence.of("propose.ask.several_months", drafts.written(i), months));
                return true;
            }
        }
        return false;
    }

    /// Of a contract's total and what it is for a year, the year.
    static void instead(Drafts drafts) {
        Column value = drafts.column("value");
        if (value != null
                && !drafts.isTold(value)
                && !drafts.isNamed(value)
                && drafts.headerOf(value) >= 0
                && drafts.row().name(drafts.headerOf(value)).words().stream().anyMatch(TOTALS::contains)) {
            ofSeveralMonths(drafts, value);
        }
    }

    /// For how many months a header says that its values are; 0 where it names no value.
    private static int monthsOf(Drafts drafts, int header) {
        HeaderName name = drafts.row().name(header);
        boolean isValue =
                !Collections.disjoint(name.concepts(), VALUES) || !Collections.disjoint(name.words(), VALUES_OF_A_YEAR);
        return isValue && Collections.disjoint(name.concepts(), NO_VALUES)
                ? name.words().stream()
                        .map(KnownWords.load()::months)
                        .filter(Objects::nonNull)
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0)
                : 0;
    }
}
