package clientkpis.json;

import clientkpis.kpi.rehearsal.statistic.Auc;
import clientkpis.kpi.rehearsal.statistic.Difference;
import clientkpis.kpi.rehearsal.statistic.Interval;
import clientkpis.kpi.rehearsal.statistic.Share;
import clientkpis.kpi.score.Band;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shares, AUCs and their differences as JSON. A value has its interval beside it, or both are left out.
final class StatisticJson {
    private StatisticJson() {}

    static ObjectNode write(Share share) {
        ObjectNode json = Json.object().put("count", share.count()).put("of", share.of());
        return claimed(json, share.value(), share.interval());
    }

    static ObjectNode write(Auc auc) {
        ObjectNode json = Json.object()
                .put("cases", auc.cases())
                .put("controls", auc.controls())
                .put("controlClients", auc.controlClients());
        return claimed(json, auc.value(), auc.interval());
    }

    static ObjectNode write(Difference difference) {
        ObjectNode json =
                Json.object().put("cases", difference.cases()).put("controlClients", difference.controlClients());
        return claimed(json, difference.value(), difference.interval());
    }

    private static ObjectNode claimed(ObjectNode json, @Nullable BigDecimal value, @Nullable Interval interval) {
        return value == null || interval == null
                ? json
                : json.put("value", value).put("low", interval.low()).put("high", interval.high());
    }

    /// Of a client without a score it is `none`.
    static String label(@Nullable Band band) {
        return band == null ? "none" : band.label();
    }

    static ArrayNode write(List<LocalDate> days) {
        ArrayNode json = Json.array();
        days.forEach(day -> json.add(day.toString()));
        return json;
    }
}
