package clientkpis.cli.input;

/// The command cannot do what it was asked to. The message says what is wrong, where, and what to do.
public final class UsageException extends RuntimeException {
    public UsageException(String message) {
        super(message);
    }
}
