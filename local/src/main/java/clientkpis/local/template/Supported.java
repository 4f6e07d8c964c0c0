package clientkpis.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a template is known here: for each resource type the properties that are acted on, and those that change
/// nothing on one machine. Everything else is an error: better none than one that behaves otherwise than in the cloud.
final class Supported {
    /// The types a resource may have. In `acted`, `A.B` is the property B inside A (in each element of it, when A is a
    /// list) and `A.*` is everything inside A; `known` holds whole properties.
    private record Type(Set<String> acted, Set<String> known) {
        static Type of(String acted, String known) {
            return new Type(words(acted), words(known));
        }
    }

    private static final Type NOTHING_LOCAL = Type.of("", "*");

    private static final String FUNCTION_KNOWN = """
        Runtime MemorySize Architectures Description LoggingConfig Tracing Tags EphemeralStorage SnapStart
        AutoPublishAlias PermissionsBoundary PropagateTags RolePath RuntimeManagementConfig KmsKeyArn
        ReservedConcurrentExecutions PackageType RecursiveLoop
        """;

    private static final String FUNCTION = """
        FunctionName Handler CodeUri Timeout Environment.Variables.* Role
        DeadLetterQueue.Type DeadLetterQueue.TargetArn
        EventInvokeConfig.MaximumRetryAttempts EventInvokeConfig.MaximumEventAgeInSeconds
        EventInvokeConfig.DestinationConfig.OnFailure.Type EventInvokeConfig.DestinationConfig.OnFailure.Destination
        """;

    private static final Map<String, Type> TYPES = Map.ofEntries(
            Map.entry("AWS::Serverless::Function", Type.of(FUNCTION + " Events.*", FUNCTION_KNOWN)),
            Map.entry("AWS::DynamoDB::Table", Type.of("""
                TableName KeySchema.AttributeName KeySchema.KeyType
                AttributeDefinitions.AttributeName AttributeDefinitions.AttributeType
                StreamSpecification.StreamViewType
                GlobalSecondaryIndexes.IndexName GlobalSecondaryIndexes.KeySchema.AttributeName
                GlobalSecondaryIndexes.KeySchema.KeyType GlobalSecondaryIndexes.Projection.ProjectionType
                GlobalSecondaryIndexes.Projection.NonKeyAttributes
                """, """
                BillingMode PointInTimeRecoverySpecification SSESpecification Tags TableClass
                TimeToLiveSpecification DeletionProtectionEnabled ContributorInsightsSpecification
                OnDemandThroughput ProvisionedThroughput WarmThroughput ResourcePolicy
                """)),
            Map.entry("AWS::S3::Bucket", Type.of("""
                BucketName VersioningConfiguration.Status
                NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled
                """, """
                BucketEncryption PublicAccessBlockConfiguration OwnershipControls LifecycleConfiguration Tags
                LoggingConfiguration AccessControl IntelligentTieringConfigurations MetricsConfigurations
                """)),
            Map.entry("AWS::S3::BucketPolicy", NOTHING_LOCAL),
            Map.entry("AWS::SQS::Queue", Type.of("""
                QueueName VisibilityTimeout DelaySeconds
                RedrivePolicy.deadLetterTargetArn RedrivePolicy.maxReceiveCount
                """, """
                MessageRetentionPeriod KmsMasterKeyId KmsDataKeyReusePeriodSeconds SqsManagedSseEnabled Tags
                RedriveAllowPolicy ReceiveMessageWaitTimeSeconds MaximumMessageSize
                """)),
            Map.entry("AWS::SQS::QueuePolicy", Type.of("Queues PolicyDocument.*", "")),
            Map.entry(
                    "AWS::Events::EventBus",
                    Type.of("Name", "Description KmsKeyIdentifier Tags DeadLetterConfig Policy LogConfig")),
            Map.entry("AWS::Events::Rule", Type.of("""
                Name EventBusName EventPattern.* State Targets.Id Targets.Arn Targets.DeadLetterConfig.Arn
                Targets.RetryPolicy.MaximumRetryAttempts Targets.RetryPolicy.MaximumEventAgeInSeconds
                """, "Description Tags")),
            Map.entry(
                    "AWS::Lambda::EventSourceMapping",
                    Type.of("""
                        EventSourceArn FunctionName Enabled BatchSize MaximumBatchingWindowInSeconds FunctionResponseTypes
                        ScalingConfig.MaximumConcurrency FilterCriteria.Filters.Pattern StartingPosition
                        BisectBatchOnFunctionError MaximumRetryAttempts DestinationConfig.OnFailure.Destination
                        """, "ParallelizationFactor MaximumRecordAgeInSeconds MetricsConfig Tags")),
            Map.entry("AWS::Logs::LogGroup", NOTHING_LOCAL),
            Map.entry("AWS::Logs::MetricFilter", NOTHING_LOCAL),
            Map.entry("AWS::CloudWatch::Alarm", NOTHING_LOCAL),
            Map.entry("AWS::CloudWatch::CompositeAlarm", NOTHING_LOCAL),
            Map.entry("AWS::CloudWatch::Dashboard", NOTHING_LOCAL),
            Map.entry("AWS::SNS::Topic", NOTHING_LOCAL),
            Map.entry("AWS::SNS::TopicPolicy", NOTHING_LOCAL),
            Map.entry("AWS::SNS::Subscription", NOTHING_LOCAL),
            // What a managed policy allows is not known here.
            Map.entry("AWS::IAM::Role", Type.of("RoleName Policies.*", "AssumeRolePolicyDocument Description Tags")),
            Map.entry("AWS::IAM::Policy", Type.of("PolicyName Roles PolicyDocument.*", "")),
            Map.entry("AWS::IAM::ManagedPolicy", NOTHING_LOCAL),
            Map.entry("AWS::KMS::Key", NOTHING_LOCAL),
            Map.entry("AWS::KMS::Alias", NOTHING_LOCAL));

    /// With an event of a queue or a stream, SAM adds managed policies to the function's role: a mapping of its own
    /// does not.
    private static final Map<String, Type> EVENTS = Map.of("ScheduleV2", Type.of("""
        Input State Name
        """, """
        ScheduleExpression ScheduleExpressionTimezone FlexibleTimeWindow RetryPolicy DeadLetterConfig
        Description GroupName PermissionsBoundary OmitName
        """));

    private static final Set<String> RESOURCE =
            words("Type Properties Condition DependsOn DeletionPolicy UpdateReplacePolicy Metadata");
    private static final Set<String> TEMPLATE = words(
            "AWSTemplateFormatVersion Transform Description Metadata Parameters Mappings Globals Conditions Resources"
                    + " Outputs");
    private static final String SERVERLESS = "AWS::Serverless-2016-10-31";
    private static final Set<List<String>> TRANSFORMS =
            Set.of(List.of(), List.of(SERVERLESS), List.of("AWS::LanguageExtensions", SERVERLESS));

    private final Yaml yaml;

    private Supported(Yaml yaml) {
        this.yaml = yaml;
    }

    /// Checks that everything in the template is known here.
    ///
    /// @throws TemplateException naming the first thing that is not
    static void check(Yaml yaml) {
        new Supported(yaml).template();
    }

    private void template() {
        names(yaml.root(), "", TEMPLATE, "The template");
        List<String> transforms = Resource.texts(yaml.root().path("Transform"));
        if (!TRANSFORMS.contains(transforms)) {
            throw error(
                    "Transform", "The template has the transforms " + transforms + ", which are not supported here");
        }
        if (yaml.loops() && transforms.size() < 2) {
            throw error("Transform", "The template has loops, which need the transform AWS::LanguageExtensions");
        }
        names(yaml.root().path("Globals"), "Globals", Set.of("Function"), "Globals");
        properties(
                yaml.root().path("Globals").path("Function"),
                "Globals.Function",
                "Globals.Function",
                type("AWS::Serverless::Function"));
        yaml.root().path("Resources").properties().forEach(entry -> {
            String id = entry.getKey();
            JsonNode resource = entry.getValue();
            String path = "Resources." + id;
            names(resource, path, RESOURCE, id);
            String typeName = resource.path("Type").asText();
            Type type = TYPES.get(typeName);
            if (type == null) {
                throw error(path + ".Type", id + " is of the type " + typeName + ", which is not supported here");
            }
            properties(resource.path("Properties"), path + ".Properties", id, type);
            if (typeName.equals("AWS::Serverless::Function")) {
                events(resource.path("Properties").path("Events"), path + ".Properties.Events", id);
            }
        });
    }

    private void events(JsonNode events, String path, String id) {
        events.properties().forEach(entry -> {
            String at = path + "." + entry.getKey();
            String kind = entry.getValue().path("Type").asText();
            Type type = EVENTS.get(kind);
            if (type == null) {
                throw error(at, id + " has an event of the type " + kind + ", which is not supported here");
            }
            properties(entry.getValue().path("Properties"), at + ".Properties", id + "." + entry.getKey(), type);
        });
    }

    private void properties(JsonNode properties, String path, String owner, Type type) {
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            if (!type.known().contains(property.getKey()) && !type.known().contains("*")) {
                visit(property.getValue(), property.getKey(), path + "." + property.getKey(), owner, type);
            }
        }
    }

    private void visit(JsonNode value, String name, String path, String owner, Type type) {
        if (type.acted().contains(name + ".*")) {
            return;
        }
        boolean leaf = type.acted().contains(name);
        boolean parent = type.acted().stream().anyMatch(known -> known.startsWith(name + "."));
        if (!leaf && !parent) {
            throw error(path, owner + " has the property " + name + ", which is not supported here");
        }
        if (leaf) {
            return;
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                visit(value.get(i), name, path + "." + i, owner, type);
            }
        } else if (value.has("Fn::If")) {
            visit(value.path("Fn::If").path(1), name, path, owner, type);
            visit(value.path("Fn::If").path(2), name, path, owner, type);
        } else if (value.isObject() && !value.has("Ref")) {
            for (Map.Entry<String, JsonNode> inner : value.properties()) {
                visit(inner.getValue(), name + "." + inner.getKey(), path + "." + inner.getKey(), owner, type);
            }
        }
    }

    private void names(JsonNode object, String path, Set<String> known, String owner) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!known.contains(entry.getKey())) {
                String at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                throw error(at, owner + " has " + entry.getKey() + ", which is not supported here");
            }
        }
    }

    private TemplateException error(String path, String message) {
        return new TemplateException(message + " (" + yaml.where(path) + ")");
    }

    private static Type type(String name) {
        Type type = TYPES.get(name);
        return type == null ? NOTHING_LOCAL : type;
    }

    private static Set<String> words(@Nullable String text) {
        Set<String> words = new HashSet<>();
        if (text != null) {
            Arrays.stream(text.strip().split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .forEach(words::add);
        }
        return Set.copyOf(words);
    }
}
