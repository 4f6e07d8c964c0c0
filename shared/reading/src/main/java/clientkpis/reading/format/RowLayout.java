package clientkpis.reading.format;

import clientkpis.kpi.Texts;
import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.cell.CellKind;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Columns;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import clientkpis.tables.Headers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes the cells of a table's columns out of the rows of one file. Most columns are one cell as written; the others
/// are made as their reading says.
///
/// One class, because its columns depend on each other: an id may be made of others.
public final class RowLayout {
    private static final int MONEY = 2;
    private static final Set<String> CURRENCIES =
            Set.of("currency", "currencycode", "currencyisocode", "moeda", "codigomoeda", "codigodamoeda");

    private final ColumnMatch match;
    private final Columns columns;
    /// Position of the column that each header gives unchanged, -1 for none. Of several the first that is filled.
    private int[] direct;
    private final List<Made> made = new ArrayList<>();
    private final ColumnReading[] readings;
    /// Of each column, as written; null where no header gives it.
    private final @Nullable String[] headers;

    private final List<Period> periods = new ArrayList<>();

    /// A column that is not one cell as written.
    ///
    /// @param from where its cells are, in order of precedence
    /// @param when only where each of these is so
    /// @param left the cell with the amount that is left, or -1
    private record Made(int position, ColumnReading reading, List<CellPath> from, List<When> when, int left) {}

    private record When(int at, Set<String> words) {}

    /// A column whose numbers are of a period that another cell names.
    ///
    /// @param at of that cell; -1 where there is none
    private record Period(int position, int at, ColumnReading.Months months) {}

    RowLayout(ColumnMatch match) {
        this.match = match;
        columns = match.columns();
        int size = columns.all().size();
        direct = new int[match.header().size()];
        Arrays.fill(direct, -1);
        readings = new ColumnReading[size];
        headers = new @Nullable String[size];
        Arrays.fill(readings, ColumnReading.NOTHING);
        match.found().forEach((column, found) -> {
            int position = columns.position(column);
            ColumnReading reading = folded(found.reading());
            readings[position] = reading;
            if (!found.headers().isEmpty()) {
                headers[position] =
                        Blank.trim(match.header().get(found.headers().getFirst()));
            }
            ColumnReading.Months months = reading.months();
            if (months != null) {
                int at = months.header() == null ? -1 : positionOf(months.header());
                periods.add(new Period(position, at, months));
            }
            boolean free = found.headers().stream().allMatch(header -> direct[header] < 0);
            if (isPlain(found, reading) && free) {
                found.headers().forEach(header -> direct[header] = position);
            } else {
                made.add(made(position, found, reading));
            }
        });
    }

    private boolean isPlain(ColumnMatch.Found found, ColumnReading reading) {
        return !found.headers().isEmpty()
                && reading.from().size() <= 1
                && reading.from().stream().noneMatch(path -> positionOf(path) < 0)
                && reading.join().isEmpty()
                && reading.key().isEmpty()
                && reading.otherwise() == null
                && reading.words().isEmpty()
                && reading.when().isEmpty()
                && !reading.count()
                && !isEpoch(reading)
                && reading.paidWhenZero() == null;
    }

    private Made made(int position, ColumnMatch.Found found, ColumnReading reading) {
        List<When> when = reading.when().entrySet().stream()
                .map(one -> new When(
                        positionOf(one.getKey()),
                        one.getValue().stream().map(Texts::fold).collect(Collectors.toSet())))
                .toList();
        int left = reading.paidWhenZero() == null ? -1 : positionOf(reading.paidWhenZero());
        return new Made(position, reading, paths(found, reading), when, left);
    }

    private static boolean isEpoch(ColumnReading reading) {
        return reading.form() == ColumnReading.Form.EPOCH_SECONDS || reading.form() == ColumnReading.Form.EPOCH_MILLIS;
    }

    /// The reading with its words folded, as cells compare with them.
    private static ColumnReading folded(ColumnReading reading) {
        if (reading.words().isEmpty() && reading.months() == null) {
            return reading;
        }
        Map<String, String> words = new HashMap<>();
        reading.words().forEach((word, meaning) -> words.put(Headers.normal(word), meaning));
        ColumnReading.Months months = reading.months();
        return new ColumnReading(
                reading.from(),
                reading.join(),
                reading.key(),
                reading.otherwise(),
                words,
                reading.scale(),
                months == null
                        ? null
                        : new ColumnReading.Months(
                                months.header(),
                                months.of().entrySet().stream()
                                        .collect(Collectors.toMap(
                                                one -> Texts.fold(one.getKey()), Map.Entry::getValue, (a, b) -> a))),
                reading.form(),
                reading.zone(),
                reading.count(),
                reading.when(),
                reading.paidWhenZero());
    }

    private List<CellPath> paths(ColumnMatch.Found found, ColumnReading reading) {
        List<String> wanted =
                !reading.join().isEmpty() ? reading.join() : !reading.key().isEmpty() ? reading.key() : reading.from();
        if (wanted.isEmpty()) {
            return found.headers().stream().map(CellPath::whole).toList();
        }
        return wanted.stream()
                .map(path -> CellPath.of(path, this::positionOf))
                .flatMap(Optional::stream)
                .toList();
    }

    /// The headers beside a column's own whose cells decide what its cells mean.
    List<Integer> alsoDeciding(ColumnReading reading) {
        Stream<String> told = Stream.concat(
                reading.when().keySet().stream(),
                Stream.of(
                                Optional.ofNullable(reading.months()).map(ColumnReading.Months::header),
                                Optional.ofNullable(reading.paidWhenZero()))
                        .flatMap(Optional::stream));
        return told.map(this::positionOf).filter(at -> at >= 0).toList();
    }

    private int positionOf(String header) {
        String normal = Headers.normal(header);
        for (int i = 0; i < match.header().size(); i++) {
            if (Headers.normal(match.header().get(i)).equals(normal)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isBlank(@Nullable String cell) {
        return cell == null || Blank.is(cell);
    }

    /// Takes one more header, which only later rows have: it gives a column if it is one of its names.
    ///
    /// @return whether it does
    boolean late(String header, int at) {
        if (at >= direct.length) {
            int before = direct.length;
            direct = Arrays.copyOf(direct, Math.max(at + 1, 2 * before));
            Arrays.fill(direct, before, direct.length, -1);
        }
        Column column = columns.of(header);
        if (column == null || made.stream().anyMatch(one -> one.position() == columns.position(column))) {
            return false;
        }
        direct[at] = columns.position(column);
        if (headers[direct[at]] == null) {
            headers[direct[at]] = header;
        }
        return true;
    }

    /// What is wrong with a cell.
    ///
    /// @param position of its column
    public Receipt.Problem problem(long line, int position, RowCode code, String cell, Sentence expected) {
        return new Receipt.Problem(
                line,
                columns.all().get(position).name(),
                headers[position],
                code,
                cell,
                expected.in(columns.language()));
    }

    /// What is wrong with a whole row.
    Receipt.Problem problem(long line, RowCode code, String row, Sentence expected) {
        return new Receipt.Problem(line, null, code, row, expected.in(columns.language()));
    }

    /// The header that names the currency of a row's values and means no column, or -1.
    int currencyAt() {
        for (int i = 0; i < match.header().size(); i++) {
            if (CURRENCIES.contains(Headers.normal(match.header().get(i))) && !isTaken(i)) {
                return i;
            }
        }
        return -1;
    }

    /// Whether a header gives a column unchanged.
    boolean isTaken(int header) {
        return header < direct.length && direct[header] >= 0;
    }

    /// The name of the column that a header gives unchanged.
    String columnOf(int header) {
        return columns.all().get(direct[header]).name();
    }

    /// A header that gives a column, for messages.
    public String headerOf(int position) {
        ColumnMatch.Found found = match.found().get(columns.all().get(position));
        return found == null || found.headers().isEmpty()
                ? columns.all().get(position).name()
                : match.header().get(found.headers().getFirst());
    }

    public ColumnMatch match() {
        return match;
    }

    /// How a column's dates are written and its numbers are converted.
    public ColumnReading reading(int position) {
        return readings[position];
    }

    /// The column that counts the rows of one key, or null.
    public @Nullable Column counted() {
        return first(ColumnReading::count);
    }

    /// The column whose ids are made of other cells, so that rows of one key are numbered; or null.
    public @Nullable Column numbered() {
        return first(reading -> !reading.key().isEmpty());
    }

    private @Nullable Column first(Predicate<ColumnReading> which) {
        for (int i = 0; i < readings.length; i++) {
            if (which.test(readings[i])) {
                return columns.all().get(i);
            }
        }
        return null;
    }

    /// One row.
    ///
    /// @param written the row as the file has it, for the file of rejected rows
    /// @param raw its cells in the order of the header, possibly fewer; null where there is none
    /// @param rawKinds what the file says of each; null where all are text
    UploadRow row(
            long line, List<String> written, List<? extends @Nullable String> raw, CellKind @Nullable [] rawKinds) {
        int size = columns.all().size();
        @Nullable String[] cells = new @Nullable String[size];
        CellKind[] kinds = rawKinds == null ? null : new CellKind[size];
        if (kinds != null) {
            Arrays.fill(kinds, CellKind.TEXT);
        }
        for (int i = 0; i < Math.min(direct.length, raw.size()); i++) {
            int position = direct[i];
            if (position >= 0 && isBlank(cells[position])) {
                cells[position] = raw.get(i);
                if (kinds != null && rawKinds != null) {
                    kinds[position] = rawKinds[i];
                }
            }
        }
        for (Made one : made) {
            cells[one.position()] = value(one, raw);
            if (kinds != null
                    && rawKinds != null
                    && one.from().size() == 1
                    && one.from().getFirst().isWhole()) {
                int at = one.from().getFirst().position();
                boolean asWritten = at < raw.size() && Objects.equals(cells[one.position()], raw.get(at));
                kinds[one.position()] = asWritten ? rawKinds[at] : CellKind.TEXT;
            }
            if (one.left() >= 0) {
                settle(cell(raw, one.left()), cells);
            }
        }
        int[] months = null;
        for (Period period : periods) {
            String word = cell(raw, period.at());
            Integer of = period.months().of().get(Texts.fold(word));
            if (of == null) {
                return UploadRow.faulty(written, unknownPeriod(line, period, word));
            }
            months = months == null ? new int[readings.length] : months;
            months[period.position()] = of;
        }
        return UploadRow.of(line, written, cells, kinds, this, months);
    }

    private Receipt.Problem unknownPeriod(long line, Period period, String word) {
        return problem(
                line,
                period.position(),
                RowCode.UNKNOWN_PERIOD,
                word,
                Sentence.of(
                        "expected.period",
                        Objects.requireNonNullElse(period.months().header(), ""),
                        new TreeSet<>(period.months().of().keySet())));
    }

    /// The trimmed cell, empty where there is none.
    private static String cell(List<? extends @Nullable String> raw, int at) {
        String cell = at < 0 || at >= raw.size() ? null : raw.get(at);
        return cell == null ? "" : Blank.trim(cell);
    }

    private static @Nullable String value(Made one, List<? extends @Nullable String> raw) {
        ColumnReading reading = one.reading();
        for (When when : one.when()) {
            String cell = cell(raw, when.at());
            boolean nothing = when.words().contains("") && Blank.isNothing(cell);
            if (!nothing && !when.words().contains(Texts.fold(cell))) {
                return null;
            }
        }
        if (reading.count()) {
            return "1";
        }
        String cell = !reading.join().isEmpty()
                ? joined(one, raw)
                : !reading.key().isEmpty() ? GeneratedKey.of(cells(one, raw)) : said(one, raw);
        if (cell == null || Blank.is(cell)) {
            return reading.otherwise();
        }
        return isEpoch(reading) ? instant(cell, reading.form()) : cell;
    }

    /// The first cell that is not blank and, where there are words, is one of them; a word that says nothing is passed
    /// over. Where no cell is a known word, the first that is not blank.
    private static @Nullable String said(Made one, List<? extends @Nullable String> raw) {
        String unknown = null;
        for (String cell : cells(one, raw)) {
            if (cell == null || Blank.is(cell)) {
                continue;
            }
            if (one.reading().words().isEmpty()) {
                return cell;
            }
            String meaning = one.reading().words().get(Headers.normal(cell));
            if (meaning != null && !meaning.isEmpty()) {
                return cell;
            }
            unknown = unknown == null && meaning == null ? cell : unknown;
        }
        return unknown;
    }

    private static String joined(Made one, List<? extends @Nullable String> raw) {
        StringBuilder joined = new StringBuilder();
        for (String cell : cells(one, raw)) {
            if (cell != null && !Blank.is(cell)) {
                joined.append(joined.isEmpty() ? "" : " ").append(Blank.trim(cell));
            }
        }
        return joined.toString();
    }

    private static List<@Nullable String> cells(Made one, List<? extends @Nullable String> raw) {
        List<@Nullable String> cells = new ArrayList<>();
        one.from().forEach(path -> cells.add(path.in(raw)));
        return cells;
    }

    /// An instant that Java can read, or the cell as it is.
    private static String instant(String cell, ColumnReading.@Nullable Form form) {
        try {
            BigDecimal seconds = new BigDecimal(Blank.trim(cell));
            BigDecimal millis = form == ColumnReading.Form.EPOCH_SECONDS ? seconds.movePointRight(3) : seconds;
            return Instant.ofEpochMilli(millis.longValue()).toString();
        } catch (ArithmeticException | NumberFormatException e) {
            return cell;
        }
    }

    /// A title with nothing left to pay is paid. Any other is not, whatever date a partial payment has, and it is open
    /// where nothing else says what it is.
    private void settle(String left, @Nullable String[] cells) {
        Column status = columns.table().named("status");
        boolean isNumber = left.chars().anyMatch(c -> c >= '0' && c <= '9');
        if (status == null || !isNumber) {
            return;
        }
        boolean isZero = left.chars().noneMatch(c -> c >= '1' && c <= '9');
        int position = columns.position(status);
        if (isZero) {
            cells[position] = "paid";
            return;
        }
        Column paid = columns.table().named("paid_on");
        if (paid != null) {
            cells[columns.position(paid)] = null;
        }
        if (cells[position] == null) {
            cells[position] = "open";
        }
    }

    /// A number as its column says it: in the unit that is asked for, and by month.
    String adjusted(int position, String canonical, int months) {
        BigDecimal scale = readings[position].scale();
        if (scale == null && months <= 1) {
            return canonical;
        }
        BigDecimal number = new BigDecimal(canonical);
        if (scale != null) {
            number = number.multiply(scale);
        }
        if (months > 1) {
            number = number.divide(BigDecimal.valueOf(months), Math.max(MONEY, number.scale()), RoundingMode.HALF_UP);
        }
        return number.toPlainString();
    }
}
