package clientkpis.reading.match;

import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.reading.match.Assignment.Candidate;
import clientkpis.reading.match.ColumnMatch.Found;
import clientkpis.reading.match.ColumnMatch.How;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import clientkpis.tables.Headers;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds out what each header of one file means in one table.
final class ColumnSearch {
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final int EXACT = 100;
    private static final int SAYS_IT = 95;
    private static final int FROM_TENANT = 200;
    /// How many headers are considered for a column.
    private static final int CONSIDERED = 6;

    private static final int OF_SOURCE = 1_000;
    private static final int REQUIRED_FOUND = 15;
    private static final int OPTIONAL_FOUND = 6;
    private static final int TOLD_BY_TENANT = 20;
    private static final int REQUIRED_MISSING = 20;
    /// What many systems do not export: an id of the row, the model of a contract, the count of a use.
    private static final int OFTEN_MISSING = 5;

    private final Columns columns;
    private final Scores scores;
    private final HeaderRow row;
    private final List<String> headers;
    private final @Nullable KnownSource source;
    private final Map<Column, Found> found = new LinkedHashMap<>();
    private final Set<Integer> taken = new HashSet<>();

    ColumnSearch(Columns columns, HeaderRow row) {
        this.columns = columns;
        this.row = row;
        scores = new Scores(columns, row);
        headers = row.headers();
        KnownSource known = KnownSource.of(headers, columns.sourcesOff());
        source = known != null && known.table().equals(columns.table().name()) ? known : null;
    }

    ColumnMatch match() {
        said();
        named(false);
        Map<String, Column> lost = guess();
        named(true);
        List<Column> missing = columns.table().requiredColumns().stream()
                .filter(column -> !found.containsKey(column))
                .toList();
        Map<Column, Found> ordered = new LinkedHashMap<>();
        columns.all().stream().filter(found::containsKey).forEach(column -> ordered.put(column, found.get(column)));
        return new ColumnMatch(columns, scores, headers, source, ordered, lost, missing, fit(missing));
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
            ColumnReading tenant = ofThisFile(ofThisFile(columns.reading(column)));
            ColumnReading known = source == null
                    ? ColumnReading.NOTHING
                    : source.read().getOrDefault(column.name(), ColumnReading.NOTHING);
            boolean isSaid = !tenant.equals(ColumnReading.NOTHING) || !known.equals(ColumnReading.NOTHING);
            if (isSaid && !found.containsKey(column)) {
                said(column, tenant, tenant.or(known));
            }
        }
    }

    /// A reading is about other files if the file has none of the headers that it names. Its words, and what stands in
    /// for a column, are about all files.
    private ColumnReading ofThisFile(ColumnReading reading) {
        boolean elsewhere = Stream.of(reading.from(), reading.join(), reading.key())
                .allMatch(wanted -> wanted.stream().allMatch(header -> row.position(header) < 0));
        boolean located = !reading.from().isEmpty()
                || !reading.join().isEmpty()
                || !reading.key().isEmpty();
        return located && elsewhere ? reading.ofAnyFile() : reading;
    }

    private void said(Column column, ColumnReading tenant, ColumnReading reading) {
        List<Integer> where = new ArrayList<>();
        for (List<String> wanted : List.of(reading.from(), reading.join(), reading.key())) {
            for (String header : wanted) {
                int at = row.position(header);
                if (at >= 0) {
                    where.add(at);
                }
            }
        }
        boolean whole = reading.key().stream().allMatch(header -> row.position(header) >= 0);
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
        HeaderName name = row.name(where.getFirst());
        ZoneId zone = column.type() == ColumnType.DATE ? name.zone() : null;
        boolean cents = name.isCents() && column.type() == ColumnType.NUMBER && how == How.GUESS;
        return zone != null || cents ? reading.or(ColumnReading.told(zone, cents ? CENT : null)) : reading;
    }

    /// The table's own names. Its name goes before its aliases, of aliases the first in the file; another alias is read
    /// where the first is blank, if no row has both: a column of CPF beside one of CNPJ.
    ///
    /// @param blank whether those count that no row has a cell under, for a required column that nothing else gives
    private void named(boolean blank) {
        for (Column column : columns.table().columns()) {
            List<Integer> named = new ArrayList<>();
            for (int i = 0; i < headers.size(); i++) {
                if (!taken.contains(i)
                        && !row.isObject(i)
                        && column.equals(columns.table().column(headers.get(i)))
                        && (blank || !column.required() || !row.isBlank(i))
                        && !isOfAnother(i, column)) {
                    named.add(isNameOf(i, column) ? 0 : named.size(), i);
                }
            }
            if (!named.isEmpty() && !found.containsKey(column)) {
                int best = named.getFirst();
                named.removeIf(other -> other != best && !row.isComplementary(best, other));
                take(column, named, How.NAME, EXACT, ofThisFile(columns.reading(column)));
            }
        }
    }

    private boolean isNameOf(int header, Column column) {
        return Headers.normal(headers.get(header)).equals(Headers.normal(column.name()));
    }

    /// Whether the file also has an object with the client's id where an alias does not say whose id it is: `id_legacy`
    /// beside `customer.id_legacy`.
    private boolean isOfAnother(int header, Column column) {
        if (!column.name().equals("client_id")
                || columns.table().identifies(column)
                || scores.byName(header, column) > 0) {
            return false;
        }
        for (int i = 0; i < headers.size(); i++) {
            if (headers.get(i).indexOf('.') > 0 && scores.byName(i, column) >= SAYS_IT && !row.isBlank(i)) {
                return true;
            }
        }
        return false;
    }

    /// @return the headers that would mean a column that another header gives
    private Map<String, Column> guess() {
        List<Column> all = columns.table().columns();
        List<Candidate> candidates = new ArrayList<>();
        Map<String, Column> lost = new LinkedHashMap<>();
        for (int i = 0; i < headers.size(); i++) {
            if (taken.contains(i) || headers.get(i).isEmpty() || row.isObject(i)) {
                continue;
            }
            Column named = columns.table().column(headers.get(i));
            if (named != null) {
                lost.put(headers.get(i), named);
            }
            for (int column = 0; column < all.size(); column++) {
                int score = scores.of(i, all.get(column));
                if (score < Scores.floor(all.get(column))) {
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
            take(column, List.of(chosen.header()), How.GUESS, chosen.score(), ofThisFile(columns.reading(column)));
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

    /// Columns found and missing, and what the words of the header line say together.
    private int fit(List<Column> missing) {
        int fit = source == null ? 0 : OF_SOURCE;
        for (var each : found.entrySet()) {
            fit += each.getKey().required() ? REQUIRED_FOUND : OPTIONAL_FOUND;
            boolean told = each.getValue().how() == How.CONFIGURATION;
            fit += told && !each.getValue().headers().isEmpty() ? TOLD_BY_TENANT : 0;
        }
        for (Column column : missing) {
            fit -= columns.table().identifies(column)
                            || column.name().equals("model")
                            || column.name().equals("actions")
                    ? OFTEN_MISSING
                    : REQUIRED_MISSING;
        }
        return fit + scores.signs();
    }
}
