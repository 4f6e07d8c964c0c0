package clientkpis.local.service;

import java.util.List;
import software.amazon.event.ruler.Machine;

/// Whether an event matches any of some patterns, decided by AWS's own engine. Without patterns, every event matches.
public final class Ruler {
    private final Machine machine = Machine.builder().build();
    private final boolean open;

    /// @throws IllegalArgumentException when a pattern is not valid
    public Ruler(List<String> patterns) {
        this.open = patterns.isEmpty();
        for (String pattern : patterns) {
            add(machine, "any", pattern);
        }
    }

    public boolean matches(String event) {
        return open || !matching(machine, event).isEmpty();
    }

    static void add(Machine machine, String rule, String pattern) {
        try {
            machine.addRule(rule, pattern);
        } catch (Exception e) {
            throw new IllegalArgumentException("Event pattern is not valid. Reason: " + e.getMessage(), e);
        }
    }

    static List<String> matching(Machine machine, String event) {
        try {
            return machine.rulesForJSONEvent(event);
        } catch (Exception e) {
            throw new IllegalArgumentException("Event is not valid. Reason: " + e.getMessage(), e);
        }
    }
}
