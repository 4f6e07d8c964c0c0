package clientkpis.local.template;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A SAM template with its parameters, conditions and intrinsic functions resolved.
public final class Template {
    private static final Map<String, String> NAME_PROPERTY = Map.of(
            "AWS::Serverless::Function", "FunctionName",
            "AWS::DynamoDB::Table", "TableName",
            "AWS::S3::Bucket", "BucketName",
            "AWS::SQS::Queue", "QueueName",
            "AWS::Events::EventBus", "Name",
            "AWS::Events::Rule", "Name",
            "AWS::Logs::LogGroup", "LogGroupName",
            "AWS::SNS::Topic", "TopicName",
            "AWS::IAM::Role", "RoleName",
            "AWS::KMS::Alias", "AliasName");

    private final Yaml yaml;
    private final Place place;
    private final Intrinsics intrinsics;
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final JsonNode outputs;

    /// Where the stack would be, and where its queues are.
    public record Place(String stack, String region, String account, String queues) {}

    private Template(Yaml yaml, Place place, Map<String, String> parameters) {
        this.yaml = yaml;
        this.place = place;
        this.intrinsics = new Intrinsics(yaml, variables(parameters), this::attribute);
        JsonNode globals = resolved(yaml.root().path("Globals").path("Function"), "Globals.Function");
        yaml.root().path("Resources").properties().forEach(entry -> {
            String id = entry.getKey();
            String path = "Resources." + id;
            if (exists(id)) {
                String type = type(id);
                JsonNode properties = resolved(entry.getValue().path("Properties"), path + ".Properties");
                if (type.equals("AWS::Serverless::Function")) {
                    properties = merged(globals, properties);
                }
                resources.put(
                        id,
                        new Resource(
                                id,
                                type,
                                name(id),
                                Optional.ofNullable(attribute(id, "Arn")).orElse(""),
                                properties,
                                yaml.where(path)));
            }
        });
        this.outputs = resolved(yaml.root().path("Outputs"), "Outputs");
    }

    /// Reads a template.
    ///
    /// @throws TemplateException when it says something that is not known here
    public static Template read(Path file, Place place, Map<String, String> parameters) {
        Yaml yaml = Yaml.read(file);
        Supported.check(yaml);
        return new Template(yaml, place, parameters);
    }

    public List<Resource> all(String type) {
        return resources.values().stream()
                .filter(resource -> resource.type().equals(type))
                .toList();
    }

    /// The resource of this logical id and type.
    public Resource get(String id, String type) {
        Resource resource = resources.get(id);
        if (resource == null || !resource.type().equals(type)) {
            throw new IllegalArgumentException("The template has no " + type + " named " + id);
        }
        return resource;
    }

    /// The resource of this type with this ARN, if the template has it.
    public Optional<Resource> withArn(String type, String arn) {
        return all(type).stream().filter(resource -> resource.arn().equals(arn)).findFirst();
    }

    /// The statements of the role that a function names. The one that SAM makes for a function that names none is not
    /// known here.
    public List<Grant> grants(Resource function) {
        List<Grant> grants = new ArrayList<>();
        withArn("AWS::IAM::Role", function.get("Role").asText()).ifPresent(role -> {
            role.get("Policies").forEach(policy -> grants.addAll(Grant.of(policy.path("PolicyDocument"))));
            all("AWS::IAM::Policy").stream()
                    .filter(policy -> Resource.texts(policy.get("Roles")).contains(role.name()))
                    .forEach(policy -> grants.addAll(Grant.of(policy.get("PolicyDocument"))));
        });
        return grants;
    }

    /// The event source mappings of a function.
    public List<Resource> mappings(Resource function) {
        return all("AWS::Lambda::EventSourceMapping").stream()
                .filter(mapping -> Set.of(function.name(), function.arn()).contains(mapping.text("FunctionName")))
                .toList();
    }

    public Map<String, String> outputs() {
        Map<String, String> values = new LinkedHashMap<>();
        outputs.properties()
                .forEach(entry -> values.put(
                        entry.getKey(), entry.getValue().path("Value").asText()));
        return values;
    }

    private JsonNode resolved(JsonNode node, String path) {
        JsonNode value = node.isMissingNode() ? null : intrinsics.resolve(node, path);
        return value == null ? Json.object() : value;
    }

    private Map<String, JsonNode> variables(Map<String, String> parameters) {
        Map<String, JsonNode> variables = new HashMap<>();
        JsonNode declared = yaml.root().path("Parameters");
        for (String name : parameters.keySet()) {
            if (!declared.has(name)) {
                throw new TemplateException("The template has no parameter " + name);
            }
        }
        declared.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode initial = entry.getValue().path("Default");
            String value = parameters.getOrDefault(name, initial.asText());
            if (!parameters.containsKey(name) && initial.isMissingNode()) {
                throw new TemplateException(
                        "The parameter " + name + " has no value (" + yaml.where("Parameters." + name) + ")");
            }
            if (entry.getValue().path("Type").asText().matches("CommaDelimitedList|List<.*")) {
                ArrayNode list = Json.array();
                for (String one : value.split(",", -1)) {
                    list.add(one.strip());
                }
                variables.put(name, list);
            } else {
                variables.put(name, TextNode.valueOf(value));
            }
        });
        variables.put("AWS::Region", TextNode.valueOf(place.region()));
        variables.put("AWS::AccountId", TextNode.valueOf(place.account()));
        variables.put("AWS::Partition", TextNode.valueOf("aws"));
        variables.put("AWS::StackName", TextNode.valueOf(place.stack()));
        variables.put("AWS::URLSuffix", TextNode.valueOf("amazonaws.com"));
        variables.put("AWS::StackId", TextNode.valueOf(arn("cloudformation", "stack/" + place.stack() + "/local")));
        return variables;
    }

    private boolean exists(String id) {
        JsonNode resource = yaml.root().path("Resources").path(id);
        return !resource.isMissingNode()
                && (!resource.has("Condition")
                        || intrinsics.condition(resource.path("Condition").asText(), "Resources." + id));
    }

    private String type(String id) {
        return yaml.root().path("Resources").path(id).path("Type").asText();
    }

    private String name(String id) {
        String type = type(id);
        String property = NAME_PROPERTY.getOrDefault(type, "");
        String path = "Resources." + id + ".Properties." + property;
        JsonNode given =
                yaml.root().path("Resources").path(id).path("Properties").path(property);
        JsonNode name = given.isMissingNode() ? null : intrinsics.resolve(given, path);
        if (name != null) {
            return name.asText();
        }
        String made = place.stack() + "-" + id;
        return type.equals("AWS::S3::Bucket") ? made.toLowerCase(Locale.ROOT) : made;
    }

    /// What `Ref` (the attribute `""`) and `GetAtt` give.
    private @Nullable String attribute(String id, String attribute) {
        if (!exists(id)) {
            return roleOfFunction(id, attribute);
        }
        String name = name(id);
        return switch (type(id) + " " + attribute) {
            case "AWS::SQS::Queue ", "AWS::SQS::Queue QueueUrl" -> place.queues() + "/" + place.account() + "/" + name;
            case "AWS::SQS::Queue Arn" -> arn("sqs", name);
            case "AWS::SQS::Queue QueueName", "AWS::Events::EventBus Name" -> name;
            case "AWS::S3::Bucket Arn" -> "arn:aws:s3:::" + name;
            case "AWS::S3::Bucket DomainName" -> name + ".s3.amazonaws.com";
            case "AWS::S3::Bucket RegionalDomainName" -> name + ".s3." + place.region() + ".amazonaws.com";
            case "AWS::DynamoDB::Table Arn" -> arn("dynamodb", "table/" + name);
            case "AWS::DynamoDB::Table StreamArn" -> arn("dynamodb", "table/" + name + "/stream/local");
            case "AWS::Events::EventBus Arn" -> arn("events", "event-bus/" + name);
            case "AWS::Events::Rule Arn" -> arn("events", "rule/" + ruleBus(id) + name);
            case "AWS::Serverless::Function Arn" -> arn("lambda", "function:" + name);
            case "AWS::Logs::LogGroup Arn" -> arn("logs", "log-group:" + name + ":*");
            case "AWS::SNS::Topic ", "AWS::SNS::Topic TopicArn" -> arn("sns", name);
            case "AWS::SNS::Topic TopicName" -> name;
            case "AWS::IAM::Role Arn" -> role(name);
            case "AWS::IAM::ManagedPolicy " -> "arn:aws:iam::" + place.account() + ":policy/" + name;
            case "AWS::KMS::Key Arn" -> arn("kms", "key/" + name);
            case "AWS::KMS::Key KeyId" -> name;
            case "AWS::CloudWatch::Alarm Arn" -> arn("cloudwatch", "alarm:" + name);
            default -> attribute.isEmpty() ? name : null;
        };
    }

    /// SAM makes a role for every function that names none.
    private @Nullable String roleOfFunction(String id, String attribute) {
        if (!id.endsWith("Role") || !exists(id.substring(0, id.length() - "Role".length()))) {
            return null;
        }
        String name = place.stack() + "-" + id;
        return attribute.equals("Arn") ? role(name) : attribute.isEmpty() ? name : null;
    }

    private String role(String name) {
        return "arn:aws:iam::" + place.account() + ":role/" + name;
    }

    private String ruleBus(String id) {
        String path = "Resources." + id + ".Properties.EventBusName";
        JsonNode bus = resolved(
                yaml.root().path("Resources").path(id).path("Properties").path("EventBusName"), path);
        String name = bus.asText().substring(bus.asText().lastIndexOf('/') + 1);
        return name.isEmpty() || name.equals("default") ? "" : name + "/";
    }

    private String arn(String service, String rest) {
        return "arn:aws:" + service + ":" + place.region() + ":" + place.account() + ":" + rest;
    }

    /// A function's properties over the template's globals: maps are merged, lists joined, the function's own wins.
    private static JsonNode merged(JsonNode globals, JsonNode own) {
        if (globals.isObject() && own.isObject()) {
            ObjectNode merged = globals.deepCopy();
            for (Map.Entry<String, JsonNode> entry : own.properties()) {
                JsonNode global = globals.get(entry.getKey());
                merged.set(entry.getKey(), global == null ? entry.getValue() : merged(global, entry.getValue()));
            }
            return merged;
        }
        if (globals.isArray() && own.isArray()) {
            List<JsonNode> joined = new ArrayList<>();
            globals.forEach(joined::add);
            own.forEach(joined::add);
            return Json.array().addAll(joined);
        }
        return own;
    }
}
