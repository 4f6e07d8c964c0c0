package clientkpis.reading.propose;

import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Rows that say something else than the cell that counts: a ticket with a day of closing that is open again, a title
/// with a day of payment that is paid in part, a credit note among titles, another survey's answer among those of NPS.
final class OtherRows {
    private static final int LIKELY = 70;
    private static final int MOST_WORDS = 40;

    private OtherRows() {}

    static void propose(Drafts drafts) {
        openAgain(drafts);
        paidInPart(drafts);
        cancelled(drafts);
        late(drafts);
        ofOtherKinds(drafts, "value", "propose.ask.kinds.value");
        ofOtherKinds(drafts, "score", "propose.ask.kinds.score");
    }

    /// A ticket that was closed, and whose state says that it is open, was opened again.
    private static void openAgain(Drafts drafts) {
        Column closed = located(drafts, "closed_on");
        if (closed == null) {
            return;
        }
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            Set<String> open = words(drafts, i, word -> "open".equals(activity(word)));
            if (isState(drafts, i) && drafts.row().meet(drafts.headerOf(closed), i, open)) {
                except(drafts, closed, i, open, "propose.why.reopened", "propose.ask.reopened");
                return;
            }
        }
    }

    /// A title with a day of payment whose status says that something is left of it.
    private static void paidInPart(Drafts drafts) {
        Column paid = located(drafts, "paid_on");
        int status = drafts.headerOf("status");
        if (paid == null || status < 0 || drafts.isRead(paid, "paidWhenZero")) {
            return;
        }
        Set<String> partial =
                words(drafts, status, word -> "partial".equals(KnownWords.load().meaning("billing.status", word)));
        if (drafts.row().meet(drafts.headerOf(paid), status, partial)) {
            except(drafts, paid, status, partial, "propose.why.partial", "propose.ask.partial");
        }
    }

    /// A ticket that ended without a day of it counts as open.
    private static void cancelled(Drafts drafts) {
        Column closed = located(drafts, "closed_on");
        if (closed == null) {
            return;
        }
        int day = drafts.headerOf(closed);
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            int state = i;
            Set<String> ended = words(
                    drafts,
                    i,
                    word -> ("cancelled".equals(activity(word)) || "done".equals(activity(word)))
                            && drafts.row().count(day, false, state, Set.of(word)) > 0);
            if (isState(drafts, i) && !ended.isEmpty()) {
                long undated = drafts.row().count(day, false, i, ended);
                drafts.ask(
                        closed,
                        Sentence.count(
                                undated,
                                "propose.ask.ended",
                                undated,
                                drafts.written(i),
                                StandIns.either(List.copyOf(ended)),
                                drafts.written(day)));
                return;
            }
        }
    }

    /// A ticket that a word says is late, in a file without the day until which it was to be solved, is not above SLA.
    private static void late(Drafts drafts) {
        Column sla = drafts.column("sla_on");
        if (sla == null || drafts.isGiven(sla)) {
            return;
        }
        String key = drafts.table().name() + "." + sla.name();
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            Set<String> late = drafts.isTaken(i) || isText(drafts, i) ? Set.of() : other(drafts, i, key);
            if (!late.isEmpty() && drafts.profile(i).words().size() <= MOST_WORDS) {
                long tickets =
                        late.stream().mapToLong(drafts.profile(i).words()::get).sum();
                drafts.ask(
                        sla,
                        Sentence.count(
                                tickets,
                                "propose.ask.late",
                                tickets,
                                drafts.written(i),
                                StandIns.either(List.copyOf(late))));
                return;
            }
        }
    }

    /// Where a column says of some rows that they are of another kind, only the others give the column that counts.
    private static void ofOtherKinds(Drafts drafts, String name, String question) {
        Column column = located(drafts, name);
        if (column == null) {
            return;
        }
        String key = drafts.table().name() + "." + name;
        int found = -1;
        long most = 0;
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            boolean candidate = !drafts.isTaken(i)
                    && !isText(drafts, i)
                    && drafts.profile(i).words().size() <= MOST_WORDS;
            long rows = candidate ? drafts.row().count(drafts.headerOf(column), true, i, other(drafts, i, key)) : 0;
            if (rows > most) {
                most = rows;
                found = i;
            }
        }
        if (found < 0) {
            return;
        }
        Set<String> words = other(drafts, found, key);
        boolean every = words.size() == drafts.profile(found).words().size()
                && drafts.profile(found).filled() == drafts.row().rows();
        if (every) {
            drafts.ask(
                    column,
                    Sentence.of(
                            "propose.ask.kinds.every",
                            drafts.written(found),
                            StandIns.either(List.copyOf(words)),
                            drafts.table().name()));
        } else {
            except(drafts, column, found, words, "propose.why.kinds", question);
        }
    }

    /// A code of two letters is one of many things (`PA` is a state of Brazil) where the header does not speak of
    /// kinds.
    private static Set<String> other(Drafts drafts, int header, String key) {
        return words(
                drafts,
                header,
                word -> (word.length() > 2 || drafts.says(header, "kind"))
                        && KnownWords.load().isOther(key, word));
    }

    /// The column counts only where a header has none of these words, or nothing.
    private static void except(
            Drafts drafts, Column column, int header, Set<String> words, String why, String question) {
        List<String> others = Stream.concat(
                        drafts.profile(header).words().keySet().stream().filter(word -> !words.contains(word)),
                        Stream.of(""))
                .toList();
        drafts.sayOfHeader(column, "when", Map.of(drafts.written(header), others), LIKELY, Sentence.of(why));
        drafts.ask(
                column,
                Sentence.of(
                        question,
                        drafts.written(drafts.headerOf(column)),
                        drafts.written(header),
                        StandIns.either(List.copyOf(words))));
    }

    /// A column that a header gives, unless the tenant says how it is read.
    private static @Nullable Column located(Drafts drafts, String name) {
        Column column = drafts.column(name);
        return column == null || drafts.headerOf(column) < 0 || drafts.isTold(column) ? null : column;
    }

    private static boolean isState(Drafts drafts, int header) {
        return !drafts.isTaken(header)
                && (drafts.says(header, "status") || drafts.says(header, "state") || drafts.says(header, "stage"));
    }

    private static boolean isText(Drafts drafts, int header) {
        return List.of("subject", "name", "why", "method", "plan").stream()
                .anyMatch(concept -> drafts.says(header, concept));
    }

    private static @Nullable String activity(String word) {
        return KnownWords.load().meaning("activities.status", word);
    }

    private static Set<String> words(Drafts drafts, int header, Predicate<String> which) {
        return drafts.profile(header).words().keySet().stream()
                .filter(which)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
