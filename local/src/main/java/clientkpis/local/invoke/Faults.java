package clientkpis.local.invoke;

import clientkpis.local.invoke.Requests.Request;

/// Decides for each request of a function whether it fails, so that a test can let a function die between two calls.
@FunctionalInterface
public interface Faults {
    /// Whether and when a request fails.
    enum Fault {
        NONE,
        /// It fails and had no effect.
        BEFORE,
        /// It took effect, and the caller does not hear of it.
        AFTER
    }

    /// Called before the request is sent, on the function's own thread.
    Fault decide(Request request);
}
