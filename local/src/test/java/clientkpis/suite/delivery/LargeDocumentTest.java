package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.aws.Attributes;
import clientkpis.aws.DataBucket;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Retention;
import clientkpis.kpi.Row;
import clientkpis.kpi.Tenant;
import clientkpis.store.PackedDocument;
import clientkpis.store.RecordStore;
import clientkpis.store.RecordStore.Stored;
import clientkpis.store.RecordStore.Written;
import clientkpis.suite.Suite;
import clientkpis.upload.Document;
import clientkpis.upload.Format.NewerFormatException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A document whose body is an object: whatever answers are lost and whoever else writes, the stored item names an
/// object that is there, and no other is left for long.
class LargeDocumentTest {
    @RegisterExtension
    static final Suite SUITE = Suite.shared();

    private static final String TABLE = "usage";
    private static final String CLIENT = "c1";

    private final LostAnswers answers = new LostAnswers();
    private final RecordStore records = store(SUITE.dynamo);
    private final RecordStore disturbed = store(answers.client());
    private Tenant tenant = Tenant.of("none");

    @AfterEach
    void close() {
        answers.close();
    }

    @BeforeEach
    void ownTenant(TestInfo test) {
        tenant = Tenant.of("large-" + Integer.toHexString(test.getDisplayName().hashCode() & 0xffffff));
    }

    @Test
    void aLostAnswerKeepsTheBody() {
        Stored none = read(records);
        answers.lose();
        assertThat(write(disturbed, none, 1)).isEqualTo(Written.STORED);
        assertThat(answers.requests()).isEqualTo(2);
        assertWhole(1);

        answers.lose();
        assertThat(write(disturbed, read(records), 2)).isEqualTo(Written.STORED);
        assertWhole(2);
    }

    @Test
    void whoWasSlowerRemovesOnlyItsOwnBody() {
        write(records, read(records), 1);
        Stored before = read(records);
        assertThat(write(records, before, 2)).isEqualTo(Written.STORED);
        assertThat(write(records, before, 3)).isEqualTo(Written.LOST);
        assertWhole(2);
    }

    @Test
    void whoIsTakenForAnErasedClientLeavesNoBody() {
        records.addTombstone(tenant, CLIENT, order(5));
        assertThat(write(records, read(records), 5)).isEqualTo(Written.ERASED);
        assertThat(bodies()).isEmpty();
        assertThat(write(records, read(records), 6)).isEqualTo(Written.STORED);
        assertWhole(6);
    }

    @Test
    void aBodyThatIsReplacedWhileItIsReadIsReadAgain() {
        write(records, read(records), 1);
        PackedDocument packed = records.read(tenant, TABLE, List.of(CLIENT)).get(CLIENT);
        write(records, read(records), 2);

        Stored stored = records.unpack(packed);
        assertThat(stored.document().version()).isEqualTo(2);
        assertThat(write(records, stored, 3)).isEqualTo(Written.STORED);
        assertWhole(3);
    }

    /// One that died before its item, and one that died after it, before it removed the body of the version before.
    @Test
    void theNextWriterRemovesWhatOthersLeft() {
        write(records, read(records), 1);
        String folder = bodies().getFirst().substring(0, bodies().getFirst().lastIndexOf('/') + 1);
        put(folder + "1-of-one-who-died-after-its-item");
        put(folder + "2-of-one-who-died-before-its-item");
        put(folder + "3-of-one-who-is-about-to-lose");
        write(records, read(records), 2);
        assertThat(bodies()).hasSize(2).contains(folder + "3-of-one-who-is-about-to-lose");
        write(records, read(records), 3);
        assertWhole(3);
    }

    @Test
    void anAttemptThatIsDoneAgainRemovesWhatTheFirstOneLeft() {
        write(records, read(records), 1);
        String left = bodies().getFirst().replaceFirst("[^/]+$", "1-left");
        put(left);
        records.clean(tenant, TABLE, read(records));
        assertWhole(1);
    }

    @Test
    void aDocumentThatShrinksStaysInTheBucket() {
        write(records, read(records), 1);
        Stored large = read(records);
        Document small = new Document(
                CLIENT,
                2,
                order(2),
                "u2",
                Document.Gone.NONE,
                new TreeMap<>(large.document().rows().headMap("k00010")));
        answers.lose();
        assertThat(disturbed.write(tenant, TABLE, small, List.of(), large)).isEqualTo(Written.STORED);
        assertThat(read(records).document()).isEqualTo(small);
        assertThat(bodies()).hasSize(1);
    }

    @Test
    void olderCodeDoesNotOverwriteANewerForm() {
        write(records, read(records), 1);
        Stored before = read(records);
        SUITE.dynamo.updateItem(u -> u.tableName(SUITE.cloud().table("Records"))
                .key(Map.of(
                        "shard",
                                SUITE.items("Records").stream()
                                        .filter(item -> item.get("shard").s().startsWith(tenant + "#"))
                                        .findFirst()
                                        .orElseThrow()
                                        .get("shard"),
                        "record", Attributes.text(TABLE + "#" + CLIENT)))
                .updateExpression("SET #f = :two, version = :two")
                .expressionAttributeNames(Map.of("#f", "format"))
                .expressionAttributeValues(Map.of(":two", Attributes.number(2))));
        assertThat(write(records, before, 2)).isEqualTo(Written.LOST);
        assertThatThrownBy(() -> read(records)).isInstanceOf(NewerFormatException.class);
    }

    private Written write(RecordStore store, Stored before, int upload) {
        Document.Merged merged =
                before.document().merge(order(upload), "u" + upload, rows(upload), key -> false, Retention.FOREVER);
        return store.write(tenant, TABLE, merged.document(), List.of(), before);
    }

    /// Enough that no compression makes them fit an item, different in each upload.
    private static SortedMap<String, Row> rows(int upload) {
        SortedMap<String, Row> rows = new TreeMap<>(CodePoints.ORDER);
        Random random = new Random(upload);
        for (int i = 0; i < 600; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(256, 0x4e00, 0x9f00).forEach(text::appendCodePoint);
            rows.put("k%05d".formatted(i), new Row(Map.of("note", text.toString())));
        }
        return rows;
    }

    private Stored read(RecordStore store) {
        return store.unpack(store.read(tenant, TABLE, List.of(CLIENT)).get(CLIENT));
    }

    private void assertWhole(int upload) {
        Stored stored = read(records);
        assertThat(stored.document().lastUpload()).isEqualTo(order(upload));
        assertThat(stored.document().allRows())
                .containsExactlyElementsOf(rows(upload).values());
        assertThat(bodies()).containsExactly(stored.object());
    }

    private List<String> bodies() {
        return SUITE
                .s3
                .listObjectsV2(l -> l.bucket(SUITE.bucket()).prefix("records/" + tenant + "/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private static void put(String key) {
        new DataBucket(() -> SUITE.s3, SUITE.bucket()).put(key, new byte[1], "application/octet-stream");
    }

    private static RecordStore store(DynamoDbClient dynamo) {
        return new RecordStore(dynamo, SUITE.cloud().table("Records"), new DataBucket(() -> SUITE.s3, SUITE.bucket()));
    }

    private static String order(int upload) {
        return "2026-09-%02d".formatted(upload);
    }
}
