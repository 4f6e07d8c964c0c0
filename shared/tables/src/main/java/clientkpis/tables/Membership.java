package clientkpis.tables;

import org.jspecify.annotations.Nullable;

/// Where a client is counted: active and registered clients are the portfolio, the others are counted apart.
public enum Membership {
    PORTFOLIO,
    INACTIVE,
    UNREGISTERED;

    /// A client whose status was set by hand is inactive, registered or not.
    ///
    /// @param isRegistered whether a row of the registry names it
    /// @param status in force before rules
    public static Membership of(boolean isRegistered, @Nullable String status) {
        if (ClientStatus.isInactive(status)) {
            return INACTIVE;
        }
        return isRegistered ? PORTFOLIO : UNREGISTERED;
    }
}
