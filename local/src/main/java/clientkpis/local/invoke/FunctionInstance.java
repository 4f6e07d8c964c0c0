package clientkpis.local.invoke;

import clientkpis.local.instance.LambdaContext;

/// An instance of a function: it handles one event at a time, and is kept for the next one.
interface FunctionInstance extends AutoCloseable {
    /// @return the answer
    /// @throws ExitedException if the instance has ended and is of no further use
    String handle(String event, LambdaContext context) throws Exception;

    /// Ends the instance, whatever it is doing.
    @Override
    void close();

    /// The instance ended before it answered.
    final class ExitedException extends Exception {
        private static final long serialVersionUID = 1;

        private final String said;

        ExitedException(String said) {
            super(said);
            this.said = said;
        }

        String said() {
            return said;
        }
    }
}
