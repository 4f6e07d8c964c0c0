package clientkpis.local.template;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the statements of somebody's policies allow, decided as IAM does, as far as the templates use it.
public record Rights(List<Grant> statements) {
    /// What a request asks for.
    ///
    /// @param resource an ARN
    /// @param context the request's values of condition keys
    public record Call(String action, String resource, Map<String, String> context) {}

    /// Some statement allows it and none denies it.
    public boolean allow(Call call) {
        return statements.stream().anyMatch(one -> one.effect().equals("Allow") && applies(one, call))
                && statements.stream().noneMatch(one -> one.effect().equals("Deny") && applies(one, call));
    }

    /// What a statement gives but none of `calls` needs: each action on each resource under each value of a condition
    /// for itself, without which they are all allowed as before.
    public List<Grant> unneeded(Grant statement, Collection<Call> calls) {
        List<Grant> all = new ArrayList<>();
        statements.forEach(each -> all.addAll(pieces(each)));
        return pieces(statement).stream()
                .filter(right -> {
                    List<Grant> others = new ArrayList<>(all);
                    others.remove(right);
                    Rights without = new Rights(others);
                    return calls.stream().noneMatch(call -> applies(right, call) && !without.allow(call));
                })
                .toList();
    }

    /// A statement in its smallest pieces: one action, one resource, one value a condition.
    public static List<Grant> pieces(Grant statement) {
        List<JsonNode> conditions = new ArrayList<>(List.of(Json.object()));
        statement
                .condition()
                .properties()
                .forEach(operator -> operator.getValue().properties().forEach(test -> {
                    List<JsonNode> longer = new ArrayList<>();
                    for (String value : Resource.texts(test.getValue())) {
                        for (JsonNode condition : conditions) {
                            ObjectNode one = condition.deepCopy();
                            one.withObjectProperty(operator.getKey()).put(test.getKey(), value);
                            longer.add(one);
                        }
                    }
                    conditions.clear();
                    conditions.addAll(longer);
                }));
        List<Grant> pieces = new ArrayList<>();
        for (String action : statement.actions()) {
            for (String resource : statement.resources()) {
                for (JsonNode condition : conditions) {
                    pieces.add(new Grant(statement.effect(), List.of(action), List.of(resource), condition));
                }
            }
        }
        return pieces;
    }

    private static boolean applies(Grant statement, Call call) {
        return statement.actions().stream().anyMatch(action -> like(action, call.action()))
                && statement.resources().stream().anyMatch(resource -> like(resource, call.resource()))
                && statement.condition().properties().stream()
                        .allMatch(operator -> operator.getValue().properties().stream()
                                .allMatch(test -> holds(
                                        operator.getKey(),
                                        test.getValue(),
                                        call.context().get(test.getKey()))));
    }

    /// A condition on what the request does not say does not hold.
    private static boolean holds(String operator, JsonNode values, @Nullable String said) {
        return said != null
                && Resource.texts(values).stream().anyMatch(value -> switch (operator) {
                    case "StringEquals" -> value.equals(said);
                    case "StringLike" -> like(value, said);
                    default -> throw new IllegalArgumentException("The operator " + operator + " is not known");
                });
    }

    private static boolean like(String pattern, String text) {
        return Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), text);
    }
}
