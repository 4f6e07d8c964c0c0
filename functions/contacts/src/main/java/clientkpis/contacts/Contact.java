package clientkpis.contacts;

import clientkpis.kpi.Texts;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A person at the client.
public record Contact(
        String contactId,
        String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String role,
        @Nullable Boolean active,
        @Nullable LocalDate registeredOn) {

    /// An active sponsor; who is not said to be active is not.
    public boolean isSponsor() {
        return role != null && Texts.fold(role).equals("sponsor") && Boolean.TRUE.equals(active);
    }
}
