package clientkpis.local.invoke;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The invocation that a thread works for; threads that a handler starts work for the same.
///
/// @param function the function's logical id
public record Invocation(
        String function, Requests requests, @Nullable Faults faults, Consumer<String> log) {
    private static final ThreadLocal<@Nullable Invocation> CURRENT = new InheritableThreadLocal<>();

    static @Nullable Invocation current() {
        return CURRENT.get();
    }

    interface Work<T> {
        T run() throws Exception;
    }

    <T> T during(Work<T> work) throws Exception {
        CURRENT.set(this);
        try {
            return work.run();
        } finally {
            CURRENT.remove();
        }
    }
}
