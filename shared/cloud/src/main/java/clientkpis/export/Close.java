package clientkpis.export;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A client at the close of a day.
///
/// @param mrr in the portfolio, never negative
/// @param client null if it was not in the client table
public record Close(BigDecimal mrr, @Nullable ClosedClient client) {
    static final Close ABSENT = new Close(BigDecimal.ZERO.setScale(2), null);
}
