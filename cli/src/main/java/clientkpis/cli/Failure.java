package clientkpis.cli;

import clientkpis.cli.input.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;

/// What went wrong, for the person at the terminal.
final class Failure {
    private Failure() {}

    /// The message of a failure. That of a file is only its path, and many errors have none.
    static String message(Throwable failure) {
        return switch (failure) {
            case UncheckedIOException unchecked -> message(Objects.requireNonNull(unchecked.getCause()));
            case FileSystemException file
            when file.getFile() != null && file.getReason() == null ->
                String.valueOf(Unreadable.because(Path.of(file.getFile()), file).getMessage());
            case OutOfMemoryError _ ->
                "The memory is full. Give it more, with the environment variable JDK_JAVA_OPTIONS=-Xmx4g.";
            case IOException full
            when String.valueOf(full.getMessage()).contains("No space left") ->
                "The disk is full. Make room, also in the folder for temporary files: " + full.getMessage();
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}
