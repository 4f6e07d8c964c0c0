package clientkpis.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// One statement of a policy.
///
/// @param effect `Allow` or `Deny`
/// @param actions IAM actions, `dynamodb:PutItem`
/// @param resources ARNs, with wildcards
/// @param condition the statement's condition, an empty object if it has none
public record Grant(String effect, List<String> actions, List<String> resources, JsonNode condition) {

    /// The statements of a policy document.
    public static List<Grant> of(JsonNode policy) {
        List<Grant> grants = new ArrayList<>();
        for (JsonNode statement : policy.path("Statement")) {
            grants.add(new Grant(
                    statement.path("Effect").asText(),
                    Resource.texts(statement.path("Action")),
                    Resource.texts(statement.path("Resource")),
                    statement.path("Condition")));
        }
        return grants;
    }
}
