package clientkpis.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.template.Rights.Call;
import clientkpis.local.template.Template.Place;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every resource of the template, and no checker looks at. Each rule is shown to find what breaks it.
///
/// It is long because it is a list: a rule and the change that breaks it, again and again.
class TemplateRulesTest {
    private static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));
    private static final Place PLACE =
            new Place("client-kpis", "sa-east-1", "123456789012", "https://sqs.sa-east-1.amazonaws.com");
    private static final String KEY = "arn:aws:kms:sa-east-1:123456789012:key/one";
    private static final int TRIES_WITHIN_VISIBILITY = 6;
    private static final int FOURTEEN_DAYS = 1_209_600;
    private static final int SHORTEST_INSTRUCTION = 80;

    @TempDir
    private Path folder;

    /// A rule, what it checks, and a change of the template that breaks it.
    record Rule(String name, BiConsumer<Stack, List<String>> check, String whole, String broken) {
        List<String> violations(Stack stack) {
            List<String> violations = new ArrayList<>();
            check.accept(stack, violations);
            return violations;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Rule> rules() {
        return Stream.of(
                new Rule(
                        "Every function runs on Java 25 on Arm",
                        TemplateRulesTest::runtime,
                        "Runtime: java25",
                        "Runtime: java21"),
                new Rule(
                        "A message is invisible for six timeouts",
                        TemplateRulesTest::visibility,
                        "Invisible: 5400",
                        "Invisible: 5399"),
                new Rule(
                        "The queue of a mapping reports failures one by one and has a limit",
                        TemplateRulesTest::mappings,
                        "            MaximumConcurrency: !Ref MaximumConcurrency",
                        "            MaximumConcurrency: 1000"),
                new Rule(
                        "A record that fails does not hold up its stream",
                        TemplateRulesTest::mappings,
                        "BisectBatchOnFunctionError: true",
                        "BisectBatchOnFunctionError: false"),
                new Rule(
                        "Two stacks live side by side",
                        TemplateRulesTest::schedules,
                        "OmitName: true",
                        "OmitName: false"),
                new Rule(
                        "Every rule may send to its queue and its dead letters",
                        TemplateRulesTest::eventRules,
                        "aws:SourceArn: !GetAtt [!Sub \"${function}Rule\", Arn]",
                        "aws:SourceArn: !GetAtt reportRule.Arn"),
                new Rule(
                        "Every function has its log group with a retention",
                        TemplateRulesTest::logs,
                        "LogGroup: !Ref scoreLogs",
                        "LogGroup: !Ref dailyLogs"),
                new Rule(
                        "Every queue has dead letters, and keeps messages for fourteen days",
                        TemplateRulesTest::deadLetters,
                        "MessageRetentionPeriod: 1209600",
                        "MessageRetentionPeriod: 345600"),
                new Rule(
                        "Every queue has its alarm",
                        TemplateRulesTest::queueAlarms,
                        "Value: !GetAtt [!Sub \"${family}DeadLetterQueue\", QueueName]",
                        "Value: !GetAtt [!Sub \"${family}Queue\", QueueName]"),
                new Rule(
                        "Each dead letter rings, also while earlier ones are there",
                        TemplateRulesTest::queueAlarms,
                        "Expression: DIFF(FILL(dead, 0))",
                        "Expression: FILL(dead, 0)"),
                new Rule(
                        "A function has a role of its own, to which SAM adds nothing",
                        TemplateRulesTest::roles,
                        "      Role: !GetAtt scoreRole.Arn\n",
                        ""),
                new Rule(
                        "A function may do what Lambda does for it",
                        TemplateRulesTest::lambda,
                        "sqs:DeleteMessage, ",
                        ""),
                new Rule(
                        "A function receives from its own queue alone",
                        TemplateRulesTest::ownSources,
                        "sqs:ChangeMessageVisibility]\n"
                                + "                    Resource: !GetAtt [!Sub \"${function}Queue\", Arn]",
                        "sqs:ChangeMessageVisibility]\n"
                                + "                    Resource: [!GetAtt [!Sub \"${function}Queue\", Arn], !GetAtt"
                                + " usageQueue.Arn]"),
                new Rule(
                        "A function writes its own log alone",
                        TemplateRulesTest::ownSources,
                        "Resource: !GetAtt [!Sub \"${family}Logs\", Arn]",
                        "Resource: !GetAtt intakeLogs.Arn"),
                new Rule(
                        "A function may write traces only where they are on",
                        TemplateRulesTest::traces,
                        "- Traces\n",
                        "- HasCustomerKey\n"),
                new Rule(
                        "Every alarm says what to do",
                        TemplateRulesTest::alarms,
                        "redrive: docs/operate.md#dead-letters.",
                        "redrive: docs/operate.md#none."),
                new Rule(
                        "Nothing is reached without TLS",
                        TemplateRulesTest::tls,
                        "Action: s3:*\n            Resource: [!GetAtt Data.Arn, !Sub \"${Data.Arn}/*\"]",
                        "Action: s3:*\n            Resource: !GetAtt Data.Arn"),
                new Rule(
                        "No right is for everything",
                        TemplateRulesTest::wildcards,
                        "Action: [dynamodb:Scan, dynamodb:GetItem]",
                        "Action: [dynamodb:Scan, dynamodb:*]"),
                new Rule(
                        "What holds data is kept and recoverable",
                        TemplateRulesTest::data,
                        "PointInTimeRecoveryEnabled: true",
                        "PointInTimeRecoveryEnabled: false"),
                new Rule(
                        "The bucket is private, versioned and tidied up",
                        TemplateRulesTest::bucket,
                        "Prefix: receipts/",
                        "Prefix: receipt/"),
                new Rule(
                        "The bucket is never public",
                        TemplateRulesTest::bucket,
                        "BlockPublicPolicy: true",
                        "BlockPublicPolicy: false"),
                new Rule(
                        "Old versions go",
                        TemplateRulesTest::bucket,
                        "ExpiredObjectDeleteMarker: true",
                        "ExpiredObjectDeleteMarker: false"),
                new Rule(
                        "What is called asynchronously has dead letters",
                        TemplateRulesTest::deadLetters,
                        "TargetArn: !GetAtt dailyDeadLetterQueue.Arn",
                        "TargetArn: !Ref AWS::NoValue"),
                new Rule(
                        "The customer's key encrypts the bucket",
                        TemplateRulesTest::customerKey,
                        "KMSMasterKeyID: !If [HasCustomerKey, !Ref CustomerKeyArn, !Ref AWS::NoValue]",
                        "KMSMasterKeyID: alias/aws/s3"),
                new Rule(
                        "Every parameter is described and has a range",
                        TemplateRulesTest::parameters,
                        "    MaxValue: 90\n",
                        ""),
                new Rule(
                        "Every parameter is in one group of the console's form",
                        TemplateRulesTest::parameters,
                        "Parameters: [AlarmAddress, Tracing, ",
                        "Parameters: [AlarmAddress, "),
                new Rule(
                        "The outputs are there and described",
                        TemplateRulesTest::outputs,
                        "  EventBus:\n    Desc",
                        "  Bus:\n    Desc"),
                new Rule(
                        "The customer's key is used wherever something rests",
                        TemplateRulesTest::customerKey,
                        "KmsKeyIdentifier: !If [HasCustomerKey, !Ref CustomerKeyArn, !Ref AWS::NoValue]",
                        "KmsKeyIdentifier: alias/aws/events"),
                new Rule(
                        "Every metric of its own is documented",
                        TemplateRulesTest::metrics,
                        "MetricName: DaysSinceRecalculation",
                        "MetricName: DaysSince"));
    }

    /// The template as it is deployed by default, with a customer's key, with traces, and as its text says.
    record Stack(Template template, Template withKey, Template traced, Yaml yaml, String text) {
        static Stack of(Path file) throws IOException {
            return new Stack(
                    Template.read(file, PLACE, Map.of()),
                    Template.read(file, PLACE, Map.of("CustomerKeyArn", KEY)),
                    Template.read(file, PLACE, Map.of("Tracing", "Active")),
                    Yaml.read(file),
                    Files.readString(file));
        }

        List<Resource> functions() {
            return template.all("AWS::Serverless::Function");
        }

        List<Resource> queues() {
            return template.all("AWS::SQS::Queue");
        }

        List<Resource> alarmsOn(String queueName, String metric) {
            return template.all("AWS::CloudWatch::Alarm").stream()
                    .filter(alarm -> metrics(alarm)
                            .anyMatch(one -> one.path("MetricName").asText().equals(metric)
                                    && one.at("/Dimensions/0/Value").asText().equals(queueName)))
                    .toList();
        }

        /// The metrics that an alarm looks at, by itself or in an expression.
        Stream<JsonNode> metrics(Resource alarm) {
            return Stream.concat(
                    Stream.of(alarm.properties()),
                    elements(alarm.get("Metrics")).map(one -> one.at("/MetricStat/Metric")));
        }

        boolean isForDeadLetters(Resource queue) {
            return queue.id().endsWith("DeadLetterQueue");
        }

        /// The statements of the policies of a queue.
        List<JsonNode> statements(Resource queue) {
            return template.all("AWS::SQS::QueuePolicy").stream()
                    .filter(policy -> policy.get("Queues").path(0).asText().endsWith("/" + queue.name()))
                    .flatMap(policy -> elements(policy.get("PolicyDocument").path("Statement")))
                    .toList();
        }

        List<Resource> mappings(Resource function, String service) {
            return template.mappings(function).stream()
                    .filter(mapping -> mapping.text("EventSourceArn").startsWith("arn:aws:" + service + ":"))
                    .toList();
        }

        Stream<JsonNode> schedules(Resource function) {
            return elements(function.get("Events")).map(event -> event.path("Properties"));
        }

        Resource queue(String arn) {
            return template.withArn("AWS::SQS::Queue", arn).orElseThrow();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(Rule rule) throws IOException {
        assertThat(rule.violations(Stack.of(ROOT.resolve("template.yaml")))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isBrokenByWhatItForbids(Rule rule) throws IOException {
        String text = Files.readString(ROOT.resolve("template.yaml"));
        assertThat(text).contains(rule.whole());
        String broken = text.replaceFirst(Pattern.quote(rule.whole()), Matcher.quoteReplacement(rule.broken()));

        assertThat(rule.violations(Stack.of(Files.writeString(folder.resolve("template.yaml"), broken))))
                .isNotEmpty();
    }

    private static void runtime(Stack stack, List<String> violations) {
        for (Resource function : stack.functions()) {
            check(function.text("Runtime").equals("java25"), function, "its runtime is not java25", violations);
            check(
                    texts(function.get("Architectures")).equals(List.of("arm64")),
                    function,
                    "its architecture is not arm64",
                    violations);
        }
    }

    private static void visibility(Stack stack, List<String> violations) {
        for (Resource function : stack.functions()) {
            int timeout = function.get("Timeout").asInt();
            stack.mappings(function, "sqs").forEach(mapping -> {
                int visible = stack.queue(mapping.text("EventSourceArn"))
                        .get("VisibilityTimeout")
                        .asInt();
                check(
                        visible >= TRIES_WITHIN_VISIBILITY * timeout,
                        function,
                        "its messages are redelivered after %d s, and it may take %d s".formatted(visible, timeout),
                        violations);
            });
        }
    }

    private static void mappings(Stack stack, List<String> violations) {
        for (Resource function : stack.functions()) {
            stack.mappings(function, "sqs").forEach(mapping -> {
                check(
                        texts(mapping.get("FunctionResponseTypes")).equals(List.of("ReportBatchItemFailures")),
                        function,
                        "one message that fails causes its whole batch to be redelivered",
                        violations);
                int most =
                        mapping.get("ScalingConfig").path("MaximumConcurrency").asInt();
                check(most >= 2 && most <= 100, function, "its mapping's concurrency has no limit", violations);
            });
            stack.mappings(function, "dynamodb").forEach(mapping -> {
                check(
                        mapping.get("BisectBatchOnFunctionError").asBoolean()
                                && mapping.get("MaximumRetryAttempts").asInt() == -1
                                && !mapping.properties()
                                        .at("/DestinationConfig/OnFailure/Destination")
                                        .asText()
                                        .isEmpty(),
                        function,
                        "a record that fails holds up its stream, or is lost",
                        violations);
            });
        }
    }

    private static void schedules(Stack stack, List<String> violations) {
        for (Resource function : stack.functions()) {
            stack.schedules(function)
                    .forEach(schedule -> check(
                            schedule.path("OmitName").asBoolean()
                                    || schedule.path("Name").asText().contains(PLACE.stack()),
                            function,
                            "its schedule has the same name in every stack of an account",
                            violations));
        }
    }

    private static void eventRules(Stack stack, List<String> violations) {
        for (Resource rule : stack.template.all("AWS::Events::Rule")) {
            for (JsonNode target : rule.get("Targets")) {
                for (String arn : List.of(
                        target.path("Arn").asText(),
                        target.path("DeadLetterConfig").path("Arn").asText())) {
                    boolean allowed = stack.template.withArn("AWS::SQS::Queue", arn).stream()
                            .flatMap(queue -> stack.statements(queue).stream())
                            .anyMatch(statement -> statement
                                            .path("Effect")
                                            .asText()
                                            .equals("Allow")
                                    && statement
                                            .at("/Principal/Service")
                                            .asText()
                                            .equals("events.amazonaws.com")
                                    && statement.path("Action").asText().equals("sqs:SendMessage")
                                    && statement.path("Resource").asText().equals(arn)
                                    && statement
                                            .path("Condition")
                                            .path("ArnEquals")
                                            .path("aws:SourceArn")
                                            .asText()
                                            .equals(rule.arn()));
                    check(allowed, rule, "no policy lets it send to " + arn, violations);
                }
            }
        }
    }

    private static void logs(Stack stack, List<String> violations) {
        Set<String> taken = new TreeSet<>();
        for (Resource function : stack.functions()) {
            String group = function.get("LoggingConfig").path("LogGroup").asText();
            check(taken.add(group), function, "it shares the log group " + group, violations);
            boolean kept = stack.template.all("AWS::Logs::LogGroup").stream()
                    .anyMatch(one -> one.name().equals(group)
                            && one.get("RetentionInDays").asInt() > 0);
            check(kept, function, "it has no log group with a retention", violations);
        }
    }

    private static void deadLetters(Stack stack, List<String> violations) {
        for (Resource queue : stack.queues()) {
            check(
                    queue.get("MessageRetentionPeriod").asInt() == FOURTEEN_DAYS,
                    queue,
                    "what it holds is gone before it is looked at",
                    violations);
            if (!stack.isForDeadLetters(queue)) {
                String arn =
                        queue.get("RedrivePolicy").path("deadLetterTargetArn").asText();
                check(
                        stack.template
                                .withArn("AWS::SQS::Queue", arn)
                                .filter(stack::isForDeadLetters)
                                .isPresent(),
                        queue,
                        "it has no dead-letter queue",
                        violations);
            }
        }
        for (Resource function : stack.functions()) {
            boolean called = stack.schedules(function).findAny().isEmpty()
                    || function.get("DeadLetterQueue").has("TargetArn");
            check(called, function, "it is called asynchronously and has no dead-letter queue", violations);
        }
    }

    private static void queueAlarms(Stack stack, List<String> violations) {
        for (Resource queue : stack.queues()) {
            String metric = stack.isForDeadLetters(queue)
                    ? "ApproximateNumberOfMessagesVisible"
                    : "ApproximateAgeOfOldestMessage";
            List<Resource> alarms = stack.alarmsOn(queue.name(), metric);
            check(alarms.size() == 1, queue, "no alarm on its " + metric, violations);
            for (Resource alarm : stack.isForDeadLetters(queue) ? alarms : List.<Resource>of()) {
                check(
                        alarm.get("Metrics").findValuesAsText("Expression").equals(List.of("DIFF(FILL(dead, 0))"))
                                && alarm.get("OKActions").isMissingNode(),
                        alarm,
                        "it does not ring at a second one, or says that one is over that is still there",
                        violations);
            }
        }
    }

    private static void roles(Stack stack, List<String> violations) {
        Set<String> taken = new TreeSet<>();
        for (Resource function : stack.functions()) {
            String role = function.get("Role").asText();
            check(
                    stack.template.withArn("AWS::IAM::Role", role).isPresent() && taken.add(role),
                    function,
                    "it has no role of its own in the template, so SAM makes one with managed policies",
                    violations);
        }
    }

    private static void lambda(Stack stack, List<String> violations) {
        for (Resource function : stack.functions()) {
            Rights rights = new Rights(stack.template.grants(function));
            List<Call> refused = LambdaCalls.of(stack.template, function).stream()
                    .filter(call -> !rights.allow(call))
                    .toList();
            check(refused.isEmpty(), function, "its role does not allow " + refused, violations);
        }
    }

    /// What a function may do to a source or a log, Lambda does to the function's own.
    private static void ownSources(Stack stack, List<String> violations) {
        Set<String> sending = Set.of("sqs:SendMessage", "sqs:GetQueueUrl");
        for (Resource function : stack.functions()) {
            Set<String> own = LambdaCalls.of(stack.template, function).stream()
                    .map(Call::resource)
                    .collect(Collectors.toSet());
            for (Grant grant : stack.template.grants(function)) {
                boolean received = grant.actions().stream()
                        .anyMatch(action -> action.matches("(sqs|logs):.*|dynamodb:.*(Stream|Shard|Records).*")
                                && !sending.contains(action));
                check(
                        !received || own.containsAll(grant.resources()),
                        function,
                        "it may %s on %s".formatted(grant.actions(), grant.resources()),
                        violations);
            }
        }
    }

    private static void traces(Stack stack, List<String> violations) {
        for (Resource function : stack.functions()) {
            check(
                    !mayTrace(stack.template, function) && mayTrace(stack.traced, function),
                    function,
                    "it may write traces that nobody wants, or may not write those that somebody wants",
                    violations);
        }
    }

    private static boolean mayTrace(Template template, Resource function) {
        return template.grants(function).stream()
                .anyMatch(
                        grant -> grant.actions().equals(List.of("xray:PutTraceSegments", "xray:PutTelemetryRecords")));
    }

    private static void alarms(Stack stack, List<String> violations) {
        String guide = read(ROOT.resolve("docs/operate.md"));
        Set<String> headings = guide.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(java.util.Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
        for (Resource alarm : stack.template.all("AWS::CloudWatch::Alarm")) {
            String text = alarm.get("AlarmDescription").asText();
            Matcher link = Pattern.compile("docs/operate\\.md#([a-z-]+)").matcher(text);
            check(
                    text.length() >= SHORTEST_INSTRUCTION && link.find() && headings.contains(link.group(1)),
                    alarm,
                    "its description does not say what to do, or leads to no section of docs/operate.md",
                    violations);
            check(
                    texts(alarm.get("AlarmActions")).size() == 1
                            && alarm.get("TreatMissingData").isTextual(),
                    alarm,
                    "nobody is notified, or the meaning of missing data is not defined",
                    violations);
            String kind = alarm.text("AlarmName").replaceFirst("^" + PLACE.stack() + "-", "");
            check(
                    guide.contains("`" + kind + "`") || guide.contains("`*" + kind.replaceFirst("^[a-z]+", "") + "`"),
                    alarm,
                    "docs/operate.md does not speak of " + kind,
                    violations);
        }
    }

    private static void tls(Stack stack, List<String> violations) {
        for (Resource queue : stack.queues()) {
            check(
                    stack.statements(queue).stream().anyMatch(one -> isTlsOnly(one, "sqs:*", Set.of(queue.arn()))),
                    queue,
                    "it is reached without TLS",
                    violations);
        }
        for (Resource topic : stack.template.all("AWS::SNS::Topic")) {
            boolean guarded = stack.template.all("AWS::SNS::TopicPolicy").stream()
                    .flatMap(policy -> elements(policy.get("PolicyDocument").path("Statement")))
                    .anyMatch(one -> isTlsOnly(
                            one,
                            "sns:Publish",
                            Set.of("arn:aws:sns:%s:%s:%s".formatted(PLACE.region(), PLACE.account(), topic.name()))));
            check(guarded, topic, "it is reached without TLS", violations);
        }
        for (Resource bucket : stack.template.all("AWS::S3::Bucket")) {
            boolean guarded = stack.template.all("AWS::S3::BucketPolicy").stream()
                    .filter(policy -> policy.get("Bucket").asText().equals(bucket.name()))
                    .flatMap(policy -> elements(policy.get("PolicyDocument").path("Statement")))
                    .anyMatch(one -> isTlsOnly(one, "s3:*", Set.of(bucket.arn(), bucket.arn() + "/*")));
            check(guarded, bucket, "it is reached without TLS", violations);
        }
    }

    private static boolean isTlsOnly(JsonNode statement, String action, Set<String> resources) {
        return statement.path("Effect").asText().equals("Deny")
                && statement.path("Principal").asText().equals("*")
                && statement.path("Action").asText().equals(action)
                && Set.copyOf(texts(statement.path("Resource"))).equals(resources)
                && statement
                        .path("Condition")
                        .path("Bool")
                        .path("aws:SecureTransport")
                        .asText()
                        .equals("false");
    }

    /// What denies may be for everything; what allows names its action, and at least the first folder of its objects or
    /// the beginning of its queues' names.
    private static void wildcards(Stack stack, List<String> violations) {
        for (Resource function : stack.functions()) {
            for (Grant grant : stack.template.grants(function)) {
                check(
                        grant.actions().stream().noneMatch(action -> action.contains("*")),
                        function,
                        "it may do " + grant.actions(),
                        violations);
                check(
                        grant.resources().stream()
                                .allMatch(resource -> !resource.contains("*")
                                        || grant.actions().equals(List.of("dynamodb:ListStreams"))
                                        || resource.matches("arn:aws:s3:::[a-z-]+/[a-z]+/.*"
                                                + "|arn:aws:sqs:.*:client-kpis-[a-z]+-[*]"
                                                + "|arn:aws:logs:.*:log-group:/client-kpis/[a-z]+:[*]")),
                        function,
                        "it may reach " + grant.resources(),
                        violations);
            }
        }
    }

    private static void data(Stack stack, List<String> violations) {
        for (Resource table : stack.template.all("AWS::DynamoDB::Table")) {
            check(
                    table.get("PointInTimeRecoverySpecification")
                            .path("PointInTimeRecoveryEnabled")
                            .asBoolean(),
                    table,
                    "it cannot be restored to a point in time",
                    violations);
            check(
                    table.get("DeletionProtectionEnabled").asText().equals("true"),
                    table,
                    "it is not protected from deletion by default",
                    violations);
        }
        for (String type : List.of("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::S3::BucketPolicy")) {
            for (Resource resource : stack.template.all(type)) {
                JsonNode text = stack.yaml.root().path("Resources").path(resource.id());
                for (String policy : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
                    check(text.path(policy).asText().equals("Retain"), resource, policy + " is not Retain", violations);
                }
            }
        }
    }

    private static void bucket(Stack stack, List<String> violations) {
        for (Resource bucket : stack.template.all("AWS::S3::Bucket")) {
            List<JsonNode> open = bucket.get("PublicAccessBlockConfiguration").properties().stream()
                    .map(Map.Entry::getValue)
                    .filter(blocked -> !blocked.asBoolean())
                    .toList();
            check(
                    open.isEmpty()
                            && bucket.get("PublicAccessBlockConfiguration").size() == 4,
                    bucket,
                    "it may be made public",
                    violations);
            check(
                    bucket.get("VersioningConfiguration")
                            .path("Status")
                            .asText()
                            .equals("Enabled"),
                    bucket,
                    "it keeps no versions",
                    violations);
            check(
                    encryption(bucket).path("SSEAlgorithm").asText().equals("AES256"),
                    bucket,
                    "it is not encrypted",
                    violations);
            Set<String> expiring = elements(bucket.get("LifecycleConfiguration").path("Rules"))
                    .filter(rule -> rule.path("ExpirationInDays").asInt() > 0)
                    .map(rule -> rule.path("Prefix").asText())
                    .collect(Collectors.toSet());
            check(
                    elements(bucket.get("LifecycleConfiguration").path("Rules"))
                            .anyMatch(rule -> !rule.has("Prefix")
                                    && rule.path("ExpiredObjectDeleteMarker").asBoolean()
                                    && rule.path("NoncurrentVersionExpiration")
                                                    .path("NoncurrentDays")
                                                    .asInt()
                                            > 0),
                    bucket,
                    "old versions of what no rule speaks of stay for ever",
                    violations);
            for (String prefix : List.of("uploads/", "parts/", "surveys/", "receipts/", "exports/", "reports/")) {
                check(expiring.contains(prefix), bucket, prefix + " grows for ever", violations);
            }
        }
    }

    private static JsonNode encryption(Resource bucket) {
        return bucket.get("BucketEncryption")
                .path("ServerSideEncryptionConfiguration")
                .path(0)
                .path("ServerSideEncryptionByDefault");
    }

    private static void parameters(Stack stack, List<String> violations) {
        List<String> grouped = elements(
                        stack.yaml.root().at("/Metadata/AWS::CloudFormation::Interface/ParameterGroups"))
                .flatMap(group -> texts(group.path("Parameters")).stream())
                .toList();
        stack.yaml.root().path("Parameters").properties().forEach(entry -> {
            JsonNode parameter = entry.getValue();
            boolean range = parameter.has("AllowedValues")
                    || parameter.has("AllowedPattern")
                    || (parameter.has("MinValue") && parameter.has("MaxValue"));
            if (!range
                    || !parameter.has("Default")
                    || parameter.path("Description").asText().length() < 20) {
                violations.add("The parameter " + entry.getKey() + " lacks a description, a default or a range");
            }
            if (Collections.frequency(grouped, entry.getKey()) != 1) {
                violations.add("The parameter " + entry.getKey() + " is not in one group");
            }
        });
    }

    private static void outputs(Stack stack, List<String> violations) {
        JsonNode outputs = stack.yaml.root().path("Outputs");
        for (String name : List.of(
                "DataBucket",
                "EventBus",
                "ClientsTable",
                "RecordsTable",
                "TenantsTable",
                "RunsTable",
                "SituationChangesTable",
                "DailyFunction",
                "AlarmTopic",
                "Dashboard")) {
            if (outputs.path(name).path("Description").asText().isEmpty()
                    || stack.template.outputs().getOrDefault(name, "").isEmpty()) {
                violations.add("The output " + name + " does not exist or is not described");
            }
        }
    }

    private static void customerKey(Stack stack, List<String> violations) {
        Map<String, String> property = Map.of(
                "AWS::SQS::Queue", "KmsMasterKeyId",
                "AWS::SNS::Topic", "KmsMasterKeyId",
                "AWS::Logs::LogGroup", "KmsKeyId",
                "AWS::Events::EventBus", "KmsKeyIdentifier");
        property.forEach((type, name) -> stack.withKey
                .all(type)
                .forEach(one -> check(one.get(name).asText().equals(KEY), one, "its key is not used", violations)));
        for (Resource table : stack.withKey.all("AWS::DynamoDB::Table")) {
            JsonNode encryption = table.get("SSESpecification");
            check(
                    encryption.path("SSEEnabled").asBoolean()
                            && encryption.path("SSEType").asText().equals("KMS")
                            && encryption.path("KMSMasterKeyId").asText().equals(KEY),
                    table,
                    "its key is not used",
                    violations);
        }
        stack.withKey
                .all("AWS::S3::Bucket")
                .forEach(bucket -> check(
                        encryption(bucket).path("SSEAlgorithm").asText().equals("aws:kms")
                                && encryption(bucket)
                                        .path("KMSMasterKeyID")
                                        .asText()
                                        .equals(KEY),
                        bucket,
                        "its key is not used",
                        violations));
    }

    /// The metrics that alarms and the dashboard read in the suite's own namespace.
    private static void metrics(Stack stack, List<String> violations) {
        Set<String> read = new TreeSet<>();
        Matcher shown = Pattern.compile(
                        "\"ClientKpis\", \"([A-Za-z]+)\"|\\{ClientKpis,[^']* MetricName=.\"([A-Za-z]+).\"")
                .matcher(stack.text);
        while (shown.find()) {
            read.add(shown.group(1) == null ? shown.group(2) : shown.group(1));
        }
        stack.template.all("AWS::CloudWatch::Alarm").stream()
                .flatMap(stack::metrics)
                .filter(metric -> metric.path("Namespace").asText().equals("ClientKpis"))
                .forEach(metric -> read.add(metric.path("MetricName").asText()));
        String documented = read(ROOT.resolve("docs/metrics.md"));
        read.stream()
                .filter(name -> !documented.contains("`" + name + "`"))
                .forEach(name -> violations.add("docs/metrics.md does not speak of the metric " + name));
        for (String name : Arrays.asList("UploadsApplied", "SituationChanges", "DaysSinceRecalculation")) {
            if (!read.contains(name)) {
                violations.add("Nothing reads the metric " + name);
            }
        }
    }

    private static void check(boolean holds, Resource resource, String otherwise, List<String> violations) {
        if (!holds) {
            violations.add(resource.id() + ": " + otherwise + " (" + resource.line() + ")");
        }
    }

    private static List<String> texts(JsonNode oneOrMore) {
        return Resource.texts(oneOrMore);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list.stream();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
