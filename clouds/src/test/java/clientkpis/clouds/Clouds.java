package clientkpis.clouds;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/// Which clouds the tests run on: those that `-Dclouds=local,ministack,localstack,account` names. Without it all that
/// belong to nobody, where they are; what an account costs and holds is somebody's, so it is only ever used by name.
final class Clouds {
    private static final List<String> ASKED = List.of(
                    System.getProperty("clouds", "").split(","))
            .stream()
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    private static final String ACCOUNT = "account";

    private Clouds() {}

    /// Lets the tests of a cloud go on, or has them reported as skipped. On a CI that asked for it by name a missing
    /// cloud is a failure.
    ///
    /// @param missing what is missing and what to do about it
    static void assume(String cloud, Supplier<Optional<String>> missing) {
        boolean asked = ASKED.contains(cloud);
        Assumptions.assumeTrue(
                asked || (ASKED.isEmpty() && !cloud.equals(ACCOUNT)), () -> "Nobody asked for " + cloud + ".");
        Optional<String> lacking = missing.get();
        if (lacking.isPresent()) {
            String message = "NOT TESTED: the deployed stack on " + cloud + ". " + lacking.get();
            System.err.println(message);
            if (asked && "true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(message);
            }
            Assumptions.abort(message);
        }
    }
}
