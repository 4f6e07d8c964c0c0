package clientkpis.aws;

import java.util.Map;

/// A function's environment variables, as the template sets them. A missing one is reported when the function starts.
public record Environment(Map<String, String> variables) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /// The value of a variable that the function needs.
    ///
    /// @throws IllegalStateException naming the variable
    public String required(String name) {
        String value = variables.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("The environment variable " + name + " is not set");
        }
        return value;
    }
}
