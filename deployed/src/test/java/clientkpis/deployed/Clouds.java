package clientkpis.deployed;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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
    /// What a CI has without being asked.
    private static final Set<String> PROVIDED = Set.of("local", "ministack");

    private Clouds() {}

    /// Why the tests of a cloud are to be skipped, if they are. Where the cloud is missing that is also said on stderr.
    /// On a CI it is a failure: it has them all, but for those that need a Docker engine or an account and that it did
    /// not ask for.
    ///
    /// @param missing what is missing and what to do about it
    static Optional<String> absent(String cloud, Supplier<Optional<String>> missing) {
        boolean asked = ASKED.contains(cloud);
        if (!asked && !(ASKED.isEmpty() && !cloud.equals(ACCOUNT))) {
            return Optional.of("Nobody asked for " + cloud + ".");
        }
        Optional<String> absent = missing.get().map(what -> "NOT TESTED: the deployed stack on " + cloud + ". " + what);
        absent.ifPresent(System.err::println);
        if (absent.isPresent() && (asked || PROVIDED.contains(cloud)) && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(absent.get());
        }
        return absent;
    }
}
