package clientkpis.reading;

import clientkpis.receipt.ColumnWords;
import clientkpis.receipt.Sentence;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import clientkpis.tables.TableSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the rows of a file say together: the words of its columns with a vocabulary, and what deserves a warning
/// although no row is wrong.
final class FileNotes {
    /// How many different words of a column are remembered.
    private static final int REMEMBERED = 1_000;
    /// From so many scores on, none above 5 looks like another scale.
    private static final int SCORES = 10;

    private static final String OTHER_SCALE = "5";

    private final TableSchema table;
    private final List<Column> columns;
    private final @Nullable Words[] words;
    private final int model;
    private final int status;
    private final int paidOn;
    private final int value;
    private final int score;

    private long rows;
    private long recurring;
    private long paidWithoutDate;
    private long values;
    private long scores;
    private long highScores;

    private static final class Word {
        private final @Nullable String meaning;
        private long count;

        Word(@Nullable String meaning) {
            this.meaning = meaning;
        }
    }

    /// The words of one column.
    private static final class Words {
        private final Map<String, Word> all = new HashMap<>();
        private final Word rest = new Word(null);
        /// Of the last row.
        private @Nullable String meaning;
    }

    /// @param columns in the order of a row's cells
    FileNotes(TableSchema table, List<Column> columns) {
        this.table = table;
        this.columns = columns;
        words = new @Nullable Words[columns.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = columns.get(i).vocabulary().isEmpty() ? null : new Words();
        }
        model = position("contracts", "model");
        status = Math.max(position("contracts", "status"), position("billing", "status"));
        paidOn = position("billing", "paid_on");
        value = Math.max(position("contracts", "value"), position("billing", "value"));
        score = position("nps", "score");
    }

    private int position(String ofTable, String name) {
        return table.name().equals(ofTable)
                ? columns.stream().map(Column::name).toList().indexOf(name)
                : -1;
    }

    boolean hasVocabulary(int position) {
        return words[position] != null;
    }

    /// Notes a word.
    ///
    /// @param written as the file has it
    /// @param canonical as the row has it; null for a blank cell or one that was rejected
    /// @param said what the tenant says that it means, or null
    void word(int position, String written, @Nullable String canonical, @Nullable String said) {
        Words column = words[position];
        if (column == null) {
            return;
        }
        column.meaning = null;
        if (canonical == null && said == null) {
            return;
        }
        Word word = column.all.get(written);
        if (word == null) {
            Column of = columns.get(position);
            word = new Word(
                    said != null
                            ? said
                            : of.type() == ColumnType.BOOLEAN
                                    ? canonical
                                    : of.vocabulary().meaning(written));
            if (column.all.size() < REMEMBERED) {
                column.all.put(written, word);
            } else {
                word = column.rest;
            }
        }
        word.count++;
        column.meaning = word.meaning;
    }

    /// Notes an accepted row. Its words were noted before.
    void row(@Nullable String[] cells) {
        rows++;
        if (model >= 0 && means(model, "MRR", cells) && means(status, "active", cells)) {
            recurring++;
        }
        if (paidOn >= 0 && cells[paidOn] == null && means(status, "paid", cells)) {
            paidWithoutDate++;
        }
        if (value >= 0 && values == 0 && isNotZero(cells[value])) {
            values++;
        }
        if (score >= 0) {
            String cell = cells[score];
            if (cell != null) {
                scores++;
                if (cell.length() > 1 || cell.compareTo(OTHER_SCALE) > 0) {
                    highScores++;
                }
            }
        }
    }

    private boolean means(int position, String meaning, @Nullable String[] cells) {
        Words column = position < 0 ? null : words[position];
        return column != null && cells[position] != null && meaning.equals(column.meaning);
    }

    private static boolean isNotZero(@Nullable String number) {
        return number != null && number.chars().anyMatch(c -> c >= '1' && c <= '9');
    }

    /// The words of each column of the file with a vocabulary.
    List<ColumnWords> words() {
        List<ColumnWords> all = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            Words column = words[i];
            if (column != null && !column.all.isEmpty()) {
                all.add(new ColumnWords(
                        columns.get(i).name(),
                        sorted(column).limit(ColumnWords.LISTED).toList()));
            }
        }
        return all;
    }

    private static java.util.stream.Stream<ColumnWords.Word> sorted(Words column) {
        return column.all.entrySet().stream()
                .map(each -> new ColumnWords.Word(
                        each.getKey(),
                        each.getValue().count,
                        each.getValue().meaning == null ? ColumnWords.UNKNOWN : each.getValue().meaning))
                .sorted(Comparator.comparingLong(ColumnWords.Word::count)
                        .reversed()
                        .thenComparing(ColumnWords.Word::word));
    }

    /// @param used the columns that the file has
    /// @param ignored its headers that mean nothing
    List<Warning.Finding> warnings(Set<String> used, List<String> ignored) {
        List<Warning.Finding> warnings = new ArrayList<>();
        if (rows == 0) {
            return warnings; // Nothing counts, so nothing counts wrongly.
        }
        absent(warnings, "billing", "paid_on", WarningCode.NO_PAYMENT_DATE, used, ignored);
        absent(warnings, "support", "closed_on", WarningCode.NO_CLOSING_DATE, used, ignored);
        absent(warnings, "activities", "completed_on", WarningCode.NO_COMPLETION_DATE, used, ignored);
        if (paidWithoutDate > 0) {
            warnings.add(Warning.of(WarningCode.PAID_WITHOUT_DATE, paidWithoutDate, List.of()));
        }
        unknownWords(warnings);
        if (model >= 0 && recurring == 0) {
            warnings.add(Warning.of(WarningCode.NO_RECURRING_REVENUE, rows, List.of()));
        }
        if (value >= 0 && values == 0) {
            warnings.add(Warning.of(WarningCode.ZERO_VALUES, rows, List.of()));
        }
        if (scores >= SCORES && highScores == 0) {
            warnings.add(Warning.of(WarningCode.NPS_SCALE, scores, List.of()));
        }
        return warnings;
    }

    private void absent(
            List<Warning.Finding> warnings,
            String ofTable,
            String column,
            WarningCode code,
            Set<String> used,
            List<String> ignored) {
        if (table.name().equals(ofTable) && !used.contains(column)) {
            warnings.add(
                    ignored.isEmpty()
                            ? Warning.of(code, rows, List.of())
                            : Warning.of(
                                    code,
                                    Sentence.of(
                                            "ignored_headers",
                                            ignored.stream()
                                                    .limit(Warning.SAMPLES)
                                                    .map(header -> "`" + header + "`")
                                                    .toList()),
                                    rows,
                                    ignored));
        }
    }

    private void unknownWords(List<Warning.Finding> warnings) {
        List<String> samples = new ArrayList<>();
        Sentence more = null;
        long count = 0;
        for (int i = 0; i < words.length; i++) {
            Words column = words[i];
            if (column == null || isOpen(columns.get(i), column)) {
                continue;
            }
            count += column.rest.count;
            for (ColumnWords.Word word : sorted(column).toList()) {
                if (word.meaning().equals(ColumnWords.UNKNOWN)) {
                    count += word.count();
                    if (samples.isEmpty()) {
                        more = meaning(columns.get(i), word.word());
                    }
                    samples.add("%s: %s".formatted(columns.get(i).name(), word.word()));
                }
            }
        }
        if (count > 0) {
            warnings.add(
                    more == null
                            ? Warning.of(WarningCode.UNKNOWN_WORDS, count, samples)
                            : Warning.of(WarningCode.UNKNOWN_WORDS, more, count, samples));
        }
    }

    /// How to say what a word means.
    private Sentence meaning(Column column, String word) {
        return Sentence.of(
                "unknown_words.more",
                table.name(),
                column.name(),
                word.replace("\\", "\\\\").replace("\"", "\\\""),
                new TreeSet<>(column.vocabulary().meanings()));
    }

    /// People have all kinds of roles: those deserve a look only where nobody is a sponsor.
    private static boolean isOpen(Column column, Words words) {
        return column.name().equals("role") && words.all.values().stream().anyMatch(word -> word.meaning != null);
    }
}
