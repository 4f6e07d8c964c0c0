package clientkpis.survey;

import clientkpis.aws.MessageQueue;
import clientkpis.function.Log;
import clientkpis.function.SegmentMessage;
import clientkpis.function.Segments;
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
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;

/// Measures the portfolio at a day: how many actions each client did in its last 30 days, and how many clients did how
/// many. When every shard is measured, it adds up the portfolio's distribution and starts `refresh`.
public final class SurveyFunction extends SqsFunction {
    private final ClientStore clients;
    private final DayRuns runs;
    private final Survey surveys;
    private final Segments segments;
    private final MessageQueue refresh;

    public SurveyFunction() {
        this(System.getenv());
    }

    public SurveyFunction(Map<String, String> variables) {
        super(variables);
        clients = stack.clients();
        runs = stack.days();
        surveys = new Survey(stack.bucket());
        segments = stack.segments(Duration.ofSeconds(30));
        refresh = stack.refreshQueue();
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) {
        SegmentMessage segment = SegmentMessage.read(body);
        Survey.Segment measured = new Survey.Segment(segment.from());
        int end = segments.walk(
                segment,
                context,
                shard -> clients.forEachPage(
                        segment.tenant(),
                        shard,
                        page -> page.forEach(client -> measure(client, segment.day(), measured))));
        DayRuns.Range kept = surveys.keep(segment.tenant(), segment.day(), measured, end);
        DayRuns.Run run = runs.done(
                segment.tenant(), segment.day(), DayRuns.Phase.SURVEYED, new DayRuns.Done(kept, Json.object()));
        segments.sendRest(segment, kept.to());
        if (run.isDone(DayRuns.Phase.SURVEYED)) {
            surveys.addUp(run);
            refresh.send(SegmentMessage.bodies(
                    segment.tenant(),
                    segment.day(),
                    run.surveyed().values().stream().map(DayRuns.Done::range).toList()));
            log.info("Surveyed a portfolio");
        }
    }

    /// The portfolio is the clients that ever sent usage rows, without those whose status is inactive.
    private static void measure(Client client, LocalDate day, Survey.Segment segment) {
        Map<String, Value> values = client.values(client.dayFrom(day));
        boolean inactive = values.get("status") instanceof Value.Text status && Texts.isInactive(status.text());
        if (!inactive && values.get("actions30d") instanceof Value.Number actions) {
            segment.add(client.clientId(), actions.number().toBigIntegerExact());
        }
    }
}
