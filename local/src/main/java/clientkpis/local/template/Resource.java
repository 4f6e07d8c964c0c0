package clientkpis.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A resource of the template with its physical name and its resolved properties. `line` says where it is.
public record Resource(String id, String type, String name, String arn, JsonNode properties, String line) {

    /// The region in its ARN; empty for a bucket.
    public String region() {
        return arn.split(":", -1)[3];
    }

    /// The account in its ARN; empty for a bucket.
    public String account() {
        return arn.split(":", -1)[4];
    }

    public JsonNode get(String property) {
        return properties.path(property);
    }

    /// A property that the resource must have.
    public String text(String property) {
        JsonNode value = get(property);
        if (value.isMissingNode()) {
            throw error(property + " is missing");
        }
        return value.asText();
    }

    public TemplateException error(String message) {
        return new TemplateException(id + ": " + message + " (" + line + ")");
    }

    /// The texts of a property that is one text or a list of them.
    public static List<String> texts(JsonNode oneOrMore) {
        List<String> texts = new ArrayList<>();
        each(oneOrMore).forEach(one -> texts.add(one.asText()));
        return texts;
    }

    /// The elements of a property that is one element or a list of them.
    public static List<JsonNode> each(JsonNode oneOrMore) {
        List<JsonNode> list = new ArrayList<>();
        if (oneOrMore.isArray()) {
            oneOrMore.forEach(list::add);
        } else if (!oneOrMore.isMissingNode()) {
            list.add(oneOrMore);
        }
        return list;
    }
}
