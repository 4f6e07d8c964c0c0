package clientkpis.kpi;

/// What is known by a word outside of the code: in stored JSON, events, receipts.
public interface Labelled {
    /// The word; it never changes.
    String label();
}
