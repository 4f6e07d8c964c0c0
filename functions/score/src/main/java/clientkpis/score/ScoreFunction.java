package clientkpis.score;

import clientkpis.function.Evaluations;
import clientkpis.function.Log;
import clientkpis.function.LogContext;
import clientkpis.function.Metric;
import clientkpis.function.SqsFunction;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.message.ScoreMessage;
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

/// Evaluates the clients that uploads changed: stores their families' new timelines, and calculates the SenseScore, its
/// history and the situation, once per batch, day and client, however many tables changed.
public final class ScoreFunction extends SqsFunction {
    private final Evaluations evaluations;

    public ScoreFunction() {
        this(System.getenv());
    }

    public ScoreFunction(Map<String, String> variables) {
        super(variables);
        evaluations = new Evaluations(stack.clients(), stack.tenants());
    }

    private record TenantDay(Tenant tenant, LocalDate day) {}

    /// What a batch changes in one client.
    private static final class ClientUpdate {
        private final Map<String, Client.Facet> facets = new HashMap<>();
        private String newestOrder = "";
        /// The newest upload, of another table than `overrides` if there is one: whether it is values set by hand that
        /// changed the situation shows when the client is evaluated.
        private Cause cause = new Cause.Daily();

        private String orderOfCause = "";

        void add(ScoreMessage message, Client.Facet facet) {
            facets.merge(message.table(), facet, (known, other) -> known.version() < other.version() ? other : known);
            if (CodePoints.ORDER.compare(newestOrder, message.order()) < 0) {
                newestOrder = message.order();
            }
            Cause other = Cause.of(message.table(), message.upload());
            String order = (other instanceof Cause.Override ? "0" : "1") + message.order();
            if (CodePoints.ORDER.compare(orderOfCause, order) < 0) {
                orderOfCause = order;
                cause = other;
            }
        }
    }

    /// What a batch changes on one day of a tenant; its clients are evaluated together.
    private static final class Group {
        private final List<String> messages = new ArrayList<>();
        private final Set<String> uploads = new TreeSet<>();
        private final Map<String, ClientUpdate> clients = new HashMap<>();

        void add(String id, ScoreMessage message) {
            messages.add(id);
            uploads.add(Upload.nameless(message.upload()));
            message.facets()
                    .forEach((client, facet) -> clients.computeIfAbsent(client, c -> new ClientUpdate())
                            .add(message, facet));
        }
    }

    @Override
    protected Set<String> handle(List<Message> messages, Log log, Context context) {
        // In ascending order of days, so that a closed day keeps its last value.
        Map<LocalDate, Map<TenantDay, Group>> days = new TreeMap<>();
        Set<String> failed = new LinkedHashSet<>();
        for (Message message : messages) {
            try {
                ScoreMessage update = ScoreMessage.read(message.body());
                days.computeIfAbsent(update.day(), d -> new HashMap<>())
                        .computeIfAbsent(new TenantDay(update.tenant(), update.day()), t -> new Group())
                        .add(message.id(), update);
            } catch (RuntimeException e) {
                failed(message, e, log.about(LogContext.of(message.body())));
                failed.add(message.id());
            }
        }
        days.values()
                .forEach(groups -> groups.forEach((of, group) -> {
                    Log about = log.about(LogContext.of(of.tenant(), of.day()));
                    String uploads = String.join(" ", group.uploads);
                    try {
                        int changed = evaluate(of, group.clients, about);
                        about.info(
                                "Evaluated clients",
                                Map.of(Metric.CLIENTS_CHANGED_BY_UPLOADS, changed),
                                "clients",
                                group.clients.size(),
                                "uploads",
                                uploads);
                    } catch (RuntimeException e) {
                        about.error(
                                "Clients were not evaluated; their messages will be redelivered",
                                e,
                                "uploads",
                                uploads);
                        failed.addAll(group.messages);
                    }
                }));
        return failed;
    }

    /// @return how many of the clients changed
    private int evaluate(TenantDay of, Map<String, ClientUpdate> clients, Log log) {
        Map<String, String> orders = new HashMap<>();
        clients.forEach((id, update) -> orders.put(id, update.newestOrder));
        Evaluations.Formula formula = (client, tenant) -> {
            ClientUpdate update = clients.get(client.clientId());
            return update == null
                    ? new Client.Evaluation(client, false, null)
                    : client.uploaded(tenant.dayFor(client, of.day()), update.facets, tenant.active(), update.cause);
        };
        return evaluations.evaluate(of.tenant(), orders, formula, log);
    }
}
