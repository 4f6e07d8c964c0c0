package clientkpis.local.invoke;

import org.jspecify.annotations.Nullable;

/// The invocation that a thread works for; threads that a handler starts work for the same one.
final class Invocation {
    private static final ThreadLocal<@Nullable Invocation> CURRENT = new InheritableThreadLocal<>();

    private final LambdaFunction function;
    private final String event;
    private volatile boolean dead;

    Invocation(LambdaFunction function, String event) {
        this.function = function;
        this.event = event;
    }

    static @Nullable Invocation current() {
        return CURRENT.get();
    }

    LambdaFunction function() {
        return function;
    }

    Engine engine() {
        return function.engine();
    }

    String event() {
        return event;
    }

    /// From now on its requests have no effect, in whichever thread: its process is gone.
    void die() {
        dead = true;
    }

    boolean isDead() {
        return dead;
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
