package clientkpis.reading.match;

import clientkpis.kpi.Texts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a header says, word by word.
///
/// @param words folded, in order
/// @param concepts of the words that are known, without fillers
/// @param unknown how many words are not known
/// @param isUtc whether it says that its instants are in UTC: `Created (UTC)`
/// @param isCents whether it says that its amounts are in hundredths: `total_amount_cents`
record HeaderName(List<String> words, Set<String> concepts, int unknown, boolean isUtc, boolean isCents) {
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern WORD = Pattern.compile("[\\p{L}]+|\\d+|#");
    private static final Pattern UNIT = Pattern.compile("\\((?:R\\$|US\\$|\\$|€|BRL|USD|EUR|%)\\)");
    /// In words. A header of more is a question.
    private static final int QUESTION = 7;

    static HeaderName of(String written, HeaderWords known) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(
                CAMEL.matcher(UNIT.matcher(written).replaceAll(" ")).replaceAll(" "));
        while (word.find()) {
            words.add(Texts.fold(word.group()).toLowerCase(Locale.ROOT));
        }
        Set<String> concepts = new LinkedHashSet<>();
        int unknown = 0;
        for (int i = 0; i < words.size(); ) {
            HeaderWords.Phrase phrase = known.at(words, i);
            if (phrase != null) {
                concepts.add(phrase.concept());
                i += phrase.length();
            } else {
                unknown += Character.isDigit(words.get(i).charAt(0)) ? 0 : 1;
                i++;
            }
        }
        concepts.remove(HeaderWords.FILLER);
        return new HeaderName(
                words,
                concepts,
                words.size() > QUESTION ? 0 : unknown,
                words.contains("utc") || words.contains("gmt"),
                words.contains("cents") || words.contains("centavos"));
    }
}
