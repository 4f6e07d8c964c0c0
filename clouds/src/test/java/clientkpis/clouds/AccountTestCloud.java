package clientkpis.clouds;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An AWS account, the one of `AWS_PROFILE` in `AWS_REGION`, only ever used when `-Dclouds=account` asks for it. The
/// stack
/// is named by `-Dclouds.stack` and must not be there yet; what is deployed goes through the bucket of
/// `-Dclouds.artifacts`.
///
/// The last test deletes the stack. What the template retains, the data bucket and the tables, is left to its owner, as
/// is a stack whose tests failed: stderr names them at the end.
final class AccountTestCloud extends SamTestCloud {
    private static final String STACK = "clouds.stack";
    private static final String ARTIFACTS = "clouds.artifacts";

    static Optional<String> missing() {
        Optional<String> setting = Stream.of("AWS_PROFILE", "AWS_REGION")
                .filter(name -> System.getenv(name) == null)
                .map(name -> "Set the variable " + name + ".")
                .findFirst()
                .or(() -> Stream.of(STACK, ARTIFACTS)
                        .filter(name -> System.getProperty(name, "").isEmpty())
                        .map(name -> "Give -D" + name + "=NAME.")
                        .findFirst());
        return setting.or(() -> missingTools());
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
    String artifacts() {
        return System.getProperty(ARTIFACTS);
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
                        : "Of the stack " + stack() + " its bucket and its tables are still there.");
    }

    @Override
    public String toString() {
        return "account";
    }
}
