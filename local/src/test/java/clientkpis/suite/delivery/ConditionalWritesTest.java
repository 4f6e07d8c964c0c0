package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.aws.Attributes;
import clientkpis.aws.ConditionalWrites;
import clientkpis.aws.ConditionalWrites.Answer;
import clientkpis.aws.ConditionalWrites.Lost;
import clientkpis.aws.ConditionalWrites.Mine;
import clientkpis.aws.ConditionalWrites.Taken;
import clientkpis.suite.Suite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// The five answers to a conditional write, with the answers that DynamoDB gives or loses in a bad moment.
class ConditionalWritesTest {
    @RegisterExtension
    static final Suite SUITE = Suite.shared();

    private static final String CANCELLED = "TransactionCanceledException";

    private final LostAnswers answers = new LostAnswers();
    private final ConditionalWrites writes = new ConditionalWrites(answers.client());
    private final String table = SUITE.cloud().table("Runs");
    private String tenant = "";

    @AfterEach
    void close() {
        answers.close();
    }

    @BeforeEach
    void ownPartition(TestInfo test) {
        tenant = "writes-" + test.getDisplayName();
    }

    @Test
    void aPutWhoseConditionHoldsIsMine() {
        assertThat(insert("a", 1)).isInstanceOf(Mine.class);
        assertThat(insert("a", 2))
                .isInstanceOfSatisfying(
                        Lost.class,
                        lost -> assertThat(Attributes.number(lost.stored(), "n"))
                                .isEqualTo(1));
    }

    @Test
    void aPutWhoseAnswerIsLostIsMine() {
        answers.lose();
        Answer answer = insert("a", 1);
        assertThat(answers.requests()).as("the SDK tried again").isEqualTo(2);
        assertThat(answer).isInstanceOf(Mine.class);
        assertThat(Attributes.number(answer.stored(), "n")).isEqualTo(1);
    }

    @Test
    void anEqualPutOfAnotherWriterIsNotMine() {
        insert("a", 1);
        assertThat(insert("a", 1)).isInstanceOf(Lost.class);
    }

    @Test
    void anUpdateWhoseAnswerIsLostIsMineAndShowsWhatIsStored() {
        insert("a", 1);
        answers.lose();
        Answer answer = writes.update(u -> u.tableName(table)
                .key(key("a"))
                .updateExpression("ADD done :d SET n = :two")
                .conditionExpression("n = :one")
                .expressionAttributeValues(Map.of(
                        ":one", Attributes.number(1),
                        ":two", Attributes.number(2),
                        ":d", AttributeValue.fromNs(List.of("7")))));
        assertThat(answer).isInstanceOf(Mine.class);
        assertThat(Attributes.number(answer.stored(), "n")).isEqualTo(2);
        assertThat(Attributes.of(answer.stored(), "done").ns()).containsExactly("7");
    }

    @Test
    void anUpdateThatSetsNothingLeavesItsMarkToo() {
        answers.lose();
        Answer answer = writes.update(u -> u.tableName(table)
                .key(key("a"))
                .updateExpression("ADD n :d")
                .conditionExpression("attribute_not_exists(n)")
                .expressionAttributeValues(Map.of(":d", Attributes.number(5))));
        assertThat(answer).isInstanceOf(Mine.class);
        assertThat(Attributes.number(answer.stored(), "n")).isEqualTo(5);
    }

    @Test
    void aDeleteThatHoldsForAnAbsentItemMayBeDoneTwice() {
        insert("a", 1);
        answers.lose();
        assertThat(writes.delete(d -> d.tableName(table)
                        .key(key("a"))
                        .conditionExpression("attribute_not_exists(n) OR n = :one")
                        .expressionAttributeValues(Map.of(":one", Attributes.number(1)))))
                .isInstanceOf(Mine.class);
        assertThat(insert("a", 2)).isInstanceOf(Mine.class);
    }

    @Test
    void aTransactionWhoseAnswerIsLostIsMine() {
        answers.lose();
        assertThat(writes.transact(List.of(fresh("a", 1), fresh("b", 1)))).isInstanceOf(Mine.class);
        assertThat(answers.requests()).isEqualTo(2);
    }

    /// As when DynamoDB has forgotten the token of the SDK's first try.
    @Test
    void aTransactionThatFindsItsOwnMarkIsMine() {
        answers.answer(CANCELLED, reasons("TransactionConflict", "None"));
        assertThat(writes.transact(List.of(fresh("a", 1), fresh("b", 1)))).isInstanceOf(Mine.class);
    }

    @Test
    void aTransactionWhoseFirstConditionDoesNotHoldIsLost() {
        insert("a", 1);
        insert("b", 1);
        assertThat(writes.transact(List.of(fresh("a", 2), fresh("b", 2)))).isInstanceOf(Lost.class);
    }

    @Test
    void aTransactionOfWhichAnotherItemIsThereAlreadyIsTaken() {
        insert("b", 7);
        assertThat(writes.transact(List.of(fresh("a", 1), absent("c"), fresh("b", 2))))
                .isInstanceOfSatisfying(Taken.class, taken -> {
                    assertThat(taken.write()).isEqualTo(2);
                    assertThat(Attributes.number(taken.stored(), "n")).isEqualTo(7);
                });
        assertThat(insert("a", 3)).as("nothing was written").isInstanceOf(Mine.class);
    }

    @Test
    void aConflictWithATransactionIsTriedAgain() {
        answers.answer("TransactionConflictException", "");
        answers.answer("TransactionConflictException", "");
        assertThat(insert("a", 1)).isInstanceOf(Mine.class);
        assertThat(answers.requests()).isEqualTo(3);
    }

    @Test
    void aThrottledRequestIsTriedAgain() {
        // The SDK gives up before this one does.
        for (int i = 0; i < 5; i++) {
            answers.answer("ProvisionedThroughputExceededException", "");
        }
        assertThat(insert("a", 1)).isInstanceOf(Mine.class);
    }

    @Test
    void aTransactionThatIsThrottledOrInConflictIsTriedAgain() {
        answers.answer(CANCELLED, reasons("None", "ThrottlingError"));
        answers.answer(CANCELLED, reasons("TransactionConflict", "ConditionalCheckFailed"));
        answers.answer(CANCELLED, reasons("None", "ProvisionedThroughputExceeded"));
        assertThat(writes.transact(List.of(fresh("a", 1), fresh("b", 1)))).isInstanceOf(Mine.class);
        assertThat(answers.requests()).isEqualTo(4);
    }

    @Test
    void whatIsWrongWithTheRequestIsThrown() {
        answers.answer(CANCELLED, reasons("None", "ValidationError"));
        assertThatThrownBy(() -> writes.transact(List.of(fresh("a", 1), fresh("b", 1))))
                .isInstanceOf(DynamoDbException.class);
        answers.answer("ValidationException", "");
        assertThatThrownBy(() -> insert("a", 1)).isInstanceOf(DynamoDbException.class);
    }

    private static String reasons(String first, String second) {
        return ",\"CancellationReasons\":[{\"Code\":\"%s\"},{\"Code\":\"%s\"}]".formatted(first, second);
    }

    private Answer insert(String run, int n) {
        return writes.put(p -> p.tableName(table).item(item(run, n)).conditionExpression("attribute_not_exists(run)"));
    }

    private TransactWriteItem fresh(String run, int n) {
        Put put = Put.builder()
                .tableName(table)
                .item(item(run, n))
                .conditionExpression("attribute_not_exists(run)")
                .build();
        return TransactWriteItem.builder().put(put).build();
    }

    private TransactWriteItem absent(String run) {
        ConditionCheck check = ConditionCheck.builder()
                .tableName(table)
                .key(key(run))
                .conditionExpression("attribute_not_exists(run)")
                .build();
        return TransactWriteItem.builder().conditionCheck(check).build();
    }

    private Map<String, AttributeValue> key(String run) {
        return Map.of("tenant", Attributes.text(tenant), "run", Attributes.text(run));
    }

    private Map<String, AttributeValue> item(String run, int n) {
        Map<String, AttributeValue> item = new HashMap<>(key(run));
        item.put("n", Attributes.number(n));
        return item;
    }
}
