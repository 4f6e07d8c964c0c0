package clientkpis.kpi.configuration;

import clientkpis.kpi.Texts;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How one column of a table is made of what a file has: said by a known source or by a tenant (`read` in a
/// configuration). What is not said is left as the headers and cells themselves say.
///
/// @param from headers, or dotted paths into JSON; the first whose cell is not blank
/// @param join headers whose cells are joined with a blank
/// @param key headers whose cells make an id; rows that agree in all of them are numbered in their order
/// @param otherwise the value where there is no such header, or its cell is blank; in JSON `default`
/// @param words word of the file to the word that is meant; a blank one says nothing
/// @param scale what a number is multiplied with
/// @param months how many months a number is for; it is divided by them
/// @param form how dates are written
/// @param zone of instants that do not say theirs
/// @param count whether rows of one key in one file are counted instead of replaced
/// @param when header to the words with which a row has a value: `Status` to `Paid`
/// @param paidWhenZero header of the amount that is left of a title; where nothing is, the title is paid
public record ColumnReading(
        List<String> from,
        List<String> join,
        List<String> key,
        @Nullable String otherwise,
        Map<String, String> words,
        @Nullable BigDecimal scale,
        @Nullable Months months,
        @Nullable Form form,
        @Nullable ZoneId zone,
        boolean count,
        Map<String, List<String>> when,
        @Nullable String paidWhenZero) {
    public static final ColumnReading NOTHING = new ColumnReading(
            List.of(), List.of(), List.of(), null, Map.of(), null, null, null, null, false, Map.of(), null);

    public ColumnReading {
        from = List.copyOf(from);
        join = List.copyOf(join);
        key = List.copyOf(key);
        words = Map.copyOf(words);
        when = Map.copyOf(when);
    }

    /// @param header of the column that names the period; null where every row is of the same one
    /// @param of word of the period to its months; the blank word where there is no header
    public record Months(@Nullable String header, Map<String, Integer> of) {
        public Months {
            of = Map.copyOf(of);
        }

        /// Every row's number is for so many months.
        public static Months always(int months) {
            return new Months(null, Map.of("", months));
        }
    }

    /// How a date is written where its digits do not say.
    public enum Form {
        DAY_FIRST,
        MONTH_FIRST,
        EPOCH_SECONDS,
        EPOCH_MILLIS
    }

    /// What a header says of the cells below it.
    public static ColumnReading told(@Nullable ZoneId zone, @Nullable BigDecimal scale) {
        return new ColumnReading(
                List.of(), List.of(), List.of(), null, Map.of(), scale, null, null, zone, false, Map.of(), null);
    }

    /// What it says whatever the headers of a file are.
    public ColumnReading ofAnyFile() {
        return new ColumnReading(
                List.of(), List.of(), List.of(), otherwise, words, null, null, null, null, count, Map.of(), null);
    }

    /// What this says, and for what it does not say what another does. Words are added to those of the other.
    public ColumnReading or(ColumnReading other) {
        boolean located = !from.isEmpty() || !join.isEmpty() || !key.isEmpty();
        return new ColumnReading(
                located ? from : other.from,
                located ? join : other.join,
                located ? key : other.key,
                otherwise == null ? other.otherwise : otherwise,
                words.isEmpty() ? other.words : together(other.words, words),
                scale == null ? other.scale : scale,
                months == null ? other.months : months,
                form == null ? other.form : form,
                zone == null ? other.zone : zone,
                count || other.count,
                when.isEmpty() ? other.when : when,
                paidWhenZero == null ? other.paidWhenZero : paidWhenZero);
    }

    private static Map<String, String> together(Map<String, String> others, Map<String, String> own) {
        Set<String> said = own.keySet().stream().map(Texts::fold).collect(Collectors.toSet());
        Map<String, String> all = new HashMap<>(own);
        others.forEach((word, meaning) -> {
            if (!said.contains(Texts.fold(word))) {
                all.put(word, meaning);
            }
        });
        return all;
    }
}
