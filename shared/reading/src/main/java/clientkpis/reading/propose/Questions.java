package clientkpis.reading.propose;

import static clientkpis.reading.propose.Suggestions.CERTAIN;
import static clientkpis.reading.propose.Suggestions.FLOOR;
import static clientkpis.reading.propose.Suggestions.FLOOR_OF_OPTIONAL;
import static clientkpis.reading.propose.Suggestions.SURE_OF_NAME;

import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.ColumnProfile;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import java.util.Comparator;
import java.util.stream.IntStream;

/// What a person is asked about headers that are understood, and that may mean something else.
final class Questions {
    /// How much less likely a second header is that is named in the question.
    private static final int CLOSE = 8;

    /// The same of a second column that a header may give.
    private static final int ALIKE = 12;

    private Questions() {}

    static void ask(Drafts drafts) {
        doubts(drafts);
        rivals(drafts);
        ownCompany(drafts);
        unread(drafts);
        users(drafts);
        moneyOfRegistry(drafts);
    }

    /// Asks about a header that names a column which nothing gives, and whose cells cannot be of it.
    private static void unread(Drafts drafts) {
        for (Column column : drafts.table().columns()) {
            if (drafts.headerOf(column) >= 0 || drafts.isTold(column)) {
                continue;
            }
            for (int i = 0; i < drafts.row().headers().size(); i++) {
                ColumnProfile profile = drafts.profile(i);
                if (column.type() != ColumnType.STRING
                        && !drafts.isTaken(i)
                        && !profile.isBlank()
                        && !profile.fits(column)
                        && drafts.scores().byName(i, column) >= SURE_OF_NAME) {
                    drafts.ask(
                            column,
                            Sentence.of(
                                    "propose.ask.unread",
                                    drafts.written(i),
                                    column.name(),
                                    profile.words().keySet().iterator().next()));
                    break;
                }
            }
        }
    }

    /// Asks whether numbers under the header of users are their ids, or how many they are.
    private static void users(Drafts drafts) {
        Column user = drafts.column("user_id");
        int header = user == null || drafts.isTold(user) ? -1 : drafts.headerOf(user);
        if (user != null && header >= 0 && drafts.profile(header).isNumber() && !drafts.says(header, "id")) {
            drafts.ask(user, Sentence.of("propose.ask.users", drafts.written(header)));
        }
    }

    /// Says that the registry has no column for what a client pays.
    private static void moneyOfRegistry(Drafts drafts) {
        Column client = drafts.column("client_id");
        if (client == null || drafts.table().primaryKey().size() > 1) {
            return;
        }
        IntStream.range(0, drafts.row().headers().size())
                .filter(i -> !drafts.isTaken(i)
                        && drafts.says(i, "recurring")
                        && drafts.profile(i).isNumber())
                .boxed()
                .min(Comparator.comparingInt(i -> drafts.row().name(i).unknown()))
                .ifPresent(i -> drafts.ask(client, Sentence.of("propose.ask.money", drafts.written(i))));
    }

    /// Asks about a required column that is found, if barely.
    private static void doubts(Drafts drafts) {
        for (var found : drafts.match().found().entrySet()) {
            boolean guessed = found.getValue().how() == ColumnMatch.How.GUESS;
            int header = drafts.headerOf(found.getKey());
            if (guessed && found.getKey().required() && found.getValue().score() < CERTAIN && header >= 0) {
                drafts.ask(found.getKey(), Sentence.of("propose.ask.is_it", drafts.written(header)));
            }
        }
    }

    /// Asks where two headers are about as likely for what is counted, or for what rows are told apart by.
    private static void rivals(Drafts drafts) {
        for (Column column : drafts.table().columns()) {
            int chosen = drafts.headerOf(column);
            boolean counted = column.type() == ColumnType.DATE || column.type() == ColumnType.NUMBER;
            if (chosen < 0 || drafts.isTold(column)) {
                continue;
            }
            int score = drafts.scores().of(chosen, column);
            for (int i = 0; i < drafts.row().headers().size(); i++) {
                if (drafts.isTaken(i) || i == chosen || drafts.profile(i).isBlank()) {
                    continue;
                }
                int other = drafts.scores().of(i, column);
                boolean asLikely = counted && other >= FLOOR_OF_OPTIONAL && other >= score - CLOSE;
                if ((asLikely || isAnotherId(drafts, column, i))
                        && !drafts.profile(i)
                                .words()
                                .equals(drafts.profile(chosen).words())) {
                    drafts.ask(column, Sentence.of("propose.ask.which_of", drafts.written(chosen), drafts.written(i)));
                }
            }
            roles(drafts, column, chosen, score);
        }
    }

    /// Asks where every row has the same client, and another header of clients has several: the one may be the company
    /// whose file it is.
    private static void ownCompany(Drafts drafts) {
        Column client = drafts.column("client_id");
        int chosen = client == null || drafts.isTold(client) ? -1 : drafts.headerOf(client);
        if (client == null
                || chosen < 0
                || drafts.row().rows() < 2
                || drafts.profile(chosen).words().size() > 1) {
            return;
        }
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            if (i != chosen
                    && drafts.profile(i).words().size() > 1
                    && drafts.scores().byName(i, client) >= FLOOR) {
                drafts.ask(client, Sentence.of("propose.ask.own_company", drafts.written(chosen), drafts.written(i)));
                return;
            }
        }
    }

    /// Whether rows have another id under this header: which of the two the other files name, the file does not say.
    private static boolean isAnotherId(Drafts drafts, Column column, int header) {
        boolean ofAnother =
                column.name().equals("client_id") && drafts.table().primaryKey().size() > 1;
        return (ofAnother || drafts.table().identifies(column))
                && drafts.says(header, "id")
                && drafts.scores().byName(header, column) >= (ofAnother ? FLOOR_OF_OPTIONAL : FLOOR)
                && drafts.profile(header).filled() == drafts.row().rows()
                && (ofAnother || drafts.profile(header).isUnique());
    }

    /// Asks where a header, such as that of an owner, may be another column of the table as well.
    private static void roles(Drafts drafts, Column column, int chosen, int score) {
        if (score >= SURE_OF_NAME || column.type() != ColumnType.STRING) {
            return;
        }
        for (Column other : drafts.table().columns()) {
            int instead = drafts.scores().of(chosen, other);
            if (other.type() == ColumnType.STRING
                    && !drafts.isGiven(other)
                    && instead >= FLOOR_OF_OPTIONAL
                    && instead >= score - ALIKE) {
                drafts.ask(
                        column,
                        Sentence.of("propose.ask.which_field", drafts.written(chosen), column.name(), other.name()));
            }
        }
    }
}
