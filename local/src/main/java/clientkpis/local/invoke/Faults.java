package clientkpis.local.invoke;

import clientkpis.local.invoke.Requests.Request;

/// Decides whether each request of a function fails, so that a test can make a function die between two requests.
@FunctionalInterface
public interface Faults {
    /// Whether and when a request fails.
    enum Fault {
        NONE,
        /// It fails without effect.
        BEFORE,
        /// It took effect, but the caller sees an error.
        AFTER
    }

    /// Called before the request is sent, on the function's own thread.
    Fault decide(Request request);
}
