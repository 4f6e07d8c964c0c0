package clientkpis.reading.propose;

import clientkpis.reading.match.ColumnProfile;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What stands in for a column that no header names: cells that can hardly be anything else, a default, a count, an id
/// made of other cells.
final class StandIns {
    private static final int BY_CELLS = 50;
    private static final int STAND_IN = 60;
    private static final int LIKELY = 70;
    private static final int UNKNOWN = 30;

    private StandIns() {}

    /// @return whether a header is found by the cells below it
    static boolean byCells(Drafts drafts, Column column) {
        int found = -1;
        int count = 0;
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            ColumnProfile profile = drafts.profile(i);
            boolean is = !drafts.isTaken(i)
                    && !drafts.says(i, "own")
                    && !drafts.says(i, "supplier")
                    && profile.filled() == drafts.row().rows()
                    && profile.filled() > 0
                    && switch (column.name()) {
                        case "client_id" -> profile.isTaxId();
                        case "score" -> profile.isNumber() && profile.isScore() && !isCounted(drafts, i);
                        case "due_on", "used_on", "answered_on" -> isMoment(profile) && !isOfOther(drafts, i);
                        default -> false;
                    };
            if (is) {
                count++;
                found = found < 0 ? i : found;
            }
        }
        if (found < 0 || (count > 1 && !column.name().equals("client_id"))) {
            return false;
        }
        drafts.from(column, List.of(found), BY_CELLS, Sentence.of("propose.why.cells"));
        drafts.ask(column, Sentence.of("propose.ask.is_it", drafts.written(found)));
        return true;
    }

    private static boolean isOfOther(Drafts drafts, int header) {
        return List.of("forecast", "paid", "created", "updated", "cancelled", "last", "start", "trial").stream()
                .anyMatch(concept -> drafts.says(header, concept));
    }

    /// Whether it is a number of something: of years, of users.
    private static boolean isCounted(Drafts drafts, int header) {
        return List.of("minutes", "count", "date", "several months", "licence").stream()
                .anyMatch(concept -> drafts.says(header, concept));
    }

    private static boolean isMoment(ColumnProfile profile) {
        return profile.isDate() || CellForms.isEpoch(profile);
    }

    /// Columns that need not be there, and without which a file says something else than it means.
    static void optional(Drafts drafts) {
        whereBlank(drafts);
        Column paid = drafts.column("paid_on");
        Column status = drafts.column("status");
        if (paid != null && status != null) {
            int left = left(drafts);
            Sentence why = Sentence.of("propose.why.left");
            if (left >= 0 && !drafts.isGiven(paid) && !drafts.isGiven(status)) {
                drafts.say(paid, "paidWhenZero", drafts.written(left), LIKELY, why);
            } else if (left >= 0 && isLeftOfUndated(drafts, paid, left)) {
                drafts.sayOfHeader(paid, "paidWhenZero", drafts.written(left), LIKELY, why);
            }
        }
        Column role = drafts.column("role");
        Column active = drafts.column("active");
        if (role != null && active != null && drafts.isGiven(role) && !drafts.isGiven(active)) {
            drafts.say(active, "default", "true", STAND_IN, Sentence.of("propose.why.no_column"));
            drafts.ask(active, Sentence.of("propose.ask.all_active"));
        }
    }

    /// Whether a number is the amount left of a title: nothing is left of most that have a date of payment, the others
    /// were paid in part, and something is left of all that have none.
    private static boolean isLeftOfUndated(Drafts drafts, Column paid, int left) {
        int header = drafts.headerOf(paid);
        int dated = header < 0 ? 0 : drafts.profile(header).filled();
        int zeros = drafts.profile(left).zeros();
        return zeros > 0 && zeros <= dated && zeros * 2 >= dated;
    }

    /// A title without a due date is due when it is issued.
    private static void whereBlank(Drafts drafts) {
        Column due = drafts.column("due_on");
        Column issued = drafts.column("issued_on");
        if (due == null || issued == null || drafts.isTold(due)) {
            return;
        }
        int header = drafts.headerOf(due);
        int other = drafts.headerOf(issued);
        int rows = drafts.row().rows();
        if (header >= 0
                && other >= 0
                && drafts.profile(header).filled() < rows
                && drafts.profile(other).filled() == rows) {
            drafts.keep(issued);
            drafts.from(due, List.of(header, other), STAND_IN, Sentence.of("propose.why.no_due_date"));
            drafts.ask(due, Sentence.of("propose.ask.due_without", drafts.written(header), drafts.written(other)));
        }
    }

    /// In a list of payments, those whose status says so were paid on their day.
    static void paidWhen(Drafts drafts) {
        Column paid = drafts.column("paid_on");
        Column due = drafts.column("due_on");
        Column status = drafts.column("status");
        if (paid == null || due == null || status == null || drafts.isGiven(paid)) {
            return;
        }
        int day = drafts.headerOf(due);
        int said = drafts.headerOf(status);
        if (day < 0 || said < 0 || day != drafts.headerOf("issued_on")) {
            return;
        }
        List<String> words = drafts.profile(said).words().keySet().stream()
                .filter(word -> "paid".equals(KnownWords.load().meaning("billing.status", word)))
                .toList();
        if (!words.isEmpty()) {
            drafts.from(paid, List.of(day), BY_CELLS, Sentence.of("propose.why.payments"));
            drafts.say(
                    paid, "when", Map.of(drafts.written(said), words), BY_CELLS, Sentence.of("propose.why.payments"));
            drafts.ask(paid, Sentence.of("propose.ask.paid_when", either(words), drafts.written(day)));
        }
    }

    static Object either(List<String> words) {
        return words.stream()
                .map(Object.class::cast)
                .reduce((before, next) -> Sentence.of("propose.or", before, next))
                .orElse("");
    }

    private static int left(Drafts drafts) {
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            boolean says = drafts.says(i, "left") || (drafts.says(i, "open") && drafts.says(i, "value"));
            boolean other = drafts.says(i, "extra") || drafts.says(i, "date") || drafts.says(i, "tax");
            if (says && !other && !drafts.isTaken(i) && drafts.profile(i).isNumber()) {
                return i;
            }
        }
        return -1;
    }

    static void propose(Drafts drafts, Column column) {
        switch (column.name()) {
            case "model" -> {
                drafts.say(
                        column,
                        "default",
                        "MRR",
                        isRecurring(drafts) ? STAND_IN : UNKNOWN,
                        Sentence.of("propose.why.no_column"));
                drafts.ask(column, Sentence.of("propose.ask.all_monthly"));
            }
            case "actions" -> drafts.say(column, "count", true, STAND_IN, Sentence.of("propose.why.one_use"));
            case "status" -> {
                drafts.say(column, "default", "active", UNKNOWN, Sentence.of("propose.why.no_column"));
                drafts.ask(column, Sentence.of("propose.ask.all_in_force"));
            }
            default -> {
                if (!dueWhenIssued(drafts, column)
                        && !madeOfCells(drafts, column)
                        && !CellForms.ofSeveralMonths(drafts, column)) {
                    drafts.ask(
                            column,
                            Sentence.of(
                                    "propose.ask.which_column",
                                    column.name(),
                                    drafts.table().name()));
                }
            }
        }
    }

    private static boolean isRecurring(Drafts drafts) {
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            if (drafts.says(i, "recurring") || drafts.says(i, "recurrence") || drafts.says(i, "interval")) {
                return true;
            }
        }
        return false;
    }

    /// A payment that nothing says a due date of is due when it is made.
    private static boolean dueWhenIssued(Drafts drafts, Column column) {
        Column issued = drafts.column("issued_on");
        int header = issued == null ? -1 : drafts.headerOf(issued);
        if (issued == null || !column.name().equals("due_on") || header < 0) {
            return false;
        }
        drafts.keep(issued);
        drafts.from(column, List.of(header), BY_CELLS, Sentence.of("propose.why.no_due"));
        drafts.ask(column, Sentence.of("propose.ask.due_on", drafts.written(header)));
        return true;
    }

    /// The cells in which two rows differ: who, when, how much, and which instalment.
    private static boolean madeOfCells(Drafts drafts, Column missing) {
        if (!drafts.table().identifies(missing) || missing.name().equals("client_id")) {
            return false;
        }
        Set<Integer> parts = new LinkedHashSet<>();
        for (Column column : drafts.table().columns()) {
            boolean part = column.name().equals("client_id")
                    || column.name().equals("respondent")
                    || column.name().equals("email")
                    || column.name().equals("name")
                    || (column.type() == ColumnType.DATE && !isOfEnd(column))
                    || column.name().equals("value");
            if (part && !column.equals(missing)) {
                parts.addAll(drafts.headersOf(column));
            }
        }
        for (int i = 0; i < drafts.row().headers().size(); i++) {
            boolean tells = drafts.says(i, "instalment") && !drafts.says(i, "value");
            boolean describes = drafts.says(i, "name") && !drafts.says(i, "client") && !drafts.says(i, "owner");
            if ((tells || describes) && !drafts.isTaken(i) && !drafts.profile(i).isBlank()) {
                parts.add(i);
            }
        }
        if (parts.size() < 2) {
            return false;
        }
        drafts.key(missing, List.copyOf(parts), STAND_IN, Sentence.of("propose.why.no_id"));
        return true;
    }

    /// Rows of one number are told apart by their instalment.
    static void instalments(Drafts drafts) {
        for (Column column : drafts.table().columns()) {
            int number = drafts.headerOf(column);
            if (number < 0
                    || !drafts.table().identifies(column)
                    || column.name().equals("client_id")
                    || drafts.isTold(column)
                    || drafts.row().areUnique(List.of(number))) {
                continue;
            }
            for (int i = 0; i < drafts.row().headers().size(); i++) {
                if (drafts.says(i, "instalment")
                        && !drafts.isTaken(i)
                        && drafts.row().areUnique(List.of(number, i))) {
                    drafts.key(column, List.of(number, i), LIKELY, Sentence.of("propose.why.instalments"));
                    break;
                }
            }
        }
    }

    /// What changes while a row stays the same.
    private static boolean isOfEnd(Column column) {
        return Set.of("paid_on", "closed_on", "completed_on").contains(column.name());
    }
}
