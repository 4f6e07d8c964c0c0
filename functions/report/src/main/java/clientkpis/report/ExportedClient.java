package clientkpis.report;

import clientkpis.export.ClosedClient;
import clientkpis.tables.Membership;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A client as `refresh` exported it.
record ExportedClient(JsonNode row) {
    private static final int SOON = 90;

    String clientId() {
        return row.path("clientId").asText();
    }

    String situation() {
        return row.path("situation").asText("neutral");
    }

    /// `none` without a score.
    String band() {
        return row.path("senseScoreBand").asText("none");
    }

    BigDecimal mrr() {
        return row.path("mrr").decimalValue();
    }

    @Nullable
    String cs() {
        return row.path("cs").textValue();
    }

    /// Whether a renewal is due within 90 days.
    boolean renewsSoon() {
        JsonNode remaining = row.path("daysToRenewal");
        return remaining.isNumber() && remaining.asInt() >= 0 && remaining.asInt() <= SOON;
    }

    /// Where it is counted if any client is registered.
    Membership membership() {
        return ClosedClient.of(row).membership(true);
    }
}
