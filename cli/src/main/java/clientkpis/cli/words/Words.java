package clientkpis.cli.words;

import clientkpis.kpi.configuration.Language;
import clientkpis.receipt.Sentence;
import clientkpis.receipt.Sentences;
import clientkpis.tables.NumberText;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The words of one run of the command line, in its language.
public record Words(Language language) {
    private static final Sentences SENTENCES = Sentences.beside(Words.class);

    /// In the language of the terminal, as its environment says it: the first of `LC_ALL`, `LC_MESSAGES` and `LANG`,
    /// else what the system says.
    public static Words of(Map<String, String> environment, Locale system) {
        String said = Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(system.getLanguage());
        return new Words(said.startsWith("pt") ? Language.PORTUGUESE : Language.ENGLISH);
    }

    /// A sentence that is said later.
    public static Sentence of(String key, Object... arguments) {
        return SENTENCES.say(key, arguments);
    }

    public String say(String key, Object... arguments) {
        return of(key, arguments).in(language);
    }

    public String say(Sentence sentence) {
        return sentence.in(language);
    }

    /// A count of things, as `1 row` or `1,500 rows`.
    ///
    /// @param key of the word for more than one; the one for one ends in `.one`
    public String count(long count, String key) {
        return counted(count, key, count);
    }

    /// A sentence about some things.
    ///
    /// @param key of the one about more than one; the one about one ends in `.one`
    public String counted(long count, String key, Object... arguments) {
        return say(SENTENCES.count(count, key, arguments));
    }

    public NumberText numbers() {
        return new NumberText(language);
    }

    public String number(long number) {
        return numbers().whole(number);
    }

    /// A word of the product, such as a situation or a band, as its people say it.
    public String term(String canonical) {
        return SENTENCES.keys(language).contains("term." + canonical) ? say("term." + canonical) : canonical;
    }
}
