package clientkpis.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.LocalCloud;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `functions/README.md` against the template: what starts a function, what its rights let it read and write, which
/// functions it sends messages to, and which events it may publish. Only the column that says what a function does is
/// free text.
class FunctionsReadmeTest {
    private static final Path FUNCTIONS =
            Path.of(System.getProperty("clientkpis.root")).resolve("functions");
    private static final Template TEMPLATE = Template.read(
            FUNCTIONS.resolveSibling("template.yaml"),
            new Template.Place("client-kpis", "sa-east-1", "123456789012", "https://sqs.sa-east-1.amazonaws.com"),
            Map.of());
    private static final Map<String, Resource> BY_NAME = TEMPLATE.all("AWS::Serverless::Function").stream()
            .collect(Collectors.toMap(FunctionsReadmeTest::nameOf, function -> function));

    /// The row that all functions share for which the page has none of their own: the KPI families.
    private static final String FAMILY = "{family}";

    private static final Pattern PREFIX = Pattern.compile(":::[^/]+/(.*?)\\*?");

    /// A line of the table without the free text. The lists are written as on the page.
    private record Facts(String trigger, String reads, String writes, String sendsTo, String publishes) {
        static Facts of(Resource function) {
            Set<String> reads = new TreeSet<>();
            Set<String> writes = new TreeSet<>();
            Set<String> sendsTo = new TreeSet<>();
            Set<String> publishes = new TreeSet<>();
            for (Grant grant : TEMPLATE.grants(function)) {
                for (String action : grant.actions()) {
                    switch (action) {
                        case "s3:GetObject",
                                "s3:GetObjectVersion",
                                "dynamodb:GetItem",
                                "dynamodb:BatchGetItem",
                                "dynamodb:Query",
                                "dynamodb:Scan" -> grant.resources().forEach(arn -> reads.add(store(arn)));
                        case "s3:PutObject",
                                "s3:DeleteObject",
                                "s3:DeleteObjectVersion",
                                "dynamodb:PutItem",
                                "dynamodb:UpdateItem",
                                "dynamodb:DeleteItem",
                                "dynamodb:BatchWriteItem" -> grant.resources().forEach(arn -> writes.add(store(arn)));
                        case "sqs:SendMessage" ->
                            grant.resources().stream()
                                    .filter(arn -> !arn.endsWith("DeadLetterQueue"))
                                    .forEach(arn -> sendsTo.add(receiver(arn, function)));
                        case "events:PutEvents" ->
                            Resource.texts(grant.condition()
                                            .path("StringEquals")
                                            .path("events:detail-type"))
                                    .forEach(type -> publishes.add(code(type)));
                        // Names of objects, conditions inside a write, and what Lambda does.
                        case "s3:ListBucket",
                                "s3:ListBucketVersions",
                                "dynamodb:ConditionCheckItem",
                                "sqs:GetQueueUrl",
                                "sqs:ReceiveMessage",
                                "sqs:DeleteMessage",
                                "sqs:GetQueueAttributes",
                                "sqs:ChangeMessageVisibility",
                                "dynamodb:DescribeStream",
                                "dynamodb:GetShardIterator",
                                "dynamodb:GetRecords",
                                "dynamodb:ListStreams",
                                "logs:CreateLogStream",
                                "logs:PutLogEvents" -> {}
                        default -> throw function.error("the page has no column for the action " + action);
                    }
                }
            }
            return new Facts(triggers(function), list(reads), list(writes), list(sendsTo), list(publishes));
        }

        /// What a function of this name has, if it is a family like the others.
        Facts named(String name) {
            return new Facts(
                    trigger.replace(FAMILY, name),
                    reads.replace(FAMILY, name),
                    writes.replace(FAMILY, name),
                    sendsTo.replace(FAMILY, name),
                    publishes.replace(FAMILY, name));
        }

        @Override
        public String toString() {
            return "| %s | %s | %s | %s | %s |".formatted(trigger, reads, writes, sendsTo, publishes);
        }
    }

    @Test
    void everyFunctionHasItsFactsOnThePage() throws IOException {
        Map<String, Facts> page = page();
        Facts family = page.getOrDefault(FAMILY, new Facts("", "", "", "", ""));
        Map<String, Facts> shown = new TreeMap<>();
        Map<String, Facts> expected = new TreeMap<>();
        BY_NAME.forEach((name, function) -> {
            expected.put(name, Facts.of(function));
            shown.put(name, page.getOrDefault(name, family.named(name)));
        });

        assertThat(shown).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void everyRowIsOfAFunction() throws IOException {
        Set<String> rows = new TreeSet<>(page().keySet());

        assertThat(rows).contains(FAMILY).hasSizeLessThan(BY_NAME.size());
        rows.remove(FAMILY);
        assertThat(BY_NAME.keySet()).containsAll(rows);
    }

    @Test
    void everyFolderIsAFunctionOfTheTemplate() throws IOException {
        try (Stream<Path> folders = Files.list(FUNCTIONS)) {
            assertThat(folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                            .map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(BY_NAME.keySet());
        }
    }

    /// The table of the page, by function.
    private static Map<String, Facts> page() throws IOException {
        Map<String, Facts> rows = new TreeMap<>();
        for (String line : Files.readAllLines(FUNCTIONS.resolve("README.md"))) {
            if (line.startsWith("| `")) {
                List<String> cells = Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList();
                assertThat(cells).as(line).hasSize(8);
                Facts facts = new Facts(cells.get(2), cells.get(3), cells.get(4), cells.get(5), cells.get(6));
                assertThat(rows.put(cells.get(0).replace("`", ""), facts))
                        .as(line)
                        .isNull();
                assertThat(cells.get(1)).as(line).isNotBlank();
            }
        }
        return rows;
    }

    private static String nameOf(Resource function) {
        return Path.of(function.text("CodeUri")).getName(1).toString();
    }

    private static String triggers(Resource function) {
        Set<String> triggers = new TreeSet<>();
        for (Resource mapping : TEMPLATE.mappings(function)) {
            String source = mapping.text("EventSourceArn");
            if (source.startsWith("arn:aws:sqs:")) {
                messages(source, function, triggers);
            } else {
                triggers.add("stream of " + store(source.replaceFirst("/stream/.*", "")));
            }
        }
        function.get("Events")
                .valueStream()
                .forEach(event -> triggers.add("schedule "
                        + code(event.at("/Properties/ScheduleExpression").asText())));
        return String.join("; ", triggers);
    }

    /// What puts messages into a function's queue: rules, and other functions.
    private static void messages(String queue, Resource function, Set<String> triggers) {
        for (Resource rule : TEMPLATE.all("AWS::Events::Rule")) {
            boolean isTarget = rule.get("Targets")
                    .valueStream()
                    .anyMatch(target -> target.path("Arn").asText().equals(queue));
            if (isTarget) {
                JsonNode pattern = rule.get("EventPattern");
                if (pattern.path("source").path(0).asText().equals("aws.s3")) {
                    assertThat(Resource.texts(pattern.path("detail-type"))).containsExactly("Object Created");
                    pattern.at("/detail/object/key")
                            .forEach(key -> triggers.add(
                                    "object in " + code(key.path("prefix").asText())));
                } else {
                    Resource.texts(pattern.path("detail-type")).forEach(type -> triggers.add("event " + code(type)));
                }
            }
        }
        boolean isSentTo = BY_NAME.values().stream()
                .filter(other -> !other.equals(function))
                .flatMap(other -> TEMPLATE.grants(other).stream())
                .anyMatch(grant -> grant.actions().contains("sqs:SendMessage")
                        && grant.resources().stream().anyMatch(arn -> isOne(queue, arn)));
        if (isSentTo) {
            triggers.add("message");
        }
    }

    /// Who receives what is sent to a queue; to several queues, what their names have in common.
    private static String receiver(String arn, Resource sender) {
        if (arn.endsWith("*")) {
            return code(arn.substring(arn.lastIndexOf(':') + 1).replace(LocalCloud.STACK + "-", ""));
        }
        Resource receiver = fedBy(arn);
        return receiver.equals(sender) ? "itself" : code(nameOf(receiver));
    }

    private static boolean isOne(String queue, String arn) {
        return arn.endsWith("*") ? queue.startsWith(arn.substring(0, arn.length() - 1)) : queue.equals(arn);
    }

    /// The function whose queue this is.
    private static Resource fedBy(String queue) {
        return BY_NAME.values().stream()
                .filter(function -> TEMPLATE.mappings(function).stream()
                        .anyMatch(mapping -> mapping.text("EventSourceArn").equals(queue)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No function is fed by " + queue));
    }

    /// A table by its logical id, or a folder of the bucket.
    private static String store(String arn) {
        Matcher prefix = PREFIX.matcher(arn.replaceFirst("^arn:aws:s3", ""));
        return code(
                prefix.matches()
                        ? prefix.group(1)
                        : TEMPLATE.withArn("AWS::DynamoDB::Table", arn)
                                .map(Resource::id)
                                .orElseThrow(() -> new AssertionError("No store has the ARN " + arn)));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String list(Collection<String> values) {
        return String.join(" ", values);
    }
}
