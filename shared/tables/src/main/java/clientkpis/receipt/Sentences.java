package clientkpis.receipt;

import clientkpis.kpi.configuration.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/// The sentences that people read in one part of the product, each once per language: `sentences.pt-BR.properties` and
/// `sentences.en.properties`, in UTF-8, beside a class. A sentence is a format of [String#format]; `%2$s` where the
/// languages differ in their order.
public final class Sentences {
    /// Those of receipts, rejected rows and warnings.
    static final Sentences RECEIPTS = Sentences.beside(Sentences.class);

    private final Map<Language, Properties> byLanguage = new EnumMap<>(Language.class);

    private Sentences() {}

    /// @throws IllegalStateException when a file is missing
    public static Sentences beside(Class<?> type) {
        Sentences sentences = new Sentences();
        for (Language language : Language.values()) {
            Properties properties = new Properties();
            String name = "sentences." + language.tag() + ".properties";
            try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(name), name)) {
                properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            sentences.byLanguage.put(language, properties);
        }
        return sentences;
    }

    /// @param key of a sentence that every language has
    /// @param arguments for its places; those that are sentences are said in its language
    public Sentence say(String key, Object... arguments) {
        return new Sentence(this, key, arguments);
    }

    /// A sentence about some things.
    ///
    /// @param key of the sentence about none or several; that about one ends in `.one`
    public Sentence count(long count, String key, Object... arguments) {
        return say(count == 1 ? key + ".one" : key, arguments);
    }

    /// A sentence as its file has it.
    ///
    /// @throws IllegalArgumentException when there is none
    String pattern(String key, Language language) {
        String pattern = of(language).getProperty(key);
        if (pattern == null) {
            throw new IllegalArgumentException("No sentence " + key + " in " + language.tag());
        }
        return pattern;
    }

    public Set<String> keys(Language language) {
        return of(language).stringPropertyNames();
    }

    private Properties of(Language language) {
        return Objects.requireNonNull(byLanguage.get(language));
    }
}
