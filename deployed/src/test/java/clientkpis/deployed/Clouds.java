package clientkpis.deployed;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Which clouds the tests run on: those that `-Dclouds=local,ministack,localstack,account` names. By default, all that
/// are installed except the account, which costs money and holds data, and so is used only when named.
final class Clouds {
    private static final List<String> ASKED = List.of(
                    System.getProperty("clouds", "").split(","))
            .stream()
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    private static final String ACCOUNT = "account";
    /// The clouds that a CI has by default.
    private static final Set<String> PROVIDED = Set.of("local", "ministack");

    private Clouds() {}

    /// Why the tests of a cloud are skipped, if they are. A missing cloud is also reported on stderr. On a CI it is a
    /// failure, because a CI has all clouds except those that need a Docker engine or an account, unless it names them.
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
