package clientkpis.kpi.client;

/// Why a client was evaluated, so that a change of weights is never taken for a change of behaviour.
public sealed interface Cause {
    /// @param table the upload's table
    /// @param upload the upload's id, as its receipt is named
    record Upload(String table, String upload) implements Cause {}

    record Daily() implements Cause {}

    record NewConfiguration() implements Cause {}

    /// @param upload the id of the upload of overrides
    record Override(String upload) implements Cause {}

    default String label() {
        return switch (this) {
            case Upload u -> "upload";
            case Daily d -> "daily";
            case NewConfiguration c -> "configuration";
            case Override o -> "override";
        };
    }
}
