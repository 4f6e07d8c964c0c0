package clientkpis.rehearsal;

import clientkpis.json.ConfigurationJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What of a candidate does not count, because a rehearsal does not read the files again.
public final class NotRehearsed {
    private static final Set<String> REHEARSED = Set.of("senseScore", "situation", "rules");

    private NotRehearsed() {}

    /// The members in which a candidate means something else than the configuration in force, in the order of their
    /// names. A member that says what holds without it does not differ.
    public static List<String> of(JsonNode inForce, JsonNode candidate) {
        Set<String> names = new TreeSet<>();
        inForce.fieldNames().forEachRemaining(names::add);
        candidate.fieldNames().forEachRemaining(names::add);
        names.removeAll(REHEARSED);
        return names.stream()
                .filter(name -> !meansTheSame(candidate, inForce.get(name), name))
                .toList();
    }

    private static boolean meansTheSame(JsonNode candidate, JsonNode other, String name) {
        ObjectNode changed = candidate.deepCopy();
        changed.remove(name);
        if (other != null) {
            changed.set(name, other);
        }
        return ConfigurationJson.read(changed).equals(ConfigurationJson.read(candidate));
    }
}
