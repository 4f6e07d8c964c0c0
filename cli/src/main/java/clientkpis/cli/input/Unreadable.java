package clientkpis.cli.input;

import clientkpis.cli.words.Words;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Input that cannot be read, as one line that says what, why and what to do.
public final class Unreadable {
    private Unreadable() {}

    /// The exception for a file or folder that could not be opened.
    public static UsageException because(Path path, IOException failure) {
        return new UsageException(
                switch (failure) {
                    case AccessDeniedException _ -> Words.of("unreadable.denied", path);
                    case FileSystemLoopException _ -> Words.of("unreadable.loop", path);
                    case NoSuchFileException _ -> Words.of("unreadable.missing", path);
                    default -> Words.of("unreadable.other", path, String.valueOf(failure.getMessage()));
                });
    }

    /// Fails unless it is a file that can be read.
    public static void check(Path file) {
        if (Files.isDirectory(file)) {
            throw new UsageException(Words.of("unreadable.folder", file));
        }
        if (!Files.exists(file)) {
            throw new UsageException(
                    Files.isSymbolicLink(file)
                            ? Words.of("unreadable.broken_link", file)
                            : Words.of("unreadable.missing", file));
        }
        if (!Files.isRegularFile(file)) {
            throw new UsageException(Words.of("unreadable.pipe", file));
        }
        if (!Files.isReadable(file)) {
            throw because(file, new AccessDeniedException(file.toString()));
        }
    }
}
