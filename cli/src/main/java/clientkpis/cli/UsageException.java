package clientkpis.cli;

/// What was asked for cannot be done as asked. The message says what is wrong, where, and what to do.
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }
}
