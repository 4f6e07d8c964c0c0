package clientkpis.reading.propose;

import clientkpis.reading.match.ColumnMatch;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What to say about a file so that it counts: which headers the columns are that are not understood by themselves, how
/// their cells are written, what their words mean, and what stands in for columns that it does not have.
public final class Suggestions {
    /// Below the floor of a guess, and enough for a proposal that a person looks at.
    static final int FLOOR = 45;

    static final int FLOOR_OF_OPTIONAL = 58;
    /// Below it a person is asked too.
    static final int CERTAIN = 70;

    static final int SURE_OF_NAME = 90;
    private static final int LOCATED = 35;
    private static final int NOT_GIVEN = -40;
    private static final int NO_ROW = -25;
    private static final int NO_MONTH = -60;
    private static final int DOUBTFUL = 50;

    private final Drafts drafts;

    private Suggestions(Drafts drafts) {
        this.drafts = drafts;
    }

    public static List<Suggestion> of(ColumnMatch match) {
        Drafts drafts = new Drafts(match);
        Suggestions all = new Suggestions(drafts);
        if (match.source() == null) {
            all.names();
            Statuses.propose(drafts);
        }
        List<Column> left = new ArrayList<>();
        for (Column column : match.missing()) {
            if (!drafts.isGiven(column) && !all.byName(column, FLOOR)) {
                left.add(column);
            }
        }
        Column model = drafts.column("model");
        if (match.source() == null
                && model != null
                && !drafts.isNamed(model)
                && !drafts.isTold(model)
                && Statuses.isSilent(drafts, model)) {
            drafts.leave(model);
            left.add(model);
        }
        if (match.source() == null) {
            all.optional();
            StandIns.optional(drafts);
        }
        left.removeIf(column -> StandIns.byCells(drafts, column));
        left.forEach(column -> StandIns.propose(drafts, column));
        if (match.source() == null) {
            CellForms.instead(drafts);
            all.codes();
            StandIns.instalments(drafts);
            StandIns.paidWhen(drafts);
            OtherRows.propose(drafts);
            Statuses.explain(drafts);
            CellForms.propose(drafts);
            Questions.ask(drafts);
        }
        return drafts.all();
    }

    /// How much better or worse a file fits a table with what is proposed for it: a required column that a header turns
    /// out to give, one that nothing gives, rows that have no id of their own though each is another client's.
    public static int fit(ColumnMatch match, List<Suggestion> suggestions) {
        int fit = 0;
        for (Column column : match.missing()) {
            boolean located = false;
            boolean given = false;
            for (Suggestion suggestion : suggestions) {
                if (suggestion.column().equals(column)) {
                    located |= suggestion.reading().containsKey("from") && suggestion.confidence() > DOUBTFUL;
                    given |= !suggestion.reading().isEmpty();
                }
            }
            fit += located ? LOCATED : given ? 0 : NOT_GIVEN;
            if (match.columns().table().identifies(column) && !located && isRegistry(match)) {
                fit += NO_ROW + (isOfContracts(match) && !isRecurring(match) ? NO_MONTH : 0);
            }
        }
        return fit;
    }

    private static boolean isOfContracts(ColumnMatch match) {
        return match.columns().table().named("contract_id") != null;
    }

    /// Whether the header of the value says that it is paid again and again.
    private static boolean isRecurring(ColumnMatch match) {
        Column value = match.columns().table().named("value");
        ColumnMatch.Found found = value == null ? null : match.found().get(value);
        return found != null
                && found.headers().stream()
                        .anyMatch(header ->
                                match.scores().row().name(header).concepts().contains("recurring"));
    }

    /// Whether no client has two rows in a file of contracts or persons.
    public static boolean isRegistry(ColumnMatch match) {
        Column client = match.columns().table().named("client_id");
        ColumnMatch.Found found = client == null ? null : match.found().get(client);
        return found != null
                && !found.headers().isEmpty()
                && (isOfContracts(match) || match.columns().table().named("contact_id") != null)
                && match.scores().row().rows() > 1
                && match.scores().row().profile(found.headers().getFirst()).isUnique();
    }

    /// A person's name in two columns.
    private void names() {
        Column name = drafts.column("name");
        Column person = drafts.column("contact_id");
        if (name == null || person == null || drafts.isTold(name)) {
            return;
        }
        int first = -1;
        int last = -1;
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            boolean is = !drafts.says(i, "owner")
                    && !drafts.says(i, "date")
                    && !drafts.profile(i).isDate();
            if (is && drafts.says(i, "first") && drafts.says(i, "name")) {
                first = i;
            } else if (is && drafts.says(i, "last") && (drafts.says(i, "name") || isAlone(i))) {
                last = i;
            }
        }
        int given = first < 0 ? drafts.headerOf(name) : first;
        if (last >= 0 && given >= 0 && given != last) {
            drafts.join(name, List.of(given, last), SURE_OF_NAME, Sentence.of("propose.why.first_last"));
        }
    }

    /// A code whose header does not say whose it is, beside the clients' names: where each name has one code, and a
    /// code several rows, it is the client's. Where no client has two rows it may be the row's as well.
    private void codes() {
        Column client = drafts.column("client_id");
        int name = client == null || drafts.isTold(client) ? -1 : drafts.headerOf(client);
        if (client == null
                || name < 0
                || drafts.table().primaryKey().size() == 1
                || drafts.says(name, "id")
                || drafts.says(name, "taxid")) {
            return;
        }
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            if (!drafts.row().name(i).concepts().equals(Set.of("id"))
                    || drafts.row().name(i).unknown() > 0
                    || drafts.profile(i).filled() < drafts.row().rows()
                    || !drafts.row().isOneToOne(i, name)) {
                continue;
            }
            Sentence which = Sentence.of("propose.ask.which_of", drafts.written(name), drafts.written(i));
            if (drafts.row().areUnique(List.of(i))) {
                drafts.ask(client, which);
            } else if (!drafts.isTaken(i)) {
                drafts.from(client, List.of(i), CERTAIN, Sentence.of("propose.why.one_code"));
                drafts.ask(client, which);
            }
            return;
        }
    }

    private boolean isAlone(int header) {
        return drafts.row().name(header).words().size() == 1;
    }

    /// @return whether a header is like the column's names
    private boolean byName(Column column, int floor) {
        int best = -1;
        int most = floor - 1;
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            if (drafts.isTaken(i) || drafts.row().isBlank(i)) {
                continue;
            }
            int score = drafts.scores().of(i, column);
            if (score == 0 && column.type() == ColumnType.DATE && CellForms.isEpoch(drafts.profile(i))) {
                score = drafts.scores().byName(i, column);
            }
            if (score > most) {
                most = score;
                best = i;
            }
        }
        if (best < 0) {
            return false;
        }
        drafts.from(column, List.of(best), most, Sentence.of("propose.why.name"));
        if (most < CERTAIN) {
            drafts.ask(column, Sentence.of("propose.ask.is_it", drafts.written(best)));
        }
        return true;
    }

    /// Columns that need not be there, and that a header is like.
    private void optional() {
        for (Column column : drafts.table().columns()) {
            boolean text = column.type() == ColumnType.STRING;
            if (!column.required() && !drafts.isGiven(column)) {
                byName(column, text ? CERTAIN : FLOOR_OF_OPTIONAL);
            }
        }
    }
}
