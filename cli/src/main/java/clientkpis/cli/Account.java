package clientkpis.cli;

import clientkpis.cli.input.UsageException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/// What the commands share that work on a deployed stack, in the account that the environment leads to.
final class Account {
    /// How the SDK says that the environment has no region or no credentials, before a list of where it looked.
    private static final String NOWHERE = " from any of the providers in the chain";

    private Account() {}

    /// A name that an option gives, or the variable that is the option's default.
    static String given(@Nullable String value, String option, String variable) {
        if (value == null || value.isBlank()) {
            throw new UsageException(
                    "Neither %s nor the environment variable %s says which. kpis serve prints it, and a deployed stack has it in its outputs."
                            .formatted(option, variable));
        }
        return value;
    }

    /// What a failed request means for the command.
    ///
    /// @param soFar what was done until then
    static RuntimeException stopped(SdkException failure, String soFar) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains(NOWHERE)) {
            return new UsageException(message.substring(0, message.indexOf(NOWHERE))
                    + ". Set AWS_REGION, and AWS_PROFILE or other credentials, as for any program with an AWS SDK.");
        }
        return new IllegalStateException("Stopped after %s: %s".formatted(soFar, message), failure);
    }
}
