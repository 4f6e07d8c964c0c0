package clientkpis.deployed;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The AWS account of `AWS_PROFILE` in `AWS_REGION`, used only when `-Dclouds=account` asks for it. The stack is named
/// by `-Dclouds.stack` and must not exist yet.
///
/// The last test deletes the stack. The owner has to delete what the template retains (the data bucket and the tables),
/// a stack whose tests failed, and the users that the tests created: stderr says so at the end.
final class AccountTestCloud extends SamTestCloud {
    private static final String STACK = "clouds.stack";

    static Optional<String> missing() {
        return Stream.of("AWS_PROFILE", "AWS_REGION")
                .filter(name -> System.getenv(name) == null)
                .map(name -> "Set the variable " + name + ".")
                .findFirst()
                .or(() -> System.getProperty(STACK, "").isEmpty()
                        ? Optional.of("Name the stack: -D" + STACK + "=NAME.")
                        : Optional.empty())
                .or(SamTestCloud::missingTools);
    }

    AccountTestCloud() {
        super(System.getProperty(STACK));
        if (exists(stack())) {
            throw new IllegalStateException(
                    "There is a stack " + stack() + " in the account already: give -D" + STACK + " another name.");
        }
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("AWS_PROFILE", System.getenv("AWS_PROFILE"), "AWS_REGION", System.getenv("AWS_REGION"));
    }

    @Override
    boolean enforcesPolicies() {
        return true;
    }

    @Override
    Path packaged(String template) {
        return packagedAsItIs(template, "account");
    }

    @Override
    public void close() {
        System.err.println(
                exists(stack())
                        ? "The stack " + stack() + " is still there: sam delete --stack-name " + stack()
                        : "Of the stack " + stack() + " its bucket, its tables and two users are still there.");
    }

    @Override
    public String toString() {
        return "account";
    }
}
