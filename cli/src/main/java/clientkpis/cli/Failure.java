package clientkpis.cli;

import clientkpis.cli.input.Unreadable;
import clientkpis.cli.words.SaidException;
import clientkpis.cli.words.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;

/// What went wrong, for the person at the terminal.
final class Failure {
    private Failure() {}

    /// The message of a failure. That of a file is only its path, and many errors have none.
    static String message(Throwable failure, Words words) {
        return switch (failure) {
            case SaidException said -> said.in(words);
            case UncheckedIOException unchecked -> message(Objects.requireNonNull(unchecked.getCause()), words);
            case FileSystemException file
            when file.getFile() != null && file.getReason() == null ->
                Unreadable.because(Path.of(file.getFile()), file).in(words);
            case OutOfMemoryError _ -> words.say("failure.memory");
            case IOException full
            when String.valueOf(full.getMessage()).contains("No space left") ->
                words.say("failure.disk", String.valueOf(full.getMessage()));
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}
