package clientkpis.reading;

import clientkpis.tables.FileCode;
import java.io.IOException;

/// The file cannot be taken: it is rejected whole. An `IOException`, so that it passes through the readers that stand
/// between the bytes and whoever judges them.
final class Refused extends IOException {
    private final FileCode code;

    /// @param message what is wrong, where, and what to do about it
    Refused(FileCode code, String message) {
        super(message);
        this.code = code;
    }

    FileCode code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
