package clientkpis.cli.input;

import clientkpis.cli.words.Words;
import clientkpis.receipt.Sentence;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What programs leave in folders, and what is nobody's export.
final class Litter {
    /// In lower case.
    private static final Set<String> NAMES = Set.of("thumbs.db", "desktop.ini", "_success", "__macosx");

    private Litter() {}

    /// Why a file or folder is left alone, or null if it is an export.
    static @Nullable Sentence why(Path path) {
        String name = String.valueOf(path.getFileName());
        if (name.startsWith("~$")) {
            return Words.of("litter.lock");
        }
        if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            return Words.of("litter.program");
        }
        return name.startsWith(".") ? Words.of("litter.hidden") : null;
    }
}
