package clientkpis.kpi.configuration;

import clientkpis.kpi.Value;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/// A tenant's rules (fields.md, *Rules: Fase and Porte*): for each field an ordered list of *when* and *then*, where
/// the first *when* that matches gives the field's value. *When* is an EventBridge event pattern over the client's
/// fields, matched by AWS's own engine. `custom.X` and `playbooks.X` are written with a dot or nested.
public final class Rules {
    public static final Rules NONE = new Rules(Map.of());

    /// @param when an EventBridge event pattern, as JSON
    /// @param then the field's value when the pattern matches
    public record Rule(String when, String then) {}

    /// The value that a field's rules gave.
    ///
    /// @param position of the first rule that matched, from 1
    public record Given(int position, String value) {}

    private final Map<String, List<Rule>> ofFields;
    private final Map<String, Machine> machines = new LinkedHashMap<>();

    /// @throws IllegalArgumentException when a pattern does not compile
    public Rules(Map<String, List<Rule>> ofFields) {
        this.ofFields = new TreeMap<>(ofFields);
        this.ofFields.forEach((field, rules) -> {
            Machine machine = Machine.builder().build();
            for (int i = 0; i < rules.size(); i++) {
                try {
                    machine.addRule(Integer.toString(i + 1), rules.get(i).when());
                } catch (IOException e) {
                    throw new IllegalArgumentException("Rule " + (i + 1) + " of " + field + ": " + e.getMessage(), e);
                }
            }
            machines.put(field, machine);
        });
    }

    /// What is wrong with a pattern; empty when it is valid.
    public static Optional<String> problem(String when) {
        return Optional.ofNullable(JsonRuleCompiler.check(when));
    }

    /// Field to its rules, in order.
    public Map<String, List<Rule>> ofFields() {
        return ofFields;
    }

    public boolean isEmpty() {
        return ofFields.isEmpty();
    }

    /// The fields of a client that a rule matches, with their values.
    ///
    /// @param fields the client's fields in force on `day` before any rule
    public Map<String, Given> apply(Map<String, Value> fields, LocalDate day) {
        Map<String, Given> given = new TreeMap<>();
        String event = event(fields, day);
        machines.forEach((field, machine) -> {
            try {
                machine.rulesForJSONEvent(event).stream()
                        .map(Integer::valueOf)
                        .min(Integer::compare)
                        .ifPresent(position -> given.put(
                                field,
                                new Given(
                                        position,
                                        ofFields.getOrDefault(field, List.of())
                                                .get(position - 1)
                                                .then())));
            } catch (Exception e) {
                // The engine declares it for events that are not JSON.
                throw new IllegalStateException("The rules of " + field + " could not be matched", e);
            }
        });
        return given;
    }

    private static String event(Map<String, Value> fields, LocalDate day) {
        List<String> members = new ArrayList<>();
        new TreeMap<>(fields)
                .forEach((field, value) -> members.add(quoted(field)
                        + ":"
                        + switch (value.on(day)) {
                            case Value.Number n -> n.number().toPlainString();
                            case Value.Text t -> quoted(t.text());
                            case Value.Day d -> quoted(d.day().toString());
                            case Value.Countdown _, Value.Manual _ ->
                                throw new IllegalStateException(field + " is not shown as such");
                        }));
        return "{" + String.join(",", members) + "}";
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rules rules && rules.ofFields.equals(ofFields);
    }

    @Override
    public int hashCode() {
        return ofFields.hashCode();
    }

    @Override
    public String toString() {
        return ofFields.toString();
    }
}
