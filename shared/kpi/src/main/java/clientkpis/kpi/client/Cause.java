package clientkpis.kpi.client;

/// Why a client was evaluated, so that a change of weights is never mistaken for a change of behaviour.
public sealed interface Cause {
    /// @param table the upload's table
    /// @param upload the upload's id, which also names its receipt
    record Upload(String table, String upload) implements Cause {}

    record Daily() implements Cause {}

    record NewConfiguration() implements Cause {}

    /// Values that were set by hand.
    ///
    /// @param upload the id of the upload of overrides
    record Override(String upload) implements Cause {
        public static final String TABLE = "overrides";

        public String table() {
            return TABLE;
        }
    }

    /// An upload as a cause: an [Override] when its table holds the values that are set by hand.
    static Cause of(String table, String upload) {
        return table.equals(Override.TABLE) ? new Override(upload) : new Upload(table, upload);
    }

    default String label() {
        return switch (this) {
            case Upload u -> "upload";
            case Daily d -> "daily";
            case NewConfiguration c -> "configuration";
            case Override o -> "override";
        };
    }
}
