package clientkpis.reading.propose;

import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.ColumnProfile;
import clientkpis.reading.match.HeaderRow;
import clientkpis.reading.match.Scores;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import clientkpis.tables.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is proposed for one file, while it is found out: for each column where its cells are and what else is said.
final class Drafts {
    private static final int SURE = 100;

    private final ColumnMatch match;
    private final Scores scores;
    private final Map<Column, List<Integer>> headers = new LinkedHashMap<>();
    private final Map<Column, Draft> drafts = new LinkedHashMap<>();
    private final Set<Integer> taken = new HashSet<>();

    private static final class Draft {
        private final Map<String, Object> reading = new LinkedHashMap<>();
        private final List<Sentence> whys = new ArrayList<>();
        private final List<Sentence> questions = new ArrayList<>();
        private int confidence = SURE;
    }

    Drafts(ColumnMatch match) {
        this.match = match;
        scores = match.scores().withMembers();
        match.found().forEach((column, found) -> {
            headers.put(column, new ArrayList<>(found.headers()));
            taken.addAll(found.headers());
        });
    }

    TableSchema table() {
        return match.columns().table();
    }

    ColumnMatch match() {
        return match;
    }

    HeaderRow row() {
        return scores.row();
    }

    Scores scores() {
        return scores;
    }

    ColumnProfile profile(int header) {
        return row().profile(header);
    }

    boolean says(int header, String concept) {
        return row().name(header).concepts().contains(concept);
    }

    String written(int header) {
        return row().headers().get(header);
    }

    boolean isTaken(int header) {
        return taken.contains(header);
    }

    /// The column of a name, or null where the table has none.
    @Nullable
    Column column(String name) {
        return table().named(name);
    }

    /// The first header that gives a column, or -1.
    int headerOf(Column column) {
        List<Integer> all = headers.getOrDefault(column, List.of());
        return all.isEmpty() ? -1 : all.getFirst();
    }

    int headerOf(String name) {
        Column column = column(name);
        return column == null ? -1 : headerOf(column);
    }

    List<Integer> headersOf(Column column) {
        return headers.getOrDefault(column, List.of());
    }

    /// Whether something gives the column already, a header or not.
    boolean isGiven(Column column) {
        return match.found().containsKey(column) || drafts.containsKey(column);
    }

    /// Whether a name of the column says it.
    boolean isNamed(Column column) {
        ColumnMatch.Found found = match.found().get(column);
        return found != null && found.how() == ColumnMatch.How.NAME;
    }

    /// Whether the tenant says itself how the column is read.
    boolean isTold(Column column) {
        ColumnMatch.Found found = match.found().get(column);
        return found != null && found.how() == ColumnMatch.How.CONFIGURATION;
    }

    /// Whether a member of its reading is proposed.
    boolean isRead(Column column, String member) {
        Draft draft = drafts.get(column);
        return draft != null && draft.reading.containsKey(member);
    }

    private Draft draft(Column column) {
        return drafts.computeIfAbsent(column, any -> new Draft());
    }

    /// The column is in these headers; the first that is not blank counts.
    void from(Column column, List<Integer> from, int confidence, Sentence why) {
        place(column, "from", from, confidence, why);
    }

    /// The cells of these headers, joined.
    void join(Column column, List<Integer> parts, int confidence, Sentence why) {
        place(column, "join", parts, confidence, why);
    }

    private void place(Column column, String member, List<Integer> where, int confidence, Sentence why) {
        taken.removeAll(headersOf(column));
        headers.put(column, new ArrayList<>(where));
        taken.addAll(where);
        say(column, member, where.stream().map(this::written).toList(), confidence, why);
    }

    /// The column is an id made of these cells.
    void key(Column column, List<Integer> parts, int confidence, Sentence why) {
        draft(column).reading.remove("from");
        say(column, "key", parts.stream().map(this::written).toList(), confidence, why);
    }

    /// No header gives the column.
    void leave(Column column) {
        taken.removeAll(headersOf(column));
        headers.remove(column);
        drafts.remove(column);
    }

    /// Says where a column is that is understood anyway: its header is to give another column too.
    void keep(Column column) {
        if (!draft(column).reading.containsKey("from")) {
            ColumnMatch.Found found = match.found().get(column);
            from(
                    column,
                    List.copyOf(headersOf(column)),
                    found == null ? SURE : found.score(),
                    Sentence.of("propose.why.name"));
        }
    }

    /// Adds one member of the column's reading. What depends on the header that it is about names it too.
    void say(Column column, String member, Object value, int confidence, Sentence why) {
        Draft draft = draft(column);
        draft.reading.put(member, value);
        draft.confidence = Math.min(draft.confidence, Math.clamp(confidence, 0, SURE));
        if (!draft.whys.contains(why)) {
            draft.whys.add(why);
        }
    }

    /// As [#say], for what holds for the column's header only.
    void sayOfHeader(Column column, String member, Object value, int confidence, Sentence why) {
        Draft draft = draft(column);
        if (!draft.reading.containsKey("from") && !draft.reading.containsKey("join")) {
            draft.reading.put(
                    "from", headersOf(column).stream().map(this::written).toList());
        }
        say(column, member, value, confidence, why);
    }

    void ask(Column column, Sentence question) {
        Draft draft = draft(column);
        if (!draft.questions.contains(question)) {
            draft.questions.add(question);
        }
    }

    List<Suggestion> all() {
        List<Suggestion> all = new ArrayList<>();
        drafts.forEach((column, draft) ->
                all.add(new Suggestion(column, draft.reading, draft.confidence, draft.whys, draft.questions)));
        return all;
    }
}
