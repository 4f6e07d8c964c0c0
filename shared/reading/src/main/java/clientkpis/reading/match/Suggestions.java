package clientkpis.reading.match;

import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What to say about a file so that it counts: which of its headers the missing columns probably are, by likeness of
/// the name and by the cells, and what stands in for columns that it does not have.
public final class Suggestions {
    /// Below the floor of a guess, and enough for a suggestion that a person looks at.
    private static final int FLOOR = 35;

    private static final int BY_CELLS = 40;
    private static final int STAND_IN = 60;
    private static final int UNKNOWN = 30;

    private final ColumnMatch match;
    private final List<HeaderName> names;
    private final Map<Integer, ColumnProfile> profiles = new HashMap<>();
    private final Set<Integer> taken = new LinkedHashSet<>();
    private final List<Suggestion> suggestions = new ArrayList<>();

    private Suggestions(ColumnMatch match) {
        this.match = match;
        names = match.header().stream()
                .map(header -> HeaderName.of(header, HeaderWords.load()))
                .toList();
        match.found().values().forEach(found -> taken.addAll(found.headers()));
    }

    public static List<Suggestion> of(ColumnMatch match) {
        Suggestions all = new Suggestions(match);
        match.missing().forEach(all::missing);
        return List.copyOf(all.suggestions);
    }

    private void from(Column column, int header, int confidence, String why) {
        taken.add(header);
        add(column, Map.of("from", List.of(match.header().get(header))), Math.min(100, confidence), why, null);
    }

    private void add(
            Column column, Map<String, Object> reading, int confidence, String why, @Nullable String question) {
        suggestions.add(new Suggestion(column, reading, confidence, why, question));
    }

    private void missing(Column column) {
        int best = -1;
        int most = FLOOR - 1;
        for (int i = 0; i < names.size(); i++) {
            int score = taken.contains(i) || !profile(i).fits(column)
                    ? 0
                    : HeaderWords.load()
                            .score(names.get(i), match.columns().table().name(), column.name());
            if (score > most) {
                most = score;
                best = i;
            }
        }
        if (best >= 0) {
            from(column, best, most, "its name");
            return;
        }
        int byCells = byCells(column);
        if (byCells >= 0) {
            from(column, byCells, BY_CELLS, "its cells");
            return;
        }
        standIn(column);
    }

    private ColumnProfile profile(int header) {
        return profiles.computeIfAbsent(
                header,
                at -> new ColumnProfile(
                        match.sample().under(at), match.columns().cells()));
    }

    /// The first header whose cells can hardly be anything else, or -1.
    private int byCells(Column column) {
        for (int i = 0; i < names.size(); i++) {
            ColumnProfile profile = profile(i);
            boolean own = names.get(i).concepts().contains("own");
            boolean is = !taken.contains(i)
                    && !own
                    && switch (column.name()) {
                        case "client_id" -> profile.isTaxId();
                        case "score" -> profile.isNumber() && profile.isScore();
                        case "due_on", "used_on", "answered_on" -> profile.isDate() && isOnlyDate(i);
                        default -> false;
                    };
            if (is) {
                return i;
            }
        }
        return -1;
    }

    private boolean isOnlyDate(int header) {
        for (int i = 0; i < names.size(); i++) {
            if (i != header && profile(i).isDate()) {
                return false;
            }
        }
        return true;
    }

    private void standIn(Column column) {
        String table = match.columns().table().name();
        switch (column.name()) {
            case "model" ->
                add(
                        column,
                        Map.of("default", "MRR"),
                        isRecurring() ? STAND_IN : UNKNOWN,
                        "no column says it",
                        "Is the value of every row of this file paid each month? If not, say which model it has.");
            case "actions" -> add(column, Map.of("count", true), STAND_IN, "each row is one use", null);
            case "status" ->
                add(
                        column,
                        Map.of("default", "active"),
                        UNKNOWN,
                        "no column says it",
                        "Are all rows of this file in force?");
            default -> {
                List<String> key = key(column);
                if (isRowKey(column) && !key.isEmpty()) {
                    add(column, Map.of("key", key), STAND_IN, "no column has an id of its own", null);
                } else {
                    add(
                            column,
                            Map.of(),
                            0,
                            "no column is like it",
                            "Which column of the file is %s of %s?".formatted(column.name(), table));
                }
            }
        }
    }

    private boolean isRecurring() {
        return names.stream().anyMatch(name -> name.concepts().contains("recurring"));
    }

    private boolean isRowKey(Column column) {
        List<String> key = match.columns().table().primaryKey();
        return key.size() > 1 && key.getLast().equals(column.name());
    }

    /// The headers in which two rows differ: who, when, how much, and which instalment.
    private List<String> key(Column missing) {
        Set<Integer> headers = new LinkedHashSet<>();
        Map<Column, List<Integer>> known = new LinkedHashMap<>();
        match.found().forEach((column, found) -> known.put(column, found.headers()));
        suggestions.forEach(suggestion -> {
            if (suggestion.reading().get("from") instanceof List<?> from) {
                known.put(suggestion.column(), List.of(match.header().indexOf(String.valueOf(from.getFirst()))));
            }
        });
        known.forEach((column, at) -> {
            boolean part = column.name().equals("client_id")
                    || column.name().equals("respondent")
                    || (column.type() == ColumnType.DATE && !column.name().equals("paid_on"))
                    || column.name().equals("value");
            if (part && !column.equals(missing)) {
                headers.addAll(at);
            }
        });
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).concepts().contains("instalment")
                    && !profile(i).isBlank()
                    && !names.get(i).concepts().contains("value")) {
                headers.add(i);
            }
        }
        return headers.stream().map(match.header()::get).toList();
    }
}
