package clientkpis.events;

/// A published event: the record's name is the `detail-type`, and its components are the members of the `detail`, in
/// the order in which they are written. A component that is null is absent.
public sealed interface Event
        permits SituationChanged,
                ClientChurned,
                ClientReturned,
                UploadApplied,
                UploadRejected,
                RecalculationCompleted,
                ReportReady,
                MaturityAssessed,
                ConfigurationActivated,
                ConfigurationRejected,
                ErasureCompleted,
                ErasureRejected,
                RehearsalCompleted,
                RehearsalRejected {

    /// The same at every retry, so that a consumer can drop duplicates.
    String id();

    static String detailType(Class<? extends Event> type) {
        return type.getSimpleName();
    }
}
