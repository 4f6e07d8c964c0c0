package clientkpis.activities;

import clientkpis.kpi.Texts;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Something to do with or for the client.
public record Activity(
        @Nullable LocalDate dueOn,
        @Nullable LocalDate completedOn,
        @Nullable String status) {

    /// Neither completed nor cancelled. A status never completes an activity, only its date does.
    public boolean isPending() {
        return completedOn == null && !Texts.isCancelled(status);
    }
}
