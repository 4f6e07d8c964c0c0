package clientkpis.intake;

import clientkpis.receipt.Receipt;

/// Whether an object's place in its table's folder makes it a snapshot of the table, and whether the guard checks it.
enum Snapshot {
    /// An upsert.
    NONE,
    GUARDED,
    CONFIRMED;

    private static final String FOLDER = "snapshot/";
    private static final String CONFIRM = FOLDER + "confirm/";

    /// @param path of the object in the table's folder
    static Snapshot of(String path) {
        return path.startsWith(CONFIRM) ? CONFIRMED : path.startsWith(FOLDER) ? GUARDED : NONE;
    }

    /// The key that confirms the guarded snapshot of this key.
    static String confirming(String key) {
        return key.replaceFirst("/" + FOLDER, "/" + CONFIRM);
    }

    Receipt.Mode mode() {
        return this == NONE ? Receipt.Mode.UPSERT : Receipt.Mode.SNAPSHOT;
    }
}
