package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.MessageQueue;
import clientkpis.function.PartDispatch;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.UploadLedger;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.store.UploadLedger.Phase;
import clientkpis.suite.Suite;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// An upload with many parts: its entry in the ledger stays small, and its messages do not stand before those of other
/// tenants.
class ManyPartsTest {
    private static final Tenant BIG = Tenant.of("big");
    private static final Tenant SMALL = Tenant.of("small");
    private static final int PARTS = 500;
    private static final int LARGEST_ITEM = 400_000;

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private final UploadLedger ledger =
            new UploadLedger(suite.dynamo, suite.cloud().table("Runs"));

    private Entry decided(Tenant tenant, String name, int parts) {
        Upload upload = new Upload(
                tenant,
                "usage",
                Instant.parse("2026-09-10T12:00:00Z"),
                "uploads/" + tenant + "/usage/" + name,
                "01",
                "v",
                0);
        ledger.arrive(upload);
        return ledger.decide(Entry.decided(
                upload,
                LocalDate.of(2026, 9, 10),
                "attempt",
                true,
                false,
                false,
                parts,
                IntStream.range(0, 30).mapToObj(column -> "column " + column).toList()));
    }

    /// Every part has samples, names of 900 characters are the longest, and counts are large.
    @Test
    void theEntryOfAnUploadOfFiveHundredPartsStaysFarBelowWhatAnItemHolds() {
        Entry entry = decided(Tenant.of("long"), "n".repeat(900) + ".csv", PARTS);
        PartCounts counts = new PartCounts(
                1L << 40, 1L << 40, 1L << 40, 1L << 40, 1L << 40, 1L << 40, 1L << 40, 1L << 40, 1L << 40, List.of());
        ledger.move(entry, Phase.HELD);
        for (int part = 0; part < PARTS; part++) {
            assertThat(ledger.done(entry, part, counts, true)).isPresent();
        }

        Entry last =
                ledger.find(Tenant.of("long"), "usage", entry.upload().order()).orElseThrow();
        assertThat(last.isComplete()).isTrue();
        assertThat(last.counts().stored()).isEqualTo(PARTS * (1L << 40));
        Map<String, AttributeValue> item = suite.items("Runs").stream()
                .filter(one -> one.get("tenant").s().equals("long") && one.containsKey("phase"))
                .findFirst()
                .orElseThrow();
        assertThat(size(item)).isLessThan(LARGEST_ITEM / 20);
    }

    /// An estimate from above of what DynamoDB counts.
    private static long size(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .flatMapToLong(attribute -> LongStream.of(
                        attribute.getKey().length(),
                        attribute.getValue().toString().length()))
                .sum();
    }

    /// SQS shares a standard queue fairly among the groups of its messages, so that a tenant with a thousand times the
    /// load of another does not delay it. Locally there is no such sharing: this shows that each message names its
    /// tenant as its group.
    @Test
    void everyMessageOfAPartNamesItsTenantAsItsGroup() {
        String url = suite.sqs
                .createQueue(create -> create.queueName("parts-of-two-tenants"))
                .queueUrl();
        PartDispatch dispatch = new PartDispatch(ledger, table -> new MessageQueue(() -> suite.sqs, url));
        dispatch.send(decided(BIG, "u.csv", 25));
        dispatch.send(decided(SMALL, "u.csv", 1));

        List<Message> messages = new ArrayList<>();
        List<Message> some;
        do {
            some = suite.sqs
                    .receiveMessage(receive -> receive.queueUrl(url)
                            .maxNumberOfMessages(10)
                            .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                    .messages();
            messages.addAll(some);
        } while (!some.isEmpty());

        assertThat(messages).hasSize(26).allSatisfy(message -> {
            JsonNode body = Json.parse(message.body());
            assertThat(message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                    .isEqualTo(body.path("tenant").asText());
            assertThat(body.path("table").asText()).isEqualTo("usage");
        });
    }
}
