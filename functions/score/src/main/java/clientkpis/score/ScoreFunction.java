package clientkpis.score;

import clientkpis.cloud.Aws;
import clientkpis.cloud.ClientStore;
import clientkpis.cloud.Environment;
import clientkpis.cloud.Evaluations;
import clientkpis.cloud.Log;
import clientkpis.cloud.ScoreMessage;
import clientkpis.cloud.SqsFunction;
import clientkpis.cloud.TenantStore;
import clientkpis.kpi.Cause;
import clientkpis.kpi.Client;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import com.amazonaws.services.lambda.runtime.Context;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Evaluates the clients that uploads changed: takes over their families' new timelines, and calculates the SenseScore,
/// its history, and the situation, for each client once a batch and day however many tables changed.
public final class ScoreFunction extends SqsFunction {
    private final Evaluations evaluations;

    public ScoreFunction() {
        this(System.getenv());
    }

    public ScoreFunction(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        Aws aws = Aws.of(environment);
        evaluations = new Evaluations(
                new ClientStore(
                        aws.dynamo(),
                        environment.required("CLIENTS_TABLE"),
                        environment.required("SITUATION_CHANGES_TABLE")),
                new TenantStore(aws.dynamo(), environment.required("TENANTS_TABLE")));
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

    @Override
    protected Set<String> handle(List<Message> messages, Log log, Context context) {
        // Days ascend, so that a closed day keeps the value that it ended with.
        Map<LocalDate, Map<Group, Map<String, News>>> days = new TreeMap<>();
        Map<Group, List<String>> ids = new HashMap<>();
        for (Message message : messages) {
            ScoreMessage told = ScoreMessage.read(message.body());
            Group group = new Group(told.tenant(), told.day());
            ids.computeIfAbsent(group, g -> new ArrayList<>()).add(message.id());
            Map<String, News> clients =
                    days.computeIfAbsent(told.day(), d -> new HashMap<>()).computeIfAbsent(group, g -> new HashMap<>());
            told.facets()
                    .forEach((id, facet) ->
                            clients.computeIfAbsent(id, c -> new News()).add(told, facet));
        }
        Set<String> failed = new LinkedHashSet<>();
        days.values()
                .forEach(groups -> groups.forEach((group, clients) -> {
                    try {
                        Map<String, String> tokens = new HashMap<>();
                        clients.forEach((id, news) -> tokens.put(id, news.newestToken));
                        evaluations.evaluate(group.tenant(), tokens, (client, tenant) -> {
                            News news = clients.get(client.clientId());
                            return news == null
                                    ? new Client.Evaluation(client, false, null)
                                    : client.uploaded(
                                            tenant.dayFor(client, group.day()),
                                            news.facets,
                                            tenant.configuration(),
                                            news.cause);
                        });
                    } catch (RuntimeException e) {
                        log.error(
                                "Clients were not evaluated; their messages will come again",
                                e,
                                "tenant",
                                group.tenant());
                        failed.addAll(ids.getOrDefault(group, List.of()));
                    }
                }));
        return failed;
    }
}
