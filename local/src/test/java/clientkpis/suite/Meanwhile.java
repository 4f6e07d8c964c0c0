package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.invoke.Faults;
import clientkpis.local.invoke.Requests.Request;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes something happen just before a function makes a request, or makes that request fail.
public final class Meanwhile implements Faults {
    /// Of each queue of the template.
    private static final int ATTEMPTS = 5;

    private record Moment(Predicate<Request> request, Runnable happens, Fault fault) {}

    private record Kill(String function, String of, AtomicInteger left) {}

    private volatile @Nullable Kill killed;
    private final List<Moment> ahead = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    /// Once, before the next such request of a function.
    ///
    /// @param of table or key that the request names, to its beginning
    public void before(String function, String operation, String of, Runnable happens) {
        before(function, operation, of, happens, Fault.NONE);
    }

    /// The next such request fails.
    public void fails(String function, String operation, String of, Fault fault) {
        before(function, operation, of, () -> {}, fault);
    }

    /// A function dies before one of its requests that are made for an event.
    ///
    /// @param of what the event has
    /// @param nth which of these requests, from 1; nothing happens if there are fewer
    public void kills(String function, String of, int nth) {
        killed = new Kill(function, of, new AtomicInteger(nth));
    }

    /// The next such request fails, in every attempt that its message has.
    public void failsForGood(String function, String operation, String of) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            fails(function, operation, of, Fault.BEFORE);
        }
    }

    /// Something happens, then the request fails.
    public void before(String function, String operation, String of, Runnable happens, Fault fault) {
        ahead.add(new Moment(
                request -> request.function().equals(function)
                        && request.operation().equals(operation)
                        && request.accesses().stream()
                                .anyMatch(access -> access.resource().equals(of)
                                        || access.key().startsWith(of)),
                happens,
                fault));
    }

    @Override
    public Fault decide(Request request, String event) {
        Kill kill = killed;
        if (kill != null
                && request.function().equals(kill.function())
                && event.contains(kill.of())
                && kill.left().decrementAndGet() == 0) {
            return Fault.KILLED;
        }
        return decide(request);
    }

    @Override
    public Fault decide(Request request) {
        for (Moment moment : List.copyOf(ahead)) {
            if (moment.request().test(request) && ahead.remove(moment)) {
                run(moment.happens());
                return moment.fault();
            }
        }
        return Fault.NONE;
    }

    /// Runs in another thread, whose requests are not the function's.
    private void run(Runnable happens) {
        try {
            Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
                    .start(happens)
                    .join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(e);
        }
    }

    /// Forgets what did not happen.
    public void assertAllHappened() {
        List<Moment> left = List.copyOf(ahead);
        ahead.clear();
        assertThat(failures).isEmpty();
        assertThat(left).as("what should have happened meanwhile").isEmpty();
    }
}
