package clientkpis.cli.input;

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
    static @Nullable String why(Path path) {
        String name = String.valueOf(path.getFileName());
        if (name.startsWith("~$")) {
            return "the lock of an open workbook";
        }
        if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            return "left by a program, not an export";
        }
        return name.startsWith(".") ? "hidden" : null;
    }
}
