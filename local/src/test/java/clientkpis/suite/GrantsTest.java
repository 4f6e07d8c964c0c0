package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import clientkpis.json.Json;
import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import clientkpis.local.invoke.Faults.Fault;
import clientkpis.local.invoke.FunctionConfiguration;
import clientkpis.local.invoke.Requests.Access;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.local.template.Grant;
import clientkpis.local.template.LambdaCalls;
import clientkpis.local.template.Resource;
import clientkpis.local.template.Rights;
import clientkpis.local.template.Rights.Call;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A function may do what it does and nothing else: of all that it may ever have to do, each request is allowed by its
/// policies in the template, and of its policies nothing can be left out.
///
/// One file, because one scenario makes every function do all that it may have to do.
class GrantsTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
    private static final LocalDate NINTH = LocalDate.of(2026, 9, 9);
    private static final LocalDate TWELFTH = LocalDate.of(2026, 9, 12);
    private static final LocalDate THIRTEENTH = LocalDate.of(2026, 9, 13);
    private static final LocalDate FOURTEENTH = LocalDate.of(2026, 9, 14);

    /// The ten families: the columns that a row needs, and a row of a client and a key.
    private static final Map<String, String[]> FAMILIES = new TreeMap<>(Map.ofEntries(
            Map.entry("clients", new String[] {"client_id;name", "%s;%s"}),
            Map.entry(
                    "contracts", new String[] {"client_id;contract_id;model;value;status", "%s;%s;MRR;1,00;Cancelado"}),
            Map.entry("billing", new String[] {"client_id;title_id;value;due_on", "%s;%s;1,00;2027-01-01"}),
            Map.entry("support", new String[] {"client_id;ticket_id;sla_on", "%s;%s;2027-01-01"}),
            Map.entry("nps", new String[] {"client_id;answer_id;score;answered_on", "%s;%s;10;2026-08-01"}),
            Map.entry("usage", new String[] {"client_id;user_id;used_on;actions", "%s;%s;2026-08-30;1"}),
            Map.entry("activities", new String[] {"client_id;activity_id;due_on", "%s;%s;2027-01-01"}),
            Map.entry("contacts", new String[] {"client_id;contact_id;name;active", "%s;%s;Ana;não"}),
            Map.entry("aliases", new String[] {"client_id;alias", "%s;%s"}),
            Map.entry("playbooks", new String[] {"client_id;playbook;completed_on", "%s;%s;"}),
            Map.entry("overrides", new String[] {"client_id;field;value;reason", "%s;stage;;%s"})));

    private static final List<String> HURRIED = List.of("surveyFunction", "refreshFunction", "configurationFunction");
    private static final Duration HURRY = Duration.ofSeconds(10);

    private static final int ROWS = 600;
    private static final int OWN_FIELDS = 50;

    private static final Meanwhile MEANWHILE = new Meanwhile();
    private static Suite suite;
    private static Company company;
    private static Map<String, Set<Call>> calls;

    @BeforeAll
    static void everythingThatAFunctionMayEverHaveToDo(@TempDir Path folder) throws IOException {
        suite = Suite.start(hurried(folder), Options.defaults().withFaults(MEANWHILE));
        company = suite.company();
        aTenantThatIsNew();
        configurations();
        documentsTooLargeForAnItem();
        uploadsThatComeLate();
        rowsThatMove();
        snapshots();
        clientsWhoDoWell();
        assessments();
        uploadsThatAreRejected();
        aShardThatTakesLong("surveyFunction");
        aShardThatTakesLong("refreshFunction");
        registry(FIRST, "Ativo");
        suite.recalculate(FIRST);
        aReportThatIsMadeAgain();
        registry(NINTH, "Inativo");
        suite.recalculate(NINTH);
        registry(NINTH.plusDays(1), "Ativo");
        rehearsals();
        uploadsThatStall();
        aDayThatMovesASituation();
        anUploadThatMovesASituation();
        aConfigurationThatMovesASituation();
        uploadsAndClientsThatAreLost();
        erasures();
        MEANWHILE.assertAllHappened();
        messagesThatFail();
        calls = calls();
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    private static Resource resource(String function) {
        return suite.cloud().template().get(function, "AWS::Serverless::Function");
    }

    private static List<Grant> grants(String function) {
        return suite.cloud().template().grants(resource(function));
    }

    private static Stream<String> functions() {
        return suite.cloud().functions().stream().map(FunctionConfiguration::id);
    }

    @TestFactory
    Stream<DynamicTest> everyRequestIsAllowed() {
        return functions()
                .map(function -> dynamicTest(function, () -> {
                    Rights rights = new Rights(grants(function));
                    assertThat(calls.get(function))
                            .isNotEmpty()
                            .filteredOn(call -> !rights.allow(call))
                            .isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> nothingThatIsAllowedCanBeLeftOut() {
        return functions().flatMap(function -> {
            List<Grant> statements = grants(function);
            return statements.stream()
                    .map(statement -> dynamicTest(
                            function + ": " + said(statement),
                            () -> assertThat(new Rights(statements).unneeded(statement, calls.get(function)))
                                    .containsExactlyElementsOf(forTheOtherFamilies(function, statement))));
        });
    }

    /// The families' statements are alike, though `clients` never stores a document in the bucket: a client has one row
    /// there, whose own fields, as many and as long as a configuration lets them be, fit an item. Nor has it samples of
    /// unregistered clients. And `aliases` may send to all families, itself among them.
    private static List<Grant> forTheOtherFamilies(String function, Grant statement) {
        return Rights.pieces(statement).stream()
                .filter(right -> (function.equals("aliasesFunction")
                                && right.actions().contains("sqs:SendMessage")
                                && right.resources().getFirst().endsWith("-parts-aliases"))
                        || (function.equals("clientsFunction")
                                && (right.resources().getFirst().endsWith("/records/*/clients/*")
                                        || (right.resources().getFirst().endsWith("/parts/*/clients/*")
                                                && right.actions().contains("s3:PutObject")))))
                .toList();
    }

    /// `s3:PutObject on receipts, records`
    private static String said(Grant statement) {
        String bucket = suite.bucket() + "/";
        return String.join(", ", statement.actions()) + " on "
                + statement.resources().stream()
                        .map(arn -> arn.substring(arn.lastIndexOf(':') + 1))
                        .map(name -> name.startsWith(bucket)
                                ? name.substring(bucket.length()).split("/", 2)[0]
                                : name.replaceFirst("^.*/", "").replaceFirst("^client-kpis-", ""))
                        .collect(Collectors.joining(", "));
    }

    /// What a function asked for, and what Lambda asks for with its role.
    private static Map<String, Set<Call>> calls() {
        Map<String, Set<Call>> all = suite.cloud().requests().all().stream()
                .collect(Collectors.groupingBy(
                        Request::function,
                        TreeMap::new,
                        Collectors.flatMapping(
                                request -> request.accesses().stream().map(GrantsTest::call), Collectors.toSet())));
        all.forEach((function, made) -> made.addAll(LambdaCalls.of(suite.cloud().template(), resource(function))));
        return all;
    }

    private static Call call(Access access) {
        String service = access.action().substring(0, access.action().indexOf(':'));
        String name = switch (service) {
            case "s3" -> access.resource() + (access.action().contains("Object") ? "/" + access.key() : "");
            case "dynamodb" -> "table/" + access.resource();
            case "events" -> "event-bus/" + access.resource();
            default -> access.resource();
        };
        String where = service.equals("s3") ? ":" : LocalCloud.REGION + ":" + LocalCloud.ACCOUNT;
        return new Call(access.action(), "arn:aws:%s:%s:%s".formatted(service, where, name), access.context());
    }

    /// The template with so little time for the functions that work as long as there is enough that a shard which takes
    /// half of it makes them hand on the others.
    private static Path hurried(Path folder) throws IOException {
        String template = Suite.template();
        for (String function : HURRIED) {
            Matcher timeout = Pattern.compile("(\n  %s:(?:\n {4}.*)*?\n {6}Timeout: )\\d+".formatted(function))
                    .matcher(template);
            assertThat(timeout.find()).as(function + " has a timeout").isTrue();
            template = timeout.replaceFirst("$1" + HURRY.toSeconds());
        }
        return Files.writeString(folder.resolve("template.yaml"), template);
    }

    /// Makes the next shard that a function reads take long.
    private static void aShardThatTakesLong(String function) {
        MEANWHILE.before(
                function,
                "Query",
                suite.cloud().table("Clients"),
                () -> LockSupport.parkNanos(HURRY.dividedBy(2).toNanos()));
    }

    /// It finds that its event was published.
    private static void aReportThatIsMadeAgain() {
        JsonNode completed = company.events("RecalculationCompleted").getLast();
        // More than once where it ran out of its short time after it had published.
        List<JsonNode> published = company.events("ReportReady");
        assertThat(published).isNotEmpty();
        suite.send("reportQueue", Json.text(Json.object().set("detail", completed)));
        suite.settle();
        assertThat(company.events("ReportReady")).isEqualTo(published);
    }

    /// Of a client that leaves and comes back.
    private static void registry(LocalDate day, String status) {
        company.upload(day.atTime(23, 0), "clients/leaves.csv", "client_id;name;status", "leaves;Ana;" + status);
        company.upload(
                day.atTime(23, 1),
                "contracts/leaves.csv",
                "client_id;contract_id;model;value;status",
                "leaves;k;MRR;1,00;Ativo");
        suite.settle();
    }

    private static void rehearsals() {
        company.rehearse(NINTH.plusDays(1).atTime(0, 10), "candidate", "{}");
        suite.settle();
        company.rehearse(NINTH.plusDays(1).atTime(0, 11), "candidate", "{\"since\": 1}");
        suite.settle();
        assertThat(company.events("RehearsalCompleted")).hasSize(1);
        assertThat(company.events("RehearsalRejected")).hasSize(1);
    }

    private static void configurations() {
        aShardThatTakesLong("configurationFunction");
        company.configure(FIRST.atTime(7, 0), configuration("{}"));
        company.configure(FIRST.atTime(7, 1), "{\"timeZone\": \"Marte\"}");
        put("configuration/No Tenant.json", "{}");
        suite.settle();
        suite.send("configurationQueue", ofAnObjectThatIsGone("configuration/" + company.tenant() + ".json"));
        suite.settle();
    }

    /// Rows of one client that take more than 300 KB; the second upload has one more.
    private static void documentsTooLargeForAnItem() {
        for (String version : List.of("one", "two")) {
            FAMILIES.keySet()
                    .forEach(family -> company.upload(
                            FIRST.atTime(8, 0),
                            family + "/" + version + ".csv",
                            rowsOfTheLargeClient(family, version)));
            suite.settle();
        }
        assertThat(company.keys("records/" + company.tenant() + "/")).hasSize(FAMILIES.size() - 1);
    }

    private static void aTenantThatIsNew() {
        suite.another().upload(FIRST.atTime(1, 0), "clients/c.csv", "client_id;name", "c1;Ana");
        suite.settle();
    }

    /// Newer uploads are applied again, including one whose parts are not there any more.
    private static void uploadsThatComeLate() {
        FAMILIES.keySet()
                .forEach(family -> company.keys("parts/" + company.tenant() + "/" + family + "/").stream()
                        .filter(key -> key.contains("-one.csv/") && key.endsWith(".jsonl.gz"))
                        .forEach(GrantsTest::delete));
        FAMILIES.keySet()
                .forEach(family ->
                        company.upload(FIRST.atTime(7, 30), family + "/late.csv", rows(family, "late", "l1")));
        FAMILIES.keySet().stream()
                .filter(family -> !family.equals("clients"))
                .forEach(family -> company.upload(
                        FIRST.atTime(8, 10), family + "/unregistered.csv", rows(family, "nobody", "n1")));
        suite.settle();
    }

    /// Rows that came under an alias move; the alias is taken away later, by the snapshot.
    private static void rowsThatMove() {
        FAMILIES.keySet().stream()
                .filter(family -> !family.equals("clients"))
                .forEach(family ->
                        company.upload(FIRST.atTime(8, 15), family + "/moving.csv", rows(family, "other-id", "m1")));
        suite.settle();
        company.upload(FIRST.atTime(8, 16), "aliases/moves.csv", rows("aliases", "large", "other-id"));
        suite.settle();
        assertThat(company.rows("nps")).containsKey("large m1");
    }

    private static void snapshots() {
        // It arrives while an older upload of its table is being applied, so it waits.
        MEANWHILE.before("contractsFunction", "GetItem", suite.cloud().table("Runs"), () -> {
            company.upload(FIRST.atTime(8, 20), "contracts/snapshot/small.csv", rows("contracts", "large", "other"));
            awaitOneThatWaits();
        });
        company.upload(FIRST.atTime(8, 19), "contracts/before.csv", rows("contracts", "late", "l2"));
        suite.settle();
        FAMILIES.keySet()
                .forEach(family -> company.upload(
                        FIRST.atTime(8, 30),
                        family + "/snapshot/confirm/whole.csv",
                        rowsOfTheLargeClient(family, "three")));
        suite.settle();
        assertThat(company.receiptOf("contracts/snapshot/small.csv")
                        .path("status")
                        .asText())
                .isEqualTo("quarantined");
    }

    private static void awaitOneThatWaits() {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end
                && suite.cloud()
                                .requests()
                                .count(request -> request.function().equals("intakeFunction")
                                        && request.operation().equals("SendMessage"))
                        == 0) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Three clients whose situation is to change: by the day, by an upload, by a configuration.
    private static void clientsWhoDoWell() {
        company.upload(
                FIRST.atTime(9, 0),
                "nps/answers.csv",
                "client_id;answer_id;score;answered_on",
                "by-day;a;10;2026-09-01",
                "by-upload;a;10;2026-09-01",
                "by-configuration;a;10;2026-09-01");
        company.upload(
                FIRST.atTime(9, 1),
                "billing/titles.csv",
                "client_id;title_id;value;due_on",
                "by-day;t1;10,00;" + TWELFTH.minusDays(1),
                "by-day;t2;10,00;" + TWELFTH.minusDays(1),
                "by-day;t3;10,00;" + TWELFTH.minusDays(1),
                "by-upload;t1;10,00;" + TWELFTH.minusDays(1),
                "by-upload;t2;10,00;" + TWELFTH.minusDays(1),
                "by-configuration;t1;10,00;2026-09-04");
        company.upload(
                FIRST.atTime(9, 2), "usage/use.csv", "client_id;user_id;used_on;actions", "by-day;u;2026-08-30;3");
        suite.settle();
    }

    private static void assessments() {
        company.upload(FIRST.atTime(9, 10), "maturity/m.csv", "item;nivel;evidencia", "turnover;4;by-day saiu");
        company.upload(FIRST.atTime(9, 11), "maturity/n.csv", "item;nivel;evidencia", "turnover;5;");
        suite.settle();
    }

    private static void uploadsThatAreRejected() {
        company.upload(FIRST.atTime(9, 20), "billing/no-columns.csv", "a;b", "1;2");
        company.upload(
                FIRST.atTime(9, 21),
                "billing/no-row-counts.csv",
                "client_id;title_id;value;due_on",
                "by-day;t9;dez;amanhã");
        company.upload(FIRST.atTime(9, 22), "invoices/x.csv", "client_id", "by-day");
        put("uploads/No Tenant/billing/x.csv", "client_id");
        suite.settle();
        MEANWHILE.before(
                "intakeFunction",
                "GetItem",
                suite.cloud().table("Tenants"),
                () -> suite.s3
                        .listObjectVersions(l ->
                                l.bucket(suite.bucket()).prefix("uploads/" + company.tenant() + "/billing/gone.csv"))
                        .versions()
                        .forEach(version -> suite.s3.deleteObject(
                                d -> d.bucket(suite.bucket()).key(version.key()).versionId(version.versionId()))));
        company.upload(FIRST.atTime(9, 23), "billing/gone.csv", "client_id", "by-day");
        suite.settle();
        assertThat(company.receiptOf("billing/gone.csv").at("/reason/code").asText())
                .isEqualTo("unavailable");
    }

    /// The schedule finds one before it is decided, and while its function works on it; another for the first time
    /// before its parts are sent.
    private static void uploadsThatStall() {
        MEANWHILE.before("intakeFunction", "PutItem", suite.cloud().table("Runs"), () -> daily(TWELFTH.atTime(3, 0)));
        MEANWHILE.before(
                "supportFunction", "UpdateItem", suite.cloud().table("Runs"), () -> daily(TWELFTH.atTime(4, 0)));
        company.upload(TWELFTH.atTime(2, 0), "support/slow.csv", rows("support", "unregistered", "s1"));
        suite.settle();
        MEANWHILE.before(
                "intakeFunction", "SendMessageBatch", "client-kpis-parts-contacts", () -> daily(TWELFTH.atTime(4, 0)));
        company.upload(TWELFTH.atTime(2, 30), "contacts/slow.csv", rows("contacts", "unregistered", "p1"));
        suite.settle();
    }

    /// Titles fall due. While the day is recalculated, an upload changes the same clients, and the schedule finds the
    /// day stalled. The receipt of an upload is deleted before the report reads it.
    private static void aDayThatMovesASituation() {
        MEANWHILE.before("refreshFunction", "PutObject", "summaries/", () -> daily(THIRTEENTH.atTime(1, 0)));
        whileOneIsWritten("refreshFunction", TWELFTH.atTime(22, 0), "by-day");
        company.keys("receipts/" + company.tenant() + "/support/").stream()
                .filter(key -> key.contains(TWELFTH.toString().replace("-", "")))
                .forEach(GrantsTest::delete);
        suite.recalculate(TWELFTH);
        assertChanged("by-day", "daily");
    }

    private static void anUploadThatMovesASituation() {
        String[] tickets = IntStream.range(0, 6)
                .mapToObj(i -> i == 0 ? "client_id;ticket_id;sla_on" : "by-upload;s" + i + ";2026-09-01")
                .toArray(String[]::new);
        company.upload(THIRTEENTH.atTime(8, 0), "support/tickets.csv", tickets);
        suite.settle();
        assertChanged("by-upload", "upload");
    }

    private static void aConfigurationThatMovesASituation() {
        whileOneIsWritten("configurationFunction", THIRTEENTH.atTime(9, 0), "by-configuration");
        company.configure(THIRTEENTH.atTime(9, 1), configuration("""
            {"indicators": [{"name": "finance", "field": "overdueTitles", "weight": 1, "points": [[0, 100], [1, 0]]}]}
            """));
        suite.settle();
        assertChanged("by-configuration", "configuration");
    }

    /// The bucket dates objects by its own clock, so the sweep takes place after today.
    private static void uploadsAndClientsThatAreLost() {
        MEANWHILE.failsForGood("intakeFunction", "GetItem", suite.cloud().table("Runs"));
        company.upload(FOURTEENTH.atTime(7, 0), "nps/lost.csv", rows("nps", "c1", "lost"));
        suite.loseDeadLetters();
        MEANWHILE.failsForGood("scoreFunction", "BatchGetItem", suite.cloud().table("Clients"));
        company.upload(FOURTEENTH.atTime(7, 1), "support/known.csv", rows("support", "c1", "lost"));
        suite.loseDeadLetters();
        LocalDate today = LocalDate.now(Suite.ZONE);
        MEANWHILE.fails("situationFunction", "UpdateItem", suite.cloud().table("SituationChanges"), Fault.BEFORE);
        company.upload(
                today.atTime(8, 0),
                "overrides/today.csv",
                "client_id;field;value",
                "by-configuration;situation;oportunidade");
        suite.settle();
        suite.tick(today.plusDays(2).atTime(1, 0));
    }

    private static void erasures() {
        // They expire earlier than what was made of them.
        company.keys("parts/" + company.tenant() + "/maturity/").forEach(GrantsTest::delete);
        // Applied before an older list, to a client whose rows do not fit an item.
        company.upload(FOURTEENTH.atTime(9, 0), "nps/newer.csv", rows("nps", "large", "newer"));
        suite.settle();
        company.erase(FOURTEENTH.atTime(8, 0), "list.csv", "client_id", "by-day", "by-upload", "unregistered", "large");
        company.erase(FOURTEENTH.atTime(8, 1), "no-list.csv", "nome;valor", "x;1");
        suite.settle();
        suite.send("erasureQueue", ofAnObjectThatIsGone("erasures/" + company.tenant() + "/list.csv"));
        suite.settle();
        assertThat(company.keys("records/" + company.tenant() + "/")).isEmpty();
        assertThat(company.rows("nps")).containsKey("large newer");
    }

    private static String[] rows(String family, String client, String key) {
        String[] csv = FAMILIES.get(family);
        return new String[] {csv[0], csv[1].formatted(client, key)};
    }

    /// One row per version and, except for `clients`, so many others that no item holds them.
    private static String[] rowsOfTheLargeClient(String family, String version) {
        Random random = new Random(1);
        String[] csv = FAMILIES.get(family);
        Stream<String> rows = switch (family) {
            // Punctuation, so that its normal form is remembered.
            case "clients" -> Stream.of("44.555/0001;Grande");
            case "overrides" ->
                IntStream.range(0, OWN_FIELDS).mapToObj(i -> "large;custom.F" + i + ";;" + text(random, 4096));
            default -> IntStream.range(0, ROWS).mapToObj(i -> csv[1].formatted("large", text(random, 256)));
        };
        return Stream.of(Stream.of(csv[0]), rows, Stream.of(csv[1].formatted("large", version)))
                .flatMap(lines -> lines)
                .toArray(String[]::new);
    }

    /// Ideographs at random, which no compression makes short.
    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        random.ints(length, 0x4e00, 0x9f00).forEach(text::appendCodePoint);
        return text.toString();
    }

    /// When a function is about to write the first client whose situation stays, an upload changes all but the one
    /// whose situation is to change.
    private static void whileOneIsWritten(String function, LocalDateTime time, String but) {
        MEANWHILE.before(function, "PutItem", suite.cloud().table("Clients"), () -> {
            Map<String, String> before = versions(but);
            List<String> lines = new ArrayList<>(List.of("client_id;contact_id;name"));
            before.keySet().forEach(client -> lines.add(client + ";" + function + ";Ana"));
            company.upload(time, "contacts/" + function + ".csv", lines.toArray(String[]::new));
            while (versions(but).entrySet().stream().anyMatch(before.entrySet()::contains)) {
                LockSupport.parkNanos(50_000_000);
            }
        });
    }

    private static Map<String, String> versions(String but) {
        return company.items("Clients").stream()
                .filter(client -> !client.get("client").s().equals(but))
                .collect(Collectors.toMap(
                        client -> client.get("client").s(),
                        client -> client.get("version").n()));
    }

    /// Plans the company at once, while the function that is held up waits for it.
    private static void daily(LocalDateTime time) {
        String message = Json.text(Json.object()
                .put("tenant", company.tenant().name())
                .put("scheduledTime", time.atZone(Suite.ZONE).toInstant().toString()));
        ObjectNode event = Json.object();
        event.putArray("Records").addObject().put("messageId", "1").put("body", message);
        suite.invoke("dailyFunction", event.toString());
    }

    /// A text that is not JSON in every queue, and a change of situation that the bus will never accept.
    private static void messagesThatFail() {
        functions()
                .map(GrantsTest::resource)
                .flatMap(function -> suite.cloud().template().mappings(function).stream())
                .flatMap(mapping ->
                        suite.cloud().template().withArn("AWS::SQS::Queue", mapping.text("EventSourceArn")).stream())
                .forEach(queue -> suite.send(queue.id(), "no JSON"));
        suite.dynamo.putItem(put -> put.tableName(suite.cloud().table("SituationChanges"))
                .item(Map.of(
                        "client", AttributeValue.fromS(company.tenant() + "#poison"),
                        "version", AttributeValue.fromN("1"),
                        "tenant", AttributeValue.fromS(company.tenant().name()),
                        "published", AttributeValue.fromBool(true),
                        "detail", AttributeValue.fromS("no JSON"))));
        assertThatThrownBy(suite::settle).isInstanceOf(AssertionError.class).hasMessageContaining("what was given up");
    }

    private static void assertChanged(String client, String cause) {

        assertThat(company.events("SituationChanged"))
                .anyMatch(change -> change.path("clientId").asText().equals(client)
                        && change.path("cause").asText().equals(cause));
    }

    private static String ofAnObjectThatIsGone(String key) {
        return """
            {"time": "2026-09-01T12:00:00Z", "detail": {"object": {"key": "%s", "sequencer": "1", "version-id": "x"}}}
            """.formatted(key);
    }

    private static void put(String key, String text) {
        suite.s3.putObject(p -> p.bucket(suite.bucket()).key(key), RequestBody.fromString(text));
    }

    private static void delete(String key) {
        suite.s3.deleteObject(d -> d.bucket(suite.bucket()).key(key));
    }

    private static String configuration(String senseScore) {
        ObjectNode json = Json.object();
        ObjectNode columns = json.putObject("columns").putObject("clients");
        IntStream.range(0, OWN_FIELDS).forEach(i -> columns.put("Campo " + i, "custom.F" + i));
        json.set("senseScore", Json.parse(senseScore));
        return Json.text(json);
    }
}
