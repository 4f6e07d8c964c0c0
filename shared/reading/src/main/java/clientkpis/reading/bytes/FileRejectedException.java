package clientkpis.reading.bytes;

import clientkpis.tables.FileCode;
import java.io.IOException;

/// The file is rejected as a whole. An `IOException`, so that it passes through the readers between the bytes and the
/// caller.
public final class FileRejectedException extends IOException {
    private final FileCode code;

    /// @param message what is wrong, where, and what to do about it
    public FileRejectedException(FileCode code, String message) {
        super(message);
        this.code = code;
    }

    public FileCode code() {
        return code;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
