package clientkpis.local;

import com.fasterxml.jackson.databind.JsonNode;

/// A resource of the template with its physical name and its properties resolved. `line` says where it stands.
record Resource(String id, String type, String name, String arn, JsonNode properties, String line) {

    JsonNode get(String property) {
        return properties.path(property);
    }

    /// A property that the resource cannot do without.
    String text(String property) {
        JsonNode value = get(property);
        if (value.isMissingNode()) {
            throw error(property + " is missing");
        }
        return value.asText();
    }

    TemplateException error(String message) {
        return new TemplateException(id + ": " + message + " (" + line + ")");
    }
}
