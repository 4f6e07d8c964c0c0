package clientkpis.billing;

import clientkpis.kpi.Texts;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A title: something billed to the client.
public record Title(
        BigDecimal value,
        LocalDate dueOn,
        @Nullable LocalDate issuedOn,
        @Nullable LocalDate paidOn,
        @Nullable String status) {

    public boolean isCancelled() {
        return Texts.isCancelled(status);
    }

    /// Not paid: a date of payment in the future is a payment.
    public boolean isOpen() {
        return paidOn == null && !isCancelled();
    }
}
