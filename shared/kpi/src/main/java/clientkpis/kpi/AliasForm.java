package clientkpis.kpi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The form in which ids and names of clients compare where one is to be an alias of another: without case, accents,
/// punctuation and the legal form at the end of a name. A CNPJ or CPF compares as its digits, all of them.
public final class AliasForm {
    private static final Set<String> LEGAL = Set.of(
            "ltda",
            "limitada",
            "me",
            "mei",
            "epp",
            "eireli",
            "sa",
            "cia",
            "slu",
            "inc",
            "llc",
            "ltd",
            "limited",
            "corp",
            "gmbh",
            "ag",
            "bv",
            "srl",
            "sas",
            "plc",
            "co");

    private AliasForm() {}

    /// Texts that compare as equal have equal forms. A text without letters and digits is its own form.
    public static String of(String text) {
        String id = TaxId.printed(text).orElse(text);
        List<String> words = words(Texts.fold(id));
        if (words.isEmpty()) {
            return text;
        }
        // An id has no spaces; before a legal form there is one.
        if (text.strip().indexOf(' ') > 0) {
            int last = words.size();
            while (last > 1) {
                if (LEGAL.contains(words.get(last - 1))) {
                    last--;
                } else if (last > 2
                        && words.get(last - 1).equals("a")
                        && words.get(last - 2).equals("s")) {
                    last -= 2; // S.A., S/A
                } else {
                    break;
                }
            }
            words = words.subList(0, last);
        }
        return String.join("", words);
    }

    /// An id without punctuation and the zeros in front: ids with the same are probably one client's, because a
    /// spreadsheet took one for a number.
    public static String likeness(String id) {
        StringBuilder form = new StringBuilder();
        id.codePoints()
                .filter(Character::isLetterOrDigit)
                .filter(c -> c != '0' || !form.isEmpty())
                .forEach(form::appendCodePoint);
        return form.toString();
    }

    /// The form in which two ids that nobody registered resemble each other: how they compare as aliases, without the
    /// zeros in front. Empty where nothing is left to compare.
    public static String resemblance(String id) {
        return likeness(of(id));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c)) {
                word.appendCodePoint(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
