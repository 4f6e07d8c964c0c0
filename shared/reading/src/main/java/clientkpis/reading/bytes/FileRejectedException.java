package clientkpis.reading.bytes;

import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import java.io.IOException;

/// The file is rejected as a whole. An `IOException`, so that it passes through the readers between the bytes and the
/// caller.
public final class FileRejectedException extends IOException {
    private final FileCode code;
    private final transient Sentence sentence;

    /// @param message what is wrong, where, and what to do about it
    public FileRejectedException(FileCode code, Sentence message) {
        super(message.toString());
        this.code = code;
        sentence = message;
    }

    public FileCode code() {
        return code;
    }

    public Sentence sentence() {
        return sentence;
    }
}
