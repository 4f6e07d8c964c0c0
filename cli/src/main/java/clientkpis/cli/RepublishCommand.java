package clientkpis.cli;

import clientkpis.aws.EventBus;
import clientkpis.cli.input.UsageException;
import clientkpis.cli.words.Words;
import clientkpis.events.SituationChanged;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/// `kpis republish`: publishes recorded changes of situation again, after an outage of a subscriber.
@Command(
        name = "republish",
        description = {
            "Publishes recorded changes of situation again, each unchanged: the same detail with the same id.",
            "",
            "For subscribers that missed events. Subscribers that received them drop them by detail.id, and drop"
                    + " changes that are older than the one they know by detail.version. Each client's changes are"
                    + " published in the order of their versions. Running it again does no harm.",
            "",
            "It works on the account that the environment points to, like any program with an AWS SDK: AWS_REGION,"
                    + " AWS_PROFILE or other credentials, AWS_ENDPOINT_URL_*. It needs dynamodb:Scan on the table, and"
                    + " events:PutEvents and events:DescribeEventBus on the bus.",
            ""
        },
        exitCodeList = {
            "0:all changes were published, or there were none",
            "1:the bus did not accept some of them; run it again",
            "2:wrong usage, such as a table or a bus that does not exist",
            "3:the command failed"
        })
final class RepublishCommand implements Callable<Integer> {
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(2).toNanos();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            required = true,
            description = "The first day, yyyy-MM-dd: the least asOf of the changes to publish.")
    private LocalDate from = LocalDate.MIN;

    @Option(names = "--to", paramLabel = "DATE", required = true, description = "The last day, inclusive.")
    private LocalDate to = LocalDate.MAX;

    @Option(
            names = "--tenant",
            paramLabel = "T",
            description = "Only the changes of this tenant. Default: those of all tenants.")
    private @Nullable String tenant;

    @Option(names = "--dry-run", description = "Only counts the changes.")
    private boolean dryRun;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            defaultValue = "${env:SITUATION_CHANGES_TABLE}",
            description = "The table of changes. Default: the environment variable SITUATION_CHANGES_TABLE.")
    private @Nullable String table;

    @Option(
            names = "--bus",
            paramLabel = "BUS",
            defaultValue = "${env:EVENT_BUS_NAME}",
            description = "The event bus. Default: the environment variable EVENT_BUS_NAME.")
    private @Nullable String bus;

    private long lastLine = System.nanoTime();
    private long read;
    private long published;
    private long failed;

    @Override
    public Integer call() {
        if (tenant != null) {
            Kpis.checkTenant(tenant);
        }
        if (to.isBefore(from)) {
            throw new UsageException(Words.of("republish.to", to, from));
        }
        String changes = Account.given(table, "--table", "SITUATION_CHANGES_TABLE");
        String target = dryRun ? "" : Account.given(bus, "--bus", "EVENT_BUS_NAME");
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (SdkHttpClient http = Apache5HttpClient.create();
                DynamoDbClient dynamo =
                        DynamoDbClient.builder().httpClient(http).build();
                EventBridgeClient events =
                        EventBridgeClient.builder().httpClient(http).build()) {
            if (!dryRun) {
                checkBus(events, target);
            }
            EventBus to = new EventBus(() -> events, target);
            for (ScanResponse page : dynamo.scanPaginator(scan(changes))) {
                read += page.count();
                if (!dryRun) {
                    publish(to, page.items());
                }
            }
        } catch (software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException e) {
            throw new UsageException(Words.of("republish.no_table", changes));
        } catch (SdkException e) {
            throw Account.stopped(e, counts());
        }
        out.println(counts());
        return failed == 0 ? 0 : Kpis.REJECTED;
    }

    /// A bus that does not exist accepts every event and drops it.
    private static void checkBus(EventBridgeClient events, String bus) {
        try {
            events.describeEventBus(describe -> describe.name(bus));
        } catch (software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException e) {
            throw new UsageException(Words.of("republish.no_bus", bus));
        }
    }

    private ScanRequest scan(String from) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":from", AttributeValue.fromS(this.from.toString()),
                ":to", AttributeValue.fromS(to.toString()),
                ":yes", AttributeValue.fromBool(true)));
        String which = "asOf BETWEEN :from AND :to AND published = :yes";
        if (tenant != null) {
            values.put(":tenant", AttributeValue.fromS(tenant));
            which += " AND tenant = :tenant";
        }
        return ScanRequest.builder()
                .tableName(from)
                .consistentRead(true)
                .filterExpression(which)
                .expressionAttributeValues(values)
                .projectionExpression("client, detail")
                .build();
    }

    private void publish(EventBus to, List<Map<String, AttributeValue>> changes) {
        for (List<String> round : rounds(changes)) {
            int refused = to.publish(SituationChanged.class, round).size();
            failed += refused;
            published += round.size() - refused;
            if (System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES) {
                lastLine = System.nanoTime();
                Objects.requireNonNull(spec).commandLine().getErr().println(counts());
            }
        }
    }

    /// The details of changes, which a scan gives in the order of each client's versions: the first of each client,
    /// then the second, and so on. So a change that is sent again when the bus was busy is not overtaken by the next.
    private static List<List<String>> rounds(List<Map<String, AttributeValue>> changes) {
        List<List<String>> rounds = new ArrayList<>();
        Map<String, Integer> of = new HashMap<>();
        for (Map<String, AttributeValue> change : changes) {
            int round = of.merge(text(change, "client"), 1, Integer::sum);
            if (rounds.size() < round) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round - 1).add(text(change, "detail"));
        }
        return rounds;
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute)).s();
    }

    private String counts() {
        return Kpis.words(spec).say("republish.counts", read, published, failed);
    }
}
