package clientkpis.receipt;

import java.util.List;

/// The words of a column with a vocabulary that a file has, the most frequent first, and what they mean.
///
/// @param words the first [#LISTED]
public record ColumnWords(String column, List<Word> words) {
    public static final int LISTED = 50;
    /// The meaning of a word that the vocabulary does not have.
    public static final String UNKNOWN = "unknown";

    /// @param word as the file has it, its first 80 characters
    /// @param meaning a meaning of the column's vocabulary, or [#UNKNOWN]
    public record Word(String word, long count, String meaning) {
        public Word {
            word = Receipt.Problem.shown(word);
        }
    }

    public ColumnWords {
        words = List.copyOf(words);
    }
}
