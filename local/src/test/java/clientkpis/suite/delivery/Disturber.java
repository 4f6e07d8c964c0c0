package clientkpis.suite.delivery;

import clientkpis.local.LocalCloud;
import clientkpis.local.invoke.Faults;
import clientkpis.local.invoke.Requests.Access;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.local.trigger.Deliveries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes happen what is planned for each company, and learns what could be planned: each company's requests and
/// deliveries, counted by kind. What concerns no single company, as the schedule does, concerns all.
final class Disturber implements Faults, Deliveries {
    /// What can happen in a run.
    ///
    /// @param where the function or source, of which only few may fail in a stage
    record Possible(Case what, String where) {}

    private final Map<String, Map<String, Integer>> counts = new HashMap<>();
    private final Map<String, Map<String, Case>> plans = new HashMap<>();
    private final Set<Case> happened = new LinkedHashSet<>();
    private final Map<Case, Possible> possible = new LinkedHashMap<>();
    private String stage = "";

    /// Forgets the companies before.
    synchronized void begin(Map<String, List<Case>> planned) {
        counts.clear();
        plans.clear();
        happened.clear();
        possible.clear();
        planned.forEach((company, cases) -> {
            counts.put(company, new HashMap<>());
            Map<String, Case> plan = new HashMap<>();
            cases.forEach(one -> plan.put(key(one.stage(), one.to(), one.nth()), one));
            plans.put(company, plan);
        });
    }

    synchronized void stage(String name) {
        stage = name;
        counts.values().forEach(Map::clear);
    }

    synchronized Set<Case> happened() {
        return new LinkedHashSet<>(happened);
    }

    synchronized List<Possible> possible() {
        return new ArrayList<>(possible.values());
    }

    @Override
    public Fault decide(Request request) {
        throw new IllegalStateException("The local cloud names the event");
    }

    @Override
    public synchronized Fault decide(Request request, String event) {
        String kind = kind(request);
        Fault fault = Fault.NONE;
        for (String company : concerned(event)) {
            int nth = count(company, kind);
            Case.faults()
                    .filter(one -> one.canHappenTo(request))
                    .forEach(one -> learn(new Case(one.name(), stage, kind, nth), request.function()));
            Case planned = plan(company, kind, nth);
            if (planned != null && fault == Fault.NONE && planned.fault().canHappenTo(request)) {
                fault = planned.fault();
                happened.add(planned);
            }
        }
        return fault;
    }

    @Override
    public synchronized Disturbance decide(Delivery delivery) {
        Disturbance disturbance = Disturbance.NONE;
        for (String company : concerned(delivery.body())) {
            int nth = count(company, delivery.source());
            Case.disturbances()
                    .forEach(one -> learn(new Case(one.name(), stage, delivery.source(), nth), delivery.source()));
            Case planned = plan(company, delivery.source(), nth);
            if (planned != null && disturbance == Disturbance.NONE) {
                disturbance = planned.disturbance();
                happened.add(planned);
            }
        }
        return disturbance;
    }

    private List<String> concerned(String text) {
        List<String> named =
                counts.keySet().stream().filter(text::contains).sorted().toList();
        return named.isEmpty() ? counts.keySet().stream().sorted().toList() : named;
    }

    private int count(String company, String kind) {
        return counts.getOrDefault(company, new HashMap<>()).merge(kind, 1, Integer::sum);
    }

    private @Nullable Case plan(String company, String kind, int nth) {
        return plans.getOrDefault(company, Map.of()).get(key(stage, kind, nth));
    }

    private void learn(Case what, String where) {
        possible.putIfAbsent(what, new Possible(what, where));
    }

    private static String key(String stage, String kind, int nth) {
        return stage + " " + kind + " #" + nth;
    }

    private static String kind(Request request) {
        Set<String> resources = new TreeSet<>();
        for (Access access : request.accesses()) {
            String name = access.resource().replaceFirst("^" + LocalCloud.STACK + "-", "");
            resources.add(
                    request.service().equals("S3")
                            ? access.key().substring(0, access.key().indexOf('/') + 1)
                            : name);
        }
        return request.function() + " " + request.operation() + " " + String.join(" ", resources);
    }
}
