package clientkpis.local.invoke;

import org.jspecify.annotations.Nullable;

/// The invocation that a thread works for; threads that a handler starts work for the same one.
///
/// @param function the function's logical id
record Invocation(String function, Engine engine) {
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
