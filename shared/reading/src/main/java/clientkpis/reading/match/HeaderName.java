package clientkpis.reading.match;

import clientkpis.kpi.Texts;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a header says, word by word.
///
/// @param words folded, in order
/// @param concepts of the words that are known, without fillers
/// @param head the concept of the thing that it names, empty where it is not known: of `Organização do solicitante`,
///     and of `Requester organization`, the client
/// @param unknown how many words are not known
/// @param isUnknownThing whether the last word, which in English names the thing, is not known: `Customer interactions`
/// @param isCents whether it says that its amounts are in hundredths: `total_amount_cents`
/// @param zone in which it says that its instants are: `Created (UTC)`, `Started at (America/Lima)`; null for none
public record HeaderName(
        List<String> words,
        Set<String> concepts,
        String head,
        int unknown,
        boolean isUnknownThing,
        boolean isCents,
        @Nullable ZoneId zone) {
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})");
    private static final Pattern WORD = Pattern.compile("[\\p{L}]+|\\d+|#");
    private static final Pattern UNIT = Pattern.compile("\\((?:R\\$|US\\$|\\$|€|BRL|USD|EUR|%)\\)");
    private static final Pattern ZONE =
            Pattern.compile("\\(((?:America|Europe|Asia|Africa|Australia|Etc)/[\\w/+-]+)\\)");
    /// The words after one of these say what the thing before it belongs to.
    private static final Set<String> OF = Set.of("de", "do", "da", "dos", "das", "del", "of");
    /// In words. A header of more is a question.
    private static final int QUESTION = 7;

    static HeaderName of(String written, HeaderWords known) {
        List<String> words = new ArrayList<>();
        Matcher zone = ZONE.matcher(written);
        String plain = UNIT.matcher(zone.replaceAll(" ")).replaceAll(" ");
        Matcher word = WORD.matcher(CAMEL.matcher(plain).replaceAll(" "));
        while (word.find()) {
            words.add(Texts.fold(word.group()).toLowerCase(Locale.ROOT));
        }
        Set<String> concepts = new LinkedHashSet<>();
        int unknown = 0;
        boolean lastUnknown = false;
        String first = "";
        String last = "";
        for (int i = 0; i < words.size(); ) {
            HeaderWords.Phrase phrase = known.at(words, i);
            if (phrase != null) {
                concepts.add(phrase.concept());
                boolean filler = phrase.concept().equals(HeaderWords.FILLER);
                first = first.isEmpty() && !filler ? phrase.concept() : first;
                last = filler ? last : phrase.concept();
                lastUnknown &= phrase.concept().equals(HeaderWords.FILLER);
                i += phrase.length();
            } else {
                boolean digits = Character.isDigit(words.get(i).charAt(0));
                unknown += digits ? 0 : 1;
                lastUnknown |= !digits;
                i++;
            }
        }
        concepts.remove(HeaderWords.FILLER);
        return new HeaderName(
                words,
                concepts,
                words.stream().anyMatch(OF::contains) ? first : last,
                words.size() > QUESTION ? 0 : unknown,
                lastUnknown && concepts.size() < words.size() && words.size() > 1 && words.size() <= QUESTION,
                words.contains("cents") || words.contains("centavos"),
                words.contains("utc") || words.contains("gmt") ? ZoneOffset.UTC : zone(zone));
    }

    private static @Nullable ZoneId zone(Matcher named) {
        return named.reset().find() && ZoneId.getAvailableZoneIds().contains(named.group(1))
                ? ZoneId.of(named.group(1))
                : null;
    }
}
