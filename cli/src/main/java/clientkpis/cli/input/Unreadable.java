package clientkpis.cli.input;

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
                    case AccessDeniedException _ ->
                        path + " cannot be opened: permission denied. Allow it (chmod u+rX), or move it elsewhere.";
                    case FileSystemLoopException _ -> path + " is a link to a folder that holds it. Remove the link.";
                    case NoSuchFileException _ -> path + " does not exist.";
                    default -> "%s cannot be read: %s".formatted(path, failure.getMessage());
                });
    }

    /// Fails unless it is a file that can be read.
    public static void check(Path file) {
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a folder. Give a file.");
        }
        if (!Files.exists(file)) {
            throw new UsageException(
                    Files.isSymbolicLink(file)
                            ? file + " is a link to a file that does not exist. Remove the link."
                            : file + " does not exist.");
        }
        if (!Files.isRegularFile(file)) {
            throw new UsageException(file + " is not a file, but a pipe or a device.");
        }
        if (!Files.isReadable(file)) {
            throw because(file, new AccessDeniedException(file.toString()));
        }
    }
}
