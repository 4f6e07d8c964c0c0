package clientkpis.reading.match;

import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.reading.cell.Blank;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import clientkpis.tables.Headers;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which column of a table each header of a file means. What the tenant says comes first, then what is known of the
/// source, then the table's own names; the headers and columns that are left are scored and assigned one to one, so
/// that the sum of the scores is greatest.
///
/// @param header of the sample, trimmed
/// @param source null where none is known
/// @param found by column, in the order of the table
/// @param lost headers that mean a column less well than another does, with that column
/// @param missing the required columns that nothing gives
/// @param fit how well the file is a table of this kind, to be compared between tables
public record ColumnMatch(
        Columns columns,
        Sample sample,
        List<String> header,
        @Nullable KnownSource source,
        Map<Column, Found> found,
        Map<String, Column> lost,
        List<Column> missing,
        int fit) {
    /// The least score of a header that fills a required column, and an optional one.
    static final int REQUIRED = 60;

    static final int OPTIONAL = 75;

    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final int EXACT = 100;
    private static final int FROM_TENANT = 200;
    private static final int WITH_TAX_IDS = 12;
    private static final int NOT_UNIQUE = 30;
    /// With fewer rows two equal cells say nothing about a key.
    private static final int ENOUGH_ROWS = 4;

    /// How many headers are considered for a column.
    private static final int CONSIDERED = 6;

    private static final int OF_SOURCE = 1_000;
    private static final int REQUIRED_FOUND = 15;
    private static final int OPTIONAL_FOUND = 6;
    private static final int REQUIRED_MISSING = 20;
    /// What many systems do not export: an id of the row, the model of a contract, the count of a use.
    private static final int OFTEN_MISSING = 5;

    /// How it is known what a header means.
    public enum How {
        CONFIGURATION,
        SOURCE,
        NAME,
        GUESS
    }

    /// What gives a column.
    ///
    /// @param headers positions of the headers; empty for a default or a count
    /// @param reading what else is said about it
    public record Found(List<Integer> headers, How how, int score, ColumnReading reading) {}

    private record Candidate(int header, int column, int score) {}

    /// Matches the headers of a file with the columns of a table.
    public static ColumnMatch of(Columns columns, Sample sample) {
        return new Search(columns, sample).match();
    }

    /// The name of the known source, or null.
    public @Nullable String sourceName() {
        return source == null ? null : source.name();
    }

    /// Whether every required column is found.
    public boolean isComplete() {
        return missing.isEmpty();
    }

    private static final class Search {
        private final Columns columns;
        private final Sample sample;
        private final List<String> headers;
        private final @Nullable KnownSource source;
        private final Map<Column, Found> found = new LinkedHashMap<>();
        private final Set<Integer> taken = new HashSet<>();
        private final Set<String> objects = new HashSet<>();
        private final Map<String, Integer> positions = new HashMap<>();
        private final List<HeaderName> names = new ArrayList<>();
        private final Map<Integer, ColumnProfile> profiles = new HashMap<>();

        Search(Columns columns, Sample sample) {
            this.columns = columns;
            this.sample = sample;
            headers = sample.header().stream().map(Blank::trim).toList();
            for (int i = 0; i < headers.size(); i++) {
                positions.putIfAbsent(Headers.normal(headers.get(i)), i);
                names.add(HeaderName.of(headers.get(i), HeaderWords.load()));
                int dot = headers.get(i).lastIndexOf('.');
                if (dot > 0) {
                    objects.add(headers.get(i).substring(0, dot));
                }
            }
            KnownSource known = KnownSource.of(headers, columns.sourcesOff());
            source = known != null && known.table().equals(columns.table().name()) ? known : null;
        }

        ColumnMatch match() {
            said();
            named();
            Map<String, Column> lost = guess();
            List<Column> missing = columns.table().requiredColumns().stream()
                    .filter(column -> !found.containsKey(column))
                    .toList();
            Map<Column, Found> ordered = new LinkedHashMap<>();
            columns.all().stream().filter(found::containsKey).forEach(column -> ordered.put(column, found.get(column)));
            return new ColumnMatch(columns, sample, headers, source, ordered, lost, missing, fit(missing));
        }

        /// What the configuration and the source say.
        private void said() {
            for (int i = 0; i < headers.size(); i++) {
                Column own = columns.mapped(headers.get(i));
                if (own != null && !found.containsKey(own)) {
                    take(own, List.of(i), How.CONFIGURATION, FROM_TENANT, columns.reading(own));
                }
            }
            for (Column column : columns.all()) {
                ColumnReading tenant = columns.reading(column);
                ColumnReading known = source == null
                        ? ColumnReading.NOTHING
                        : source.read().getOrDefault(column.name(), ColumnReading.NOTHING);
                boolean isSaid = !tenant.equals(ColumnReading.NOTHING) || !known.equals(ColumnReading.NOTHING);
                if (isSaid && !found.containsKey(column)) {
                    said(column, tenant, tenant.or(known));
                }
            }
        }

        private void said(Column column, ColumnReading tenant, ColumnReading reading) {
            List<Integer> where = new ArrayList<>();
            for (List<String> wanted : List.of(reading.from(), reading.join(), reading.key())) {
                for (String header : wanted) {
                    int at = position(header);
                    if (at >= 0) {
                        where.add(at);
                    }
                }
            }
            boolean whole = reading.key().stream().allMatch(header -> position(header) >= 0);
            boolean given = reading.count() || reading.paidWhenZero() != null || (!where.isEmpty() && whole);
            if (given || (reading.otherwise() != null && reading.from().isEmpty())) {
                take(
                        column,
                        where,
                        tenant.equals(ColumnReading.NOTHING) ? How.SOURCE : How.CONFIGURATION,
                        FROM_TENANT,
                        reading);
            }
        }

        /// The position of a header, or of the longest one that a dotted path begins with; -1 for none.
        private int position(String header) {
            for (String path = header; !path.isEmpty(); path = path.substring(0, Math.max(0, path.lastIndexOf('.')))) {
                Integer at = positions.get(Headers.normal(path));
                if (at != null) {
                    return at;
                }
            }
            return -1;
        }

        private void take(Column column, List<Integer> where, How how, int score, ColumnReading reading) {
            found.put(column, new Found(where, how, score, told(column, where, how, reading)));
            if (reading.key().isEmpty()) {
                taken.addAll(where);
            }
        }

        /// What the header itself says of the cells below it.
        private ColumnReading told(Column column, List<Integer> where, How how, ColumnReading reading) {
            if (where.isEmpty()) {
                return reading;
            }
            HeaderName name = names.get(where.getFirst());
            boolean utc = name.isUtc() && column.type() == ColumnType.DATE;
            boolean cents = name.isCents() && column.type() == ColumnType.NUMBER && how == How.GUESS;
            return utc || cents
                    ? reading.or(ColumnReading.told(utc ? ZoneOffset.UTC : null, cents ? CENT : null))
                    : reading;
        }

        /// The table's own names. Its name goes before its aliases, of aliases the first in the file; another alias is
        /// read where the first is blank, if no row has both: a column of CPF beside one of CNPJ.
        private void named() {
            for (Column column : columns.table().columns()) {
                List<Integer> named = new ArrayList<>();
                for (int i = 0; i < headers.size(); i++) {
                    if (!taken.contains(i)
                            && !isObject(i)
                            && column.equals(columns.table().column(headers.get(i)))) {
                        boolean isName = Headers.normal(headers.get(i)).equals(Headers.normal(column.name()));
                        named.add(isName ? 0 : named.size(), i);
                    }
                }
                if (!named.isEmpty() && !found.containsKey(column)) {
                    int best = named.getFirst();
                    named.removeIf(other -> other != best && !isComplementary(best, other));
                    take(column, named, How.NAME, EXACT, columns.reading(column));
                }
            }
        }

        /// Whether a key has an object, whose members are headers of their own, and never a value.
        private boolean isObject(int header) {
            return objects.contains(headers.get(header))
                    && sample.under(header).stream().allMatch(Blank::is);
        }

        private boolean isComplementary(int first, int second) {
            boolean filled = false;
            for (List<String> row : sample.rows()) {
                boolean one = first < row.size() && !Blank.is(row.get(first));
                boolean other = second < row.size() && !Blank.is(row.get(second));
                if (one && other) {
                    return false;
                }
                filled |= other;
            }
            return filled;
        }

        /// @return the headers that would mean a column that another header gives
        private Map<String, Column> guess() {
            List<Column> all = columns.table().columns();
            List<Candidate> candidates = new ArrayList<>();
            Map<String, Column> lost = new LinkedHashMap<>();
            for (int i = 0; i < headers.size(); i++) {
                if (taken.contains(i) || headers.get(i).isEmpty() || isObject(i)) {
                    continue;
                }
                Column named = columns.table().column(headers.get(i));
                if (named != null) {
                    lost.put(headers.get(i), named);
                }
                for (int column = 0; column < all.size(); column++) {
                    int score = score(i, all.get(column));
                    if (score < (all.get(column).required() ? REQUIRED : OPTIONAL)) {
                        continue;
                    }
                    if (found.containsKey(all.get(column))) {
                        lost.putIfAbsent(headers.get(i), all.get(column));
                    } else {
                        candidates.add(new Candidate(i, column, score));
                    }
                }
            }
            for (Candidate chosen : Assignment.of(likeliest(candidates), all)) {
                Column column = all.get(chosen.column());
                take(column, List.of(chosen.header()), How.GUESS, chosen.score(), columns.reading(column));
            }
            for (Candidate candidate : candidates) {
                if (!taken.contains(candidate.header())) {
                    lost.putIfAbsent(headers.get(candidate.header()), all.get(candidate.column()));
                }
            }
            lost.keySet().removeIf(header -> taken.contains(headers.indexOf(header)));
            return lost;
        }

        /// The best candidates of each column: a file may have thousands of headers.
        private static List<Candidate> likeliest(List<Candidate> candidates) {
            Map<Integer, Integer> seen = new HashMap<>();
            return candidates.stream()
                    .sorted(Comparator.comparingInt((Candidate candidate) -> -candidate.score()))
                    .filter(candidate -> seen.merge(candidate.column(), 1, Integer::sum) <= CONSIDERED)
                    .toList();
        }

        private int score(int header, Column column) {
            int score =
                    HeaderWords.load().score(names.get(header), columns.table().name(), column.name());
            if (score == 0) {
                return 0;
            }
            ColumnProfile profile =
                    profiles.computeIfAbsent(header, at -> new ColumnProfile(sample.under(at), columns.cells()));
            if (!profile.fits(column) || (column.name().equals("score") && !profile.isScore())) {
                return 0;
            }
            if (isRowKey(column) && sample.rows().size() >= ENOUGH_ROWS && !profile.isUnique()) {
                score -= NOT_UNIQUE;
            }
            if (column.name().equals("client_id") && profile.isTaxId()) {
                score += WITH_TAX_IDS;
            }
            return score;
        }

        /// Whether no two rows of a table have the same cell in the column, but for rows of one key.
        private boolean isRowKey(Column column) {
            List<String> key = columns.table().primaryKey();
            return key.size() <= 2 && key.getLast().equals(column.name());
        }

        /// Columns found and missing, and what the words of the header line say together.
        private int fit(List<Column> missing) {
            int fit = source == null ? 0 : OF_SOURCE;
            for (Column column : found.keySet()) {
                fit += column.required() ? REQUIRED_FOUND : OPTIONAL_FOUND;
            }
            for (Column column : missing) {
                fit -= isRowKey(column)
                                || column.name().equals("model")
                                || column.name().equals("actions")
                        ? OFTEN_MISSING
                        : REQUIRED_MISSING;
            }
            Set<String> concepts = new HashSet<>();
            names.forEach(name -> concepts.addAll(name.concepts()));
            return fit + HeaderWords.load().signs(concepts, columns.table().name());
        }
    }

    /// The assignment of headers to columns, one to one, whose sum of scores is greatest; a required column counts
    /// more. Tables have about a dozen columns, so all sets of them are tried, header by header.
    private static final class Assignment {
        private static final int FOR_REQUIRED = 50;

        static List<Candidate> of(List<Candidate> candidates, List<Column> columns) {
            Map<Integer, List<Candidate>> byHeader = new LinkedHashMap<>();
            candidates.forEach(candidate -> byHeader.computeIfAbsent(candidate.header(), header -> new ArrayList<>())
                    .add(candidate));
            Map<Integer, Choice> best = new HashMap<>();
            best.put(0, new Choice(0, null, null));
            for (List<Candidate> choices : byHeader.values()) {
                Map<Integer, Choice> next = new HashMap<>(best);
                best.forEach((set, before) -> {
                    for (Candidate candidate : choices) {
                        int bit = 1 << candidate.column();
                        if ((set & bit) == 0) {
                            int sum = before.sum
                                    + candidate.score()
                                    + (columns.get(candidate.column()).required() ? FOR_REQUIRED : 0);
                            next.merge(
                                    set | bit,
                                    new Choice(sum, candidate, before),
                                    (old, fresh) -> fresh.sum > old.sum ? fresh : old);
                        }
                    }
                });
                best = next;
            }
            Choice greatest = null;
            for (Choice choice : best.values()) {
                greatest = greatest == null || choice.sum > greatest.sum ? choice : greatest;
            }
            List<Candidate> chosen = new ArrayList<>();
            for (Choice choice = greatest; choice != null && choice.chosen != null; choice = choice.before) {
                chosen.add(choice.chosen);
            }
            return chosen;
        }

        private record Choice(
                int sum,
                @Nullable Candidate chosen,
                @Nullable Choice before) {}
    }
}
