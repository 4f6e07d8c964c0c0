package clientkpis.survey;

import clientkpis.aws.MessageQueue;
import clientkpis.function.Log;
import clientkpis.function.SegmentMessage;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.Texts;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import clientkpis.store.ClientStore;
import clientkpis.store.DayRuns;
import clientkpis.store.Survey;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Map;

/// Measures the portfolio at a day: how many actions each client did in its 30 days, and how many clients did how many.
/// When every shard is measured, the portfolio's distribution is added up and `refresh` begins.
public final class SurveyFunction extends SqsFunction {
    private static final long ENOUGH_MILLIS = 30_000;

    private final ClientStore clients;
    private final DayRuns runs;
    private final Survey surveys;
    private final MessageQueue own;
    private final MessageQueue refresh;

    public SurveyFunction() {
        this(System.getenv());
    }

    public SurveyFunction(Map<String, String> variables) {
        super(variables);
        clients = stack.clients();
        runs = stack.days();
        surveys = new Survey(stack.bucket());
        own = stack.ownQueue();
        refresh = stack.refreshQueue();
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) {
        SegmentMessage segment = SegmentMessage.read(body);
        DayRuns.Range range = segment.shards();
        Survey.Segment measured = new Survey.Segment(range.from());
        int shard = range.from();
        while (shard < range.to() && (shard == range.from() || context.getRemainingTimeInMillis() > ENOUGH_MILLIS)) {
            clients.forEachPage(
                    segment.tenant(), shard, page -> page.forEach(client -> measure(client, segment.day(), measured)));
            shard++;
        }
        // The first survey of a shard stands: a retry takes over what it says, and how far it went.
        DayRuns.Range done = surveys.keep(segment.tenant(), segment.day(), measured, shard);
        DayRuns.Run run = runs.done(
                segment.tenant(), segment.day(), DayRuns.Phase.SURVEYED, new DayRuns.Done(done, Json.object()));
        if (done.to() < range.to()) {
            own.send(new SegmentMessage(segment.tenant(), segment.day(), new DayRuns.Range(done.to(), range.to()))
                    .body());
        }
        if (run.isDone(DayRuns.Phase.SURVEYED)) {
            surveys.addUp(run);
            refresh.send(run.surveyed().values().stream()
                    .map(each -> new SegmentMessage(segment.tenant(), segment.day(), each.range()).body())
                    .toList());
            log.info("Surveyed a portfolio");
        }
    }

    /// The portfolio is the clients that ever sent usage rows, less those whose status is inactive.
    private static void measure(Client client, LocalDate day, Survey.Segment segment) {
        Map<String, Value> values = client.values(client.dayFrom(day));
        boolean inactive = values.get("status") instanceof Value.Text status && Texts.isInactive(status.text());
        if (!inactive && values.get("actions30d") instanceof Value.Number actions) {
            segment.add(client.clientId(), actions.number().toBigIntegerExact());
        }
    }
}
