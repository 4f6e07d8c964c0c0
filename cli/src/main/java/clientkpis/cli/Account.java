package clientkpis.cli;

import clientkpis.cli.input.UsageException;
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
            throw new UsageException(
                    "Neither %s nor the environment variable %s is set. kpis serve prints its value, and a deployed stack has it in its outputs."
                            .formatted(option, variable));
        }
        return value;
    }

    /// The exception that ends the command after a failed request.
    ///
    /// @param soFar what was done before it
    static RuntimeException stopped(SdkException failure, String soFar) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains(NOWHERE)) {
            return new UsageException(message.substring(0, message.indexOf(NOWHERE))
                    + ". Set AWS_REGION, and AWS_PROFILE or other credentials, as for any program with an AWS SDK.");
        }
        return new IllegalStateException("Stopped after %s: %s".formatted(soFar, message), failure);
    }
}
