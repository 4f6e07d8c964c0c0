package clientkpis.cli;

import clientkpis.cli.words.Words;
import clientkpis.kpi.configuration.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import picocli.CommandLine;

/// The help of the commands. Their annotations say it in English, and `help.pt-BR.properties` in Portuguese.
final class Help {
    private Help() {}

    /// Says the help of all commands in a language.
    static void in(Words words, CommandLine all) {
        if (words.language() == Language.PORTUGUESE) {
            all.setResourceBundle(portuguese());
        }
    }

    static ResourceBundle portuguese() {
        String name = "help.pt-BR.properties";
        try (var in = Objects.requireNonNull(Help.class.getResourceAsStream(name), name)) {
            return new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
