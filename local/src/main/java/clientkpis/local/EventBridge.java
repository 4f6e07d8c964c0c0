package clientkpis.local;

import clientkpis.json.Json;
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

/// The buses with their rules: an event goes to the queues of every rule that AWS's own engine says it matches. It is
/// in those queues when [#publish] returns.
final class EventBridge {
    /// A rule of a bus. `targets` are entries of PutTargets by their id.
    record Rule(String name, String arn, String pattern, boolean enabled, Map<String, JsonNode> targets) {}

    /// A request that is not as the service wants it, with the service's own code.
    static final class Refused extends RuntimeException {
        final String code;

        Refused(String code, String message) {
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

    EventBridge(String region, String account, Queues queues, QueuePolicies policies, Consumer<DeadLetter> lost) {
        this.region = region;
        this.account = account;
        this.queues = queues;
        this.policies = policies;
        this.lost = lost;
    }

    String account() {
        return account;
    }

    /// From now on events carry this time, or the real one again.
    void clock(@Nullable Instant time) {
        clock = time;
    }

    void createBus(String name) {
        if (buses.putIfAbsent(name, new Bus()) != null) {
            throw new Refused("ResourceAlreadyExistsException", "Event bus " + name + " already exists.");
        }
    }

    void requireBus(String name) {
        bus(name);
    }

    /// @return the rule's ARN
    String putRule(String busName, String name, String pattern, boolean enabled) {
        Bus bus = bus(busName);
        try {
            Ruler.add(Machine.builder().build(), name, pattern);
        } catch (IllegalArgumentException e) {
            throw new Refused("InvalidEventPatternException", String.valueOf(e.getMessage()));
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
                throw new Refused("ValidationException", "Rule can't be deleted since it has targets.");
            }
            bus.rules.remove(name);
            rebuild(bus);
        }
    }

    List<Rule> rules(String busName) {
        return List.copyOf(bus(busName).rules.values());
    }

    Rule rule(String busName, String name) {
        Rule rule = bus(busName).rules.get(name);
        if (rule == null) {
            throw new Refused("ResourceNotFoundException", "Rule " + name + " does not exist.");
        }
        return rule;
    }

    /// Publishes an event; a bus that does not exist takes it and drops it, as in AWS.
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
            throw new Refused("ResourceNotFoundException", "Event bus " + name + " does not exist.");
        }
        return bus;
    }

    String arn(String rest) {
        return "arn:aws:events:" + region + ":" + account + ":" + rest;
    }
}
