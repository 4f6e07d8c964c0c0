package clientkpis.export;

import clientkpis.tables.Membership;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a line of an export says of a client, as far as it decides where the client and its money are counted.
public record ClosedClient(
        String clientId,
        @Nullable BigDecimal mrr,
        @Nullable LocalDate firstMrrOn,
        @Nullable String status,
        @Nullable String cs,
        @Nullable String segment,
        @Nullable String plan,
        @Nullable String size,
        @Nullable Sources sources) {
    private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(2);

    /// @param row a line of an export
    public static ClosedClient of(JsonNode row) {
        JsonNode mrr = row.path("mrr");
        String firstMrrOn = row.path("firstMrrOn").textValue();
        JsonNode sources = row.path("sources");
        return new ClosedClient(
                row.path("clientId").asText(),
                mrr.isNumber() ? mrr.decimalValue() : null,
                firstMrrOn == null ? null : LocalDate.parse(firstMrrOn),
                row.path("status").textValue(),
                row.path("cs").textValue(),
                row.path("segment").textValue(),
                row.path("plan").textValue(),
                row.path("size").textValue(),
                new Sources(Source.of(sources.path("name")), Source.of(sources.path("status"))));
    }

    /// Where the fields come from that decide where a client is counted.
    record Sources(@Nullable Source name, @Nullable Source status) {}

    /// @param value only of a source that is below another
    record Source(
            @Nullable String source,
            @Nullable JsonNode value,
            @Nullable Source below) {
        static @Nullable Source of(JsonNode source) {
            return source.isObject()
                    ? new Source(source.path("source").textValue(), source.get("value"), of(source.path("below")))
                    : null;
        }
    }

    /// Every row of the registry has a name, and no other table gives one.
    public boolean isRegistered() {
        Source source = sources == null ? null : sources.name();
        while (source != null && !"integration".equals(source.source())) {
            source = source.below();
        }
        return source != null;
    }

    /// Where it is counted.
    ///
    /// @param hasRegistry whether any client is registered; if none is, all are the portfolio
    public Membership membership(boolean hasRegistry) {
        return Membership.of(!hasRegistry || isRegistered(), statusBeforeRules());
    }

    /// Its MRR in the portfolio: 0 for a client that is counted apart. A negative one, of credits, counts as 0.
    ///
    /// @param hasRegistry whether any client is registered; if none is, all are the portfolio
    BigDecimal portfolioMrr(boolean hasRegistry) {
        if (mrr == null || mrr.signum() <= 0) {
            return NOTHING;
        }
        return membership(hasRegistry) == Membership.PORTFOLIO ? mrr : NOTHING;
    }

    public @Nullable String statusBeforeRules() {
        Source source = sources == null ? null : sources.status();
        if (source == null || !"rule".equals(source.source())) {
            return status;
        }
        Source below = source.below();
        return below == null || below.value() == null ? null : below.value().textValue();
    }
}
