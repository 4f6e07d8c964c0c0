package clientkpis.score;

import clientkpis.function.Evaluations;
import clientkpis.function.Log;
import clientkpis.function.LogContext;
import clientkpis.function.Metric;
import clientkpis.function.ScoreMessage;
import clientkpis.function.SqsFunction;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Evaluates the clients that uploads changed: takes over their families' new timelines, and calculates the SenseScore,
/// its history, and the situation, for each client once a batch and day however many tables changed.
public final class ScoreFunction extends SqsFunction {
    private final Evaluations evaluations;

    public ScoreFunction() {
        this(System.getenv());
    }

    public ScoreFunction(Map<String, String> variables) {
        super(variables);
        evaluations = new Evaluations(stack.clients(), stack.tenants());
    }

    /// One tenant's clients of one day, evaluated together.
    private record Group(Tenant tenant, LocalDate day) {}

    /// What a batch tells of one client.
    private static final class News {
        private final Map<String, Client.Facet> facets = new HashMap<>();
        private String newestToken = "";
        private Cause cause = new Cause.Daily();

        void add(ScoreMessage message, Client.Facet facet) {
            facets.merge(message.table(), facet, (known, other) -> known.version() < other.version() ? other : known);
            if (CodePoints.ORDER.compare(newestToken, message.token()) < 0) {
                newestToken = message.token();
                cause = message.table().equals("overrides")
                        ? new Cause.Override(message.upload())
                        : new Cause.Upload(message.table(), message.upload());
            }
        }
    }

    /// What a batch tells of one group.
    private static final class Told {
        private final List<String> messages = new ArrayList<>();
        private final Set<String> uploads = new TreeSet<>();
        private final Map<String, News> clients = new HashMap<>();

        void add(String id, ScoreMessage message) {
            messages.add(id);
            uploads.add(Upload.nameless(message.upload()));
            message.facets()
                    .forEach((client, facet) ->
                            clients.computeIfAbsent(client, c -> new News()).add(message, facet));
        }
    }

    @Override
    protected Set<String> handle(List<Message> messages, Log log, Context context) {
        // Days ascend, so that a closed day keeps the value that it ended with.
        Map<LocalDate, Map<Group, Told>> days = new TreeMap<>();
        Set<String> failed = new LinkedHashSet<>();
        for (Message message : messages) {
            try {
                ScoreMessage told = ScoreMessage.read(message.body());
                days.computeIfAbsent(told.day(), d -> new HashMap<>())
                        .computeIfAbsent(new Group(told.tenant(), told.day()), g -> new Told())
                        .add(message.id(), told);
            } catch (RuntimeException e) {
                failed(message, e, log.about(LogContext.of(message.body())));
                failed.add(message.id());
            }
        }
        days.values()
                .forEach(groups -> groups.forEach((group, told) -> {
                    Log about = log.about(LogContext.of(group.tenant(), group.day()));
                    String uploads = String.join(" ", told.uploads);
                    try {
                        int changed = evaluate(group, told.clients);
                        about.info(
                                "Evaluated clients",
                                Map.of(Metric.CLIENTS_CHANGED_BY_UPLOADS, changed),
                                "clients",
                                told.clients.size(),
                                "uploads",
                                uploads);
                    } catch (RuntimeException e) {
                        about.error(
                                "Clients were not evaluated; their messages will come again", e, "uploads", uploads);
                        failed.addAll(told.messages);
                    }
                }));
        return failed;
    }

    /// @return how many of the clients changed
    private int evaluate(Group group, Map<String, News> clients) {
        Map<String, String> tokens = new HashMap<>();
        clients.forEach((id, news) -> tokens.put(id, news.newestToken));
        return evaluations.evaluate(group.tenant(), tokens, (client, tenant) -> {
            News news = clients.get(client.clientId());
            return news == null
                    ? new Client.Evaluation(client, false, null)
                    : client.uploaded(
                            tenant.dayFor(client, group.day()), news.facets, tenant.configuration(), news.cause);
        });
    }
}
