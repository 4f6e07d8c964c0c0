package clientkpis.local.service;

import clientkpis.json.Json;
import clientkpis.local.template.Resource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.Machine;

/// The buses with their rules: an event is sent to the queues of every rule that it matches, decided by AWS's own
/// engine. It is in those queues when [#publish] returns.
public final class EventBridge {
    /// A rule of a bus. `targets` are entries of PutTargets by their id.
    public record Rule(String name, String arn, String pattern, boolean enabled, Map<String, JsonNode> targets) {}

    /// A request that the service rejects, with the service's own error code.
    public static final class Rejected extends RuntimeException {
        final String code;

        Rejected(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    private static final class Bus {
        final Map<String, Rule> rules = new ConcurrentSkipListMap<>();
        volatile Machine machine = Machine.builder().build();
    }

    private final Map<String, Bus> buses = new ConcurrentHashMap<>(Map.of("default", new Bus()));
    private final String region;
    private final String account;
    private final Queues queues;
    private final QueuePolicies policies;
    private final Consumer<DeadLetter> lost;
    private volatile @Nullable Instant clock;

    public EventBridge(
            String region, String account, Queues queues, QueuePolicies policies, Consumer<DeadLetter> lost) {
        this.region = region;
        this.account = account;
        this.queues = queues;
        this.policies = policies;
        this.lost = lost;
    }

    String account() {
        return account;
    }

    /// From now on events have this time; null: the real time.
    public void clock(@Nullable Instant time) {
        clock = time;
    }

    public void createBus(String name) {
        if (buses.putIfAbsent(name, new Bus()) != null) {
            throw new Rejected("ResourceAlreadyExistsException", "Event bus " + name + " already exists.");
        }
    }

    /// Creates a rule of the template with its targets.
    ///
    /// @param queues those of the template, which alone may be targets
    public void create(Resource rule, List<Resource> queues) {
        String busArn = rule.get("EventBusName").asText("default");
        String bus = busArn.substring(busArn.lastIndexOf('/') + 1);
        try {
            putRule(
                    bus,
                    rule.name(),
                    rule.get("EventPattern").toString(),
                    !rule.get("State").asText().equals("DISABLED"));
        } catch (Rejected e) {
            throw rule.error(String.valueOf(e.getMessage()));
        }
        for (JsonNode target : rule.get("Targets")) {
            String arn = target.path("Arn").asText();
            if (queues.stream().noneMatch(queue -> queue.arn().equals(arn))) {
                throw rule.error("the target " + arn + " is not a queue of the template");
            }
            rule(bus, rule.name()).targets().put(target.path("Id").asText(), target);
        }
    }

    void requireBus(String name) {
        bus(name);
    }

    /// @return the rule's ARN
    public String putRule(String busName, String name, String pattern, boolean enabled) {
        Bus bus = bus(busName);
        try {
            Ruler.add(Machine.builder().build(), name, pattern);
        } catch (IllegalArgumentException e) {
            throw new Rejected("InvalidEventPatternException", String.valueOf(e.getMessage()));
        }
        String arn = arn("rule/" + (busName.equals("default") ? "" : busName + "/") + name);
        synchronized (bus) {
            Rule old = bus.rules.get(name);
            Map<String, JsonNode> targets = old == null ? new ConcurrentSkipListMap<>() : old.targets();
            bus.rules.put(name, new Rule(name, arn, pattern, enabled, targets));
            rebuild(bus);
        }
        return arn;
    }

    void deleteRule(String busName, String name) {
        Bus bus = bus(busName);
        synchronized (bus) {
            Rule rule = bus.rules.get(name);
            if (rule != null && !rule.targets().isEmpty()) {
                throw new Rejected("ValidationException", "Rule can't be deleted since it has targets.");
            }
            bus.rules.remove(name);
            rebuild(bus);
        }
    }

    List<Rule> rules(String busName) {
        return List.copyOf(bus(busName).rules.values());
    }

    public Rule rule(String busName, String name) {
        Rule rule = bus(busName).rules.get(name);
        if (rule == null) {
            throw new Rejected("ResourceNotFoundException", "Rule " + name + " does not exist.");
        }
        return rule;
    }

    /// Publishes an event. As in AWS, a bus that does not exist accepts and drops it.
    ///
    /// @return the event's id
    String publish(
            String busName,
            String source,
            String detailType,
            @Nullable Instant time,
            JsonNode resources,
            JsonNode detail) {
        String id = UUID.randomUUID().toString();
        Instant set = time == null ? clock : time;
        ObjectNode event = Json.object()
                .put("version", "0")
                .put("id", id)
                .put("detail-type", detailType)
                .put("source", source)
                .put("account", account)
                .put(
                        "time",
                        (set == null ? Instant.now() : set)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString())
                .put("region", region);
        event.set("resources", resources);
        event.set("detail", detail);
        Bus bus = buses.get(busName);
        if (bus != null) {
            String text = Json.text(event);
            for (String name : Ruler.matching(bus.machine, text)) {
                Rule rule = bus.rules.get(name);
                if (rule != null) {
                    rule.targets().values().forEach(target -> deliver(rule, target, text));
                }
            }
        }
        return id;
    }

    private void deliver(Rule rule, JsonNode target, String event) {
        String queue = Queues.nameOf(target.path("Arn").asText());
        String problem = problem(rule, queue);
        if (problem == null) {
            queues.send(queue, event);
            return;
        }
        String deadLetters =
                Queues.nameOf(target.path("DeadLetterConfig").path("Arn").asText());
        if (!deadLetters.isEmpty() && problem(rule, deadLetters) == null) {
            queues.send(deadLetters, event);
        } else {
            lost.accept(new DeadLetter("rule " + rule.name(), problem, event));
        }
    }

    private @Nullable String problem(Rule rule, String queue) {
        if (!queues.has(queue)) {
            return "there is no queue " + queue;
        }
        return policies.allows(queue, rule.arn())
                ? null
                : "no queue policy lets events.amazonaws.com send to " + queue + " for " + rule.arn();
    }

    private static void rebuild(Bus bus) {
        Machine machine = Machine.builder().build();
        List<Rule> enabled = new ArrayList<>(bus.rules.values());
        enabled.removeIf(rule -> !rule.enabled());
        enabled.forEach(rule -> Ruler.add(machine, rule.name(), rule.pattern()));
        bus.machine = machine;
    }

    private Bus bus(String name) {
        Bus bus = buses.get(name);
        if (bus == null) {
            throw new Rejected("ResourceNotFoundException", "Event bus " + name + " does not exist.");
        }
        return bus;
    }

    String arn(String rest) {
        return "arn:aws:events:" + region + ":" + account + ":" + rest;
    }
}
