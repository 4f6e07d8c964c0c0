package clientkpis.survey;

import clientkpis.aws.MessageQueue;
import clientkpis.function.DayPhase;
import clientkpis.function.Log;
import clientkpis.function.SqsFunction;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import clientkpis.message.SegmentMessage;
import clientkpis.store.ClientStore;
import clientkpis.store.DayRuns;
import clientkpis.store.Survey;
import clientkpis.tables.ClientStatus;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Measures the portfolio at a day: how many actions each client did in its last 30 days, and how many clients did how
/// many. When every shard is measured, it adds up the portfolio's distribution and starts `refresh`.
public final class SurveyFunction extends SqsFunction {
    private final ClientStore clients;
    private final DayPhase phase;
    private final Survey surveys;
    private final MessageQueue refresh;

    public SurveyFunction() {
        this(System.getenv());
    }

    public SurveyFunction(Map<String, String> variables) {
        super(variables);
        clients = stack.clients();
        phase = stack.phase(DayRuns.Phase.SURVEY);
        surveys = new Survey(stack.bucket());
        refresh = stack.refreshQueue();
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) {
        SegmentMessage segment = SegmentMessage.read(body);
        Tenant tenant = segment.tenant();
        LocalDate day = segment.day();
        Map<Integer, JsonNode> known = new ConcurrentHashMap<>();
        phase.work(
                segment,
                context,
                () -> shard -> survey(tenant, day, shard).ifPresent(counts -> known.put(shard, counts)),
                () -> {
                    refresh.send(SegmentMessage.all(tenant, day, surveys.addUp(tenant, day, known)));
                    log.info("Surveyed a portfolio");
                });
    }

    private Optional<JsonNode> survey(Tenant tenant, LocalDate day, int shard) {
        Survey.Measured measured = new Survey.Measured();
        clients.forEachPage(
                tenant, shard, page -> page.forEach(client -> measured.add(client.clientId(), actions(client, day))));
        return surveys.keep(tenant, day, shard, measured);
    }

    /// What a client did; null for one outside the portfolio, which is the clients that ever sent usage rows, without
    /// those whose status is inactive.
    private static @Nullable BigInteger actions(Client client, LocalDate day) {
        Map<String, Value> values = client.values(client.dayFrom(day));
        boolean inactive = values.get("status") instanceof Value.Text status && ClientStatus.isInactive(status.text());
        return !inactive && values.get("actions30d") instanceof Value.Number actions
                ? actions.number().toBigIntegerExact()
                : null;
    }
}
