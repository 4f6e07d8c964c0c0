package clientkpis.cli;

import clientkpis.cli.input.UsageException;
import clientkpis.cli.words.SaidException;
import clientkpis.cli.words.Words;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/// What the commands share that work on a deployed stack, in the account that the environment points to.
final class Account {
    /// Follows the SDK's message that the environment has no region or no credentials, before a list of where it
    /// looked.
    private static final String NOWHERE = " from any of the providers in the chain";

    private Account() {}

    /// The value of an option, whose default is an environment variable.
    static String given(@Nullable String value, String option, String variable) {
        if (value == null || value.isBlank()) {
            throw new UsageException(Words.of("account.not_set", option, variable));
        }
        return value;
    }

    /// The exception that ends the command after a failed request.
    ///
    /// @param soFar what was done before it
    static RuntimeException stopped(SdkException failure, String soFar) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains(NOWHERE)) {
            return new UsageException(
                    Words.of(message.contains("region") ? "account.no_region" : "account.no_credentials"));
        }
        return new SaidException(Words.of("account.stopped", soFar, message));
    }
}
