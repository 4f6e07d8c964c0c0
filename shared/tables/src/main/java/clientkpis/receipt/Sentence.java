package clientkpis.receipt;

import clientkpis.kpi.configuration.Language;
import clientkpis.tables.NumberText;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A sentence that is said once it is known in which language.
public final class Sentence {
    private final Sentences sentences;
    private final String key;
    private final List<Object> arguments;

    Sentence(Sentences sentences, String key, Object... arguments) {
        this.sentences = sentences;
        this.key = key;
        // A view of a collection is equal to itself only, and may change.
        this.arguments = Arrays.stream(arguments)
                .<Object>map(argument -> argument instanceof Collection<?> many ? List.copyOf(many) : argument)
                .toList();
    }

    /// One of receipts, rejected rows and warnings; see [Sentences#say].
    public static Sentence of(String key, Object... arguments) {
        return Sentences.RECEIPTS.say(key, arguments);
    }

    /// The same in the form for one thing, or for more; see [Sentences#count].
    public static Sentence count(long count, String key, Object... arguments) {
        return Sentences.RECEIPTS.count(count, key, arguments);
    }

    public String in(Language language) {
        String pattern = sentences.pattern(key, language);
        return arguments.isEmpty()
                ? pattern
                : String.format(
                        Locale.forLanguageTag(language.tag()),
                        pattern,
                        arguments.stream().map(one -> said(one, language)).toArray());
    }

    private static Object said(Object argument, Language language) {
        return switch (argument) {
            case Sentence sentence -> sentence.in(language);
            case BigDecimal number -> new NumberText(language).exact(number);
            case Collection<?> many ->
                many.stream().map(one -> String.valueOf(said(one, language))).collect(Collectors.joining(", "));
            default -> argument;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sentence that && key.equals(that.key) && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return Arrays.asList(key, arguments).hashCode();
    }

    @Override
    public String toString() {
        return in(Language.ENGLISH);
    }
}
