package clientkpis.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// One statement of a function's policies.
///
/// @param effect `Allow` or `Deny`
/// @param actions IAM actions, `dynamodb:PutItem`
/// @param resources ARNs, with wildcards
/// @param condition the statement's condition, an empty object when there is none
public record Grant(String effect, List<String> actions, List<String> resources, JsonNode condition) {

    static List<Grant> of(Resource function) {
        List<Grant> grants = new ArrayList<>();
        for (JsonNode policy : function.get("Policies")) {
            JsonNode statements = policy.path("Statement");
            if (!statements.isArray()) {
                throw function.error("only policies with a list of statements are known here");
            }
            for (JsonNode statement : statements) {
                grants.add(new Grant(
                        statement.path("Effect").asText(),
                        QueuePolicies.texts(statement.path("Action")),
                        QueuePolicies.texts(statement.path("Resource")),
                        statement.path("Condition")));
            }
        }
        return grants;
    }
}
