package clientkpis.suite.documented;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.EventBus;
import clientkpis.json.Json;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// `docs/events.md` says of every event what its schema says, its examples are what the suite publishes, and its
/// patterns let through what it says they do. With `-Dexamples=FILE` it writes the [Examples] first.
///
/// One file for one page.
class EventsDocTest {
    private static final Path EVENTS = Suite.ROOT.resolve("events");
    private static final String ALWAYS = "always";
    private static final String TENANT = "acme";
    private static final String CANARY = "CANARIO";
    private static final String CLIENT = "62.184.930/0001-44";
    private static final String OTHER = "71.305.826/0001-90";
    private static final String LEAVES = "84.619.357/0001-20";
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);

    private static final Map<String, String> PATTERNS = sections(Suite.text(Examples.PAGE), "Patterns");

    private static String page;
    private static Map<String, JsonNode> examples;
    private static Map<String, String> sections;

    @RegisterExtension
    static final Suite suite = Suite.start();

    private static EventBridgeClient bus;
    private static final Map<String, List<JsonNode>> DELIVERED = new TreeMap<>();

    /// A consumer for each of the page's patterns; then a company that causes one of each event, and the events of the
    /// other company as the examples have them.
    @BeforeAll
    static void publish() {
        bus = EventBridgeClient.create();
        Map<String, String> queues = new LinkedHashMap<>();
        PATTERNS.forEach((title, section) -> queues.put(title, subscribe("consumer-" + queues.size(), block(section))));
        replay();
        String run = System.getProperty("examples");
        if (run != null) {
            Examples.write(suite.events(), Path.of(run));
        }
        page = Suite.text(Examples.PAGE);
        examples = Examples.read();
        sections = sections(page, "What is published");
        examples.values().stream()
                .filter(event -> !event.at("/detail/tenant").asText().equals(TENANT))
                .forEach(EventsDocTest::put);
        suite.settle();
        queues.forEach((title, queue) -> DELIVERED.put(title, received(queue)));
    }

    @AfterAll
    static void stop() {
        bus.close();
    }

    private static void replay() {
        Company acme = suite.named(TENANT);
        settled(() -> acme.upload(
                DAY.atTime(8, 0),
                "clients/clientes.csv",
                "client_id;name;segment;porte;fase;status",
                CLIENT + ";Rede CANARIO;Varejo;Tier 1;Adoção;Ativo",
                OTHER + ";Empório CANARIO;Varejo;Tier 2;Adoção;Ativo"));
        settled(() -> acme.upload(
                DAY.atTime(8, 1),
                "contracts/contratos.csv",
                "client_id;contract_id;model;value;status;ends_on",
                CLIENT + ";k1;MRR;4.200,00;Ativo;2026-11-30",
                OTHER + ";k2;MRR;950,00;Ativo;2027-03-31"));
        settled(() -> acme.upload(
                DAY.atTime(8, 2),
                "contacts/contatos.csv",
                "client_id;contact_id;name;email;phone;role;active",
                CLIENT + ";p1;Maria CANARIO;maria@CANARIO.example;11 CANARIO;sponsor;sim"));
        settled(() -> acme.upload(
                DAY.atTime(8, 3),
                "nps/respostas.csv",
                "client_id;answer_id;respondent;score;answered_on",
                CLIENT + ";a1;Maria CANARIO;10;2026-09-01"));
        settled(() -> acme.upload(
                DAY.atTime(8, 4),
                "billing/titulos.csv",
                "client_id;title_id;value;due_on",
                CLIENT + ";t1;4.200,00;2026-09-04"));
        settled(() -> acme.upload(
                DAY.atTime(8, 5),
                "maturity/csmi-1.csv",
                "item;nivel;evidencia;avaliador",
                "turnover;4;visto por CANARIO;CANARIO",
                "data_volume;3;;CANARIO"));
        leavesAndReturns(acme);
        for (int day = 0; day < 8; day++) {
            if (day == 5) {
                registry(acme, DAY.plusDays(5), "Cancelado");
            }
            if (day == 7) {
                registry(acme, DAY.plusDays(7), "Ativo");
            }
            suite.recalculate(DAY.plusDays(day));
        }
        LocalDate last = DAY.plusDays(8);
        settled(() -> acme.configure(
                last.atTime(9, 0),
                "{\"senseScore\": {\"indicators\": [{\"name\": \"finance\", \"field\": \"overdueTitles\","
                        + " \"weight\": 1, \"points\": [[0, 100], [1, 0]]}]}}"));
        settled(() -> acme.upload(
                last.atTime(10, 0),
                "overrides/ajustes.csv",
                "client_id;campo;valor;motivo;autor",
                OTHER + ";situation;risco;CANARIO ligou;CANARIO"));
        settled(() -> acme.upload(
                last.atTime(10, 30),
                "billing/titulos.csv",
                "client_id;title_id;value;due_on;paid_on",
                CLIENT + ";t1;4.200,00;2026-09-04;2026-09-09"));
        settled(() -> acme.configure(
                last.atTime(11, 0),
                "{\"timeZone\": \"Marte\", \"senseScore\": {\"bands\": {\"yellow\": 80, \"green\": 75}}}"));
        settled(() -> acme.upload(
                last.atTime(11, 1),
                "contracts/snapshot/contratos.csv",
                "client_id;contract_id;model;value;status",
                CLIENT + ";k9;MRR;4.200,00;Ativo"));
        settled(() -> acme.upload(last.atTime(11, 2), "relatorio/final.csv", "quem;quanto", "CANARIO;2"));
        settled(() ->
                acme.upload(last.atTime(11, 3), "maturity/csmi-2.csv", "item;nivel", "turnover;2", "data_volume;3"));
        settled(() -> acme.rehearse(
                last.atTime(11, 4),
                "titulos",
                "{\"candidate\": {\"recalculateAt\": \"02:00\"}, \"horizons\": [7, 30]}"));
        settled(() -> acme.rehearse(last.atTime(11, 5), "ontem", "{\"since\": \"ontem\", \"horizons\": []}"));
        settled(() -> acme.erase(last.atTime(12, 0), "planilha.csv", "quem;quando", "CANARIO;hoje"));
        settled(() -> acme.erase(last.atTime(12, 1), "lista.csv", "client_id", OTHER));
    }

    private static void leavesAndReturns(Company acme) {
        registry(acme, DAY, "Ativo");
        settled(() -> acme.upload(
                DAY.atTime(8, 31),
                "contracts/outros.csv",
                "client_id;contract_id;model;value;status",
                LEAVES + ";k3;MRR;640,00;Ativo"));
    }

    private static void registry(Company acme, LocalDate day, String status) {
        settled(() -> acme.upload(
                day.atTime(8, 30), "clients/outros.csv", "client_id;name;status", LEAVES + ";Bar CANARIO;" + status));
    }

    /// What it causes is published with the time of its cause.
    private static void settled(Runnable done) {
        done.run();
        suite.settle();
    }

    private static String subscribe(String name, String pattern) {
        String queue = suite.sqs.createQueue(q -> q.queueName(name)).queueUrl();
        String arn = suite.sqs
                .getQueueAttributes(a -> a.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        String busName = suite.cloud().bus("Events");
        bus.putRule(r -> r.name(name).eventBusName(busName).eventPattern(pattern));
        bus.putTargets(t -> t.rule(name)
                .eventBusName(busName)
                .targets(Target.builder().id("queue").arn(arn).build()));
        return queue;
    }

    private static void put(JsonNode event) {
        PutEventsResponse response = bus.putEvents(p -> p.entries(PutEventsRequestEntry.builder()
                .eventBusName(suite.cloud().bus("Events"))
                .source(EventBus.SOURCE)
                .detailType(event.path("detail-type").asText())
                .detail(event.path("detail").toString())
                .build()));
        assertThat(response.failedEntryCount()).isZero();
    }

    private static List<JsonNode> received(String queue) {
        List<JsonNode> events = new ArrayList<>();
        while (true) {
            List<Message> messages = suite.sqs
                    .receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10))
                    .messages();
            if (messages.isEmpty()) {
                return events;
            }
            messages.forEach(message -> {
                events.add(Json.parse(message.body()));
                suite.sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
            });
        }
    }

    // What the page says

    private static Map<String, JsonNode> schemas() {
        Map<String, JsonNode> schemas = new TreeMap<>();
        files("", ".schema.json").forEach((name, text) -> schemas.put(name, Json.parse(text)));
        for (String object : List.of("receipt", "rehearsal")) {
            assertThat(schemas.remove(object))
                    .as("%s: an object, no event", object)
                    .isNotNull();
        }
        return schemas;
    }

    private static Map<String, String> files(String folder, String suffix) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(EVENTS.resolve(folder))) {
            paths.forEach(path -> {
                String name = path.getFileName().toString();
                if (name.endsWith(suffix)) {
                    files.put(name.substring(0, name.length() - suffix.length()), Suite.text(path));
                }
            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return files;
    }

    /// The sections of a chapter by their titles.
    private static Map<String, String> sections(String page, String chapter) {
        String text = Stream.of(page.split("(?m)^## "))
                .filter(one -> one.startsWith(chapter + "\n"))
                .findAny()
                .orElseThrow();
        Map<String, String> found = new LinkedHashMap<>();
        Stream.of(text.split("(?m)^### "))
                .skip(1)
                .forEach(one -> found.put(one.substring(0, one.indexOf('\n')), one.substring(one.indexOf('\n'))));
        return found;
    }

    /// The one block of JSON in a section.
    private static String block(String section) {
        List<String> blocks = all("(?s)\n```json\n(.*?)\n```\n", section);
        assertThat(blocks).as(section).hasSize(1);
        return blocks.getFirst();
    }

    /// The examples that a text links to.
    private static Set<String> linked(String text) {
        return new TreeSet<>(all("\\.\\./events/examples/([a-z-]+)\\.json\\)", text));
    }

    /// What the page says that a pattern matches.
    private static Set<String> matched(String section) {
        List<String> lines = all("(?ms)^(Matches .*?\\.)$", section);
        assertThat(lines).as(section).hasSize(1);
        return linked(lines.getFirst());
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static JsonNode withoutId(JsonNode event) {
        ObjectNode copy = event.deepCopy();
        copy.remove("id");
        return copy;
    }

    // Whether it is so

    @Test
    void aClientIsLookedUpByTheKeyOfThePageAndHasItsFields() {
        String section = page.substring(page.indexOf("## Look a client up"));
        Map<String, AttributeValue> item = suite.named(TENANT).client(CLIENT);

        assertThat(section)
                .contains("look_up(\"" + TENANT + "\", \"" + CLIENT + "\")")
                .contains("the key is " + item.get("shard").s() + ", "
                        + item.get("client").s());
        assertThat(item.get("fields").m().keySet())
                .contains("mrr", "situation")
                .allSatisfy(field -> assertThat(section).contains("`" + field + "`"));
    }

    @Test
    void everyEventHasItsSectionAndEverySectionItsEvent() {
        assertThat(sections.keySet())
                .containsExactlyInAnyOrderElementsOf(schemas().keySet());
        sections.forEach(
                (event, section) -> assertThat(section).contains("(../events/%s.schema.json)".formatted(event)));
    }

    @Test
    void whoPublishesAnEventIsWhoMayPublishIt() throws IOException {
        Map<String, Set<String>> may = new TreeMap<>();
        try (Stream<Path> folders = Files.list(Suite.ROOT.resolve("functions"))) {
            folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).forEach(folder -> {
                String function = folder.getFileName().toString();
                suite
                        .cloud()
                        .template()
                        .grants(suite.cloud().template().get(function + "Function", "AWS::Serverless::Function"))
                        .stream()
                        .filter(grant -> grant.actions().contains("events:PutEvents"))
                        .forEach(grant -> grant.condition()
                                .path("StringEquals")
                                .path("events:detail-type")
                                .forEach(type -> may.computeIfAbsent(type.asText(), t -> new TreeSet<>())
                                        .add(function)));
            });
        }
        Map<String, Set<String>> said = new TreeMap<>();
        sections.forEach((event, section) -> said.put(
                event,
                new TreeSet<>(all(
                        "`([a-z]+)`",
                        all("(?ms)^(Published by .*?\\.)$", section).getFirst()))));
        assertThat(said).isEqualTo(may);
    }

    @Test
    void theTablesNameEveryFieldOfTheSchemaAndSayWhichAreAlwaysThere() {
        schemas().forEach((event, schema) -> {
            Map<String, Boolean> inSchema = new TreeMap<>();
            fields(schema, "", inSchema);
            Map<String, Boolean> inTable = new TreeMap<>();
            for (String row : all("(?m)^(\\| `.*)$", sections.getOrDefault(event, ""))) {
                String[] cells = row.split("\\|", -1);
                all("`([^`]+)`", cells[1])
                        .forEach(name -> spelledOut(name)
                                .forEach(
                                        one -> inTable.put(one, cells[2].strip().equals(ALWAYS))));
            }
            assertThat(inTable).as(event).isEqualTo(inSchema);
        });
    }

    /// Every field by its path, and whether it is always there where it may be.
    private static void fields(JsonNode schema, String prefix, Map<String, Boolean> into) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties").properties().forEach(field -> {
            String path = prefix + field.getKey();
            into.put(path, required.contains(field.getKey()));
            fields(field.getValue(), path + ".", into);
            fields(field.getValue().path("items"), path + "[].", into);
        });
    }

    /// `a.{b,c}` is `a.b` and `a.c`.
    private static List<String> spelledOut(String name) {
        int open = name.indexOf('{');
        int close = name.indexOf('}');
        return open < 0
                ? List.of(name)
                : Stream.of(name.substring(open + 1, close).split(","))
                        .map(one -> name.substring(0, open) + one + name.substring(close + 1))
                        .toList();
    }

    @Test
    void everySchemaSaysWhatItIsAndWhatEachFieldMeans() {
        schemas().forEach((event, schema) -> {
            assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
            assertThat(schema.path("$id").asText()).endsWith("/events/" + event + ".schema.json");
            assertThat(schema.path("title").asText()).isEqualTo(event);
            assertThat(schema.path("description").asText()).isNotBlank();
            assertThat(undescribed(schema, "")).as(event).isEmpty();
        });
    }

    private static List<String> undescribed(JsonNode schema, String prefix) {
        List<String> found = new ArrayList<>();
        schema.path("properties").properties().forEach(field -> {
            String path = prefix + field.getKey();
            if (field.getValue().path("description").asText().isBlank()) {
                found.add(path);
            }
            found.addAll(undescribed(field.getValue(), path + "."));
            found.addAll(undescribed(field.getValue().path("items"), path + "[]."));
        });
        return found;
    }

    @Test
    void everyExampleIsAWholeEventThatFitsItsSchema() {
        examples.forEach((name, event) -> {
            assertThat(event.properties().stream().map(Map.Entry::getKey))
                    .as(name)
                    .containsExactlyInAnyOrder(
                            "version",
                            "id",
                            "detail-type",
                            "source",
                            "account",
                            "time",
                            "region",
                            "resources",
                            "detail");
            assertThat(event.path("source").asText()).isEqualTo(EventBus.SOURCE);
            Suite.assertFits(
                    event.path("detail-type").asText(), event.path("detail").toString());
        });
    }

    @Test
    void everySectionShowsAnExampleOfItsEventAsItLiesInItsFile() {
        sections.forEach((event, section) -> {
            JsonNode shown = Json.parse(block(section));
            assertThat(shown.path("detail-type").asText()).isEqualTo(event);
            assertThat(block(section)).isEqualTo(Examples.text(shown));
            assertThat(linked(section))
                    .as("the files that the section of %s links to", event)
                    .anySatisfy(name -> assertThat(examples.get(name)).isEqualTo(shown));
        });
        assertThat(linked(page)).isEqualTo(examples.keySet());
    }

    @Test
    void everyExampleIsAsTheCommandWritesIt() {
        examples.forEach((name, event) -> assertThat(Examples.text(name)).isEqualTo(Examples.text(event) + "\n"));
        JsonNode sample = Examples.sample().at("/Records/0/dynamodb/NewImage");
        JsonNode detail = examples.get(Examples.SAMPLED).path("detail");
        assertThat(sample.at("/detail/S").asText()).isEqualTo(Json.text(detail));
        assertThat(sample.at("/client/S").asText())
                .isEqualTo(TENANT + "#" + detail.path("clientId").asText());
        assertThat(sample.at("/version/N").asText())
                .isEqualTo(detail.path("version").asText());
        assertThat(sample.at("/asOf/S").asText()).isEqualTo(detail.path("asOf").asText());
    }

    /// The examples of the tenant `local` are from the run of the example, which `ExampleTest` repeats.
    @Test
    void theExamplesAreWhatTheSuitePublishes() {
        List<JsonNode> published =
                suite.events().stream().map(EventsDocTest::withoutId).toList();
        examples.forEach((name, event) -> {
            if (event.at("/detail/tenant").asText().equals(TENANT)) {
                assertThat(published).as(name).contains(withoutId(event));
            } else {
                assertThat(event.at("/detail/tenant").asText()).isEqualTo("local");
            }
        });
    }

    @Test
    void whatIsRedeliveredIsPublishedAgainWithTheSameIdAndTheSameDetail() {
        List<JsonNode> once = details();
        suite.notifications().forEach(notification -> {
            String key = notification.at("/detail/object/key").asText();
            String kind = key.substring(0, key.indexOf('/'));
            String function = switch (kind) {
                case "uploads" -> "intake";
                case "configuration" -> kind;
                case "erasures" -> "erasure";
                default -> "";
            };
            if (!function.isEmpty()) {
                suite.send(function + "Queue", notification.toString());
            }
        });
        suite.settle();
        List<JsonNode> again = details().subList(once.size(), details().size());
        assertThat(again.stream().map(detail -> detail.path("id").asText()))
                .anyMatch(id -> id.contains("/_unknown/"))
                .anyMatch(id -> id.contains("/configuration.json/"));
        assertThat(once).containsAll(again);
    }

    @Test
    void theVersionsOfAClientWhoComesBackAfterAnErasureGoOn() {
        Company acme = suite.named(TENANT);
        List<JsonNode> before = acme.events("SituationChanged").stream()
                .filter(detail -> detail.path("clientId").asText().equals(OTHER))
                .toList();
        settled(() -> acme.upload(
                DAY.plusDays(8).atTime(13, 0),
                "overrides/de-volta.csv",
                "client_id;campo;valor",
                OTHER + ";situation;risco"));
        assertThat(before).isNotEmpty();
        assertThat(acme.events("SituationChanged").getLast().path("version").asLong())
                .isGreaterThan(before.stream()
                        .mapToLong(detail -> detail.path("version").asLong())
                        .max()
                        .orElseThrow());
    }

    private static List<JsonNode> details() {
        return suite.events().stream().map(event -> event.path("detail")).toList();
    }

    @Test
    void noEventNamesAPersonOrQuotesWhatOneWrote() {
        assertThat(suite.events().stream()
                        .map(event -> event.path("detail-type").asText()))
                .containsAll(schemas().keySet());
        assertThat(suite.events()).noneMatch(event -> event.toString().contains(CANARY));
    }

    @Test
    void everyPatternMatchesTheExamplesThatThePageSaysAndNoOthers() {
        PATTERNS.forEach((title, section) -> {
            Set<String> matching = new TreeSet<>();
            examples.forEach((name, event) -> {
                if (bus.testEventPattern(t -> t.eventPattern(block(section)).event(event.toString()))
                        .result()) {
                    matching.add(name);
                }
            });
            assertThat(matching).as(title).isNotEmpty().isEqualTo(matched(section));
        });
    }

    @Test
    void theBusDeliversByEveryPatternTheExamplesThatItMatchesAndNoOthers() {
        PATTERNS.forEach((title, section) -> {
            List<JsonNode> details = DELIVERED.getOrDefault(title, List.of()).stream()
                    .map(event -> event.path("detail"))
                    .toList();
            Set<String> delivered = new TreeSet<>();
            examples.forEach((name, event) -> {
                if (details.contains(event.path("detail"))) {
                    delivered.add(name);
                }
            });
            assertThat(delivered).as(title).isEqualTo(matched(section));
        });
    }
}
