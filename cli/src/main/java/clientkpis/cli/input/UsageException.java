package clientkpis.cli.input;

/// What was asked for cannot be done as asked. The message says what is wrong, where, and what to do.
public final class UsageException extends RuntimeException {
    public UsageException(String message) {
        super(message);
    }
}
