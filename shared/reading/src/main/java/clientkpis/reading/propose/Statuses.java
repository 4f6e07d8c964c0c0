package clientkpis.reading.propose;

import clientkpis.reading.match.ColumnProfile;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which header says the status of a row, and what its words mean.
final class Statuses {
    private static final int MOST_WORDS = 40;
    private static final int LISTED = 8;
    /// Of a header whose name does not say that it is a status.
    private static final int BY_WORDS = 60;

    private static final int LIKE = 45;
    private static final int KNOWN = 90;
    private static final int ASKED = 60;

    private Statuses() {}

    /// A header whose cells are words of a status.
    ///
    /// @param known how many of a hundred cells are words that are known
    /// @param silent whether some of its words say nothing, so that another header has to
    private record Candidate(int header, int score, int known, boolean silent) {
        int rank() {
            return score + known;
        }
    }

    /// Chooses the headers, where another says more than the one that is found, or none is.
    static void propose(Drafts drafts) {
        for (String name : List.of("status", "role")) {
            Column column = drafts.column(name);
            if (column != null && KnownWords.load().has(key(drafts, column)) && !drafts.isTold(column)) {
                choose(drafts, column);
            }
        }
    }

    private static String key(Drafts drafts, Column column) {
        return drafts.table().name() + "." + column.name();
    }

    private static void choose(Drafts drafts, Column column) {
        List<Candidate> candidates = new ArrayList<>();
        Candidate now = null;
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            boolean found = drafts.headerOf(column) == i;
            Candidate candidate = found || !drafts.isTaken(i) ? candidate(drafts, column, i) : null;
            if (candidate != null) {
                candidates.add(candidate);
                now = found ? candidate : now;
            }
        }
        candidates.sort((a, b) -> b.rank() - a.rank());
        if (candidates.isEmpty()) {
            return;
        }
        Candidate best = candidates.getFirst();
        if (now != null && (best.equals(now) || best.rank() - now.rank() < 20)) {
            best = now;
        }
        Candidate other = null;
        for (Candidate each : candidates) {
            if (!each.equals(best) && each.score >= LIKE && each.known > BY_WORDS && each.silent != best.silent) {
                other = each;
                break;
            }
        }
        boolean clients = isOfRegistry(drafts);
        if (other != null && !clients) {
            // The one with words that say nothing first: what it says is rarer, and outweighs the other.
            List<Integer> order = best.silent ? List.of(best.header, other.header) : List.of(other.header, best.header);
            drafts.from(column, order, ASKED, Sentence.of("propose.why.two_columns"));
        } else if (!best.equals(now)) {
            drafts.from(
                    column,
                    List.of(best.header),
                    Math.max(LIKE, Math.min(KNOWN, best.score)),
                    Sentence.of("propose.why.words"));
        }
    }

    private static @Nullable Candidate candidate(Drafts drafts, Column column, int header) {
        int score = drafts.scores().byName(header, column);
        ColumnProfile profile = drafts.profile(header);
        boolean found = drafts.headerOf(column) == header;
        Map<String, Integer> words = profile.words();
        if (words.isEmpty() || words.size() > MOST_WORDS || profile.isDate()) {
            return null;
        }
        int known = 0;
        boolean silent = false;
        boolean flags = true;
        for (var word : words.entrySet()) {
            String meaning = meaning(drafts, column, word.getKey());
            known += meaning == null ? 0 : word.getValue();
            silent |= meaning != null && meaning.isEmpty();
            flags &= word.getKey().length() < 2 || column.vocabulary().isEmpty() || isFlag(word.getKey());
        }
        int share = known * 100 / profile.filled();
        boolean byWords = share >= 80 && !flags && words.size() > 1 && column.required();
        // A column of the registry is shown as it is written, so its words need not be known: its name has to say it.
        boolean shown = isOfRegistry(drafts);
        if ((score < LIKE && !byWords && !found) || (shown && !found && score < BY_WORDS && share < BY_WORDS)) {
            return null;
        }
        return new Candidate(header, Math.max(score, byWords ? BY_WORDS : 0), share, silent);
    }

    private static boolean isOfRegistry(Drafts drafts) {
        return drafts.table().primaryKey().size() == 1;
    }

    private static boolean isFlag(String word) {
        return switch (word.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "false", "sim", "não", "nao", "yes", "no" -> true;
            default -> false;
        };
    }

    /// What a word means in the fine terms of an export, or null.
    private static @Nullable String meaning(Drafts drafts, Column column, String word) {
        String meaning = KnownWords.load().meaning(key(drafts, column), word);
        return meaning == null ? column.vocabulary().meaning(word) : meaning;
    }

    /// Whether a header that is like the column's names has none of its words: a kind of contract that says nothing of
    /// how it is paid.
    static boolean isSilent(Drafts drafts, Column column) {
        return drafts.headerOf(column) >= 0
                && drafts.profile(drafts.headerOf(column)).words().keySet().stream()
                        .allMatch(word -> meaning(drafts, column, word) == null);
    }

    /// Says what the words mean, and asks about those that are not known.
    static void explain(Drafts drafts) {
        for (String name : List.of("status", "role", "model")) {
            Column column = drafts.column(name);
            if (column != null
                    && KnownWords.load().has(key(drafts, column))
                    && !drafts.isTold(column)
                    && drafts.headerOf(column) >= 0) {
                words(drafts, column);
            }
        }
    }

    private static void words(Drafts drafts, Column column) {
        Map<String, String> words = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        List<Sentence> asked = new ArrayList<>();
        boolean vocabulary = !column.vocabulary().isEmpty();
        boolean clients = isOfRegistry(drafts);
        int confidence = KNOWN;
        for (int header : drafts.headersOf(column)) {
            for (String word : drafts.profile(header).words().keySet()) {
                String meaning =
                        clients ? KnownWords.load().meaning(key(drafts, column), word) : meaning(drafts, column, word);
                if (meaning == null) {
                    unknown.add(word);
                } else if (words.size() < MOST_WORDS
                        && (!meaning.equals(word) || drafts.headersOf(column).size() > 1)) {
                    words.put(word, meaning);
                }
                if (meaning != null && KnownWords.load().isAsked(key(drafts, column), word)) {
                    asked.add(Sentence.of(
                            "propose.word", word, meaning.isEmpty() ? Sentence.of("propose.nothing") : meaning));
                    confidence = ASKED;
                }
            }
        }
        if (words.values().stream().anyMatch(meaning -> !meaning.isEmpty())) {
            drafts.say(column, "words", words, confidence, Sentence.of("propose.why.other_systems"));
        }
        if (!asked.isEmpty()) {
            drafts.ask(column, Sentence.of("propose.ask.right_words", listed(asked)));
        }
        if (vocabulary && !clients && !unknown.isEmpty() && unknown.size() <= MOST_WORDS) {
            drafts.ask(column, Sentence.of("propose.ask.unknown_words", listed(unknown)));
        }
    }

    private static Object listed(List<?> words) {
        List<?> listed = words.subList(0, Math.min(LISTED, words.size()));
        return words.size() > LISTED ? Sentence.of("propose.more", listed) : listed;
    }
}
