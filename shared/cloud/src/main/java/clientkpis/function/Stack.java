package clientkpis.function;

import clientkpis.aws.Aws;
import clientkpis.aws.DataBucket;
import clientkpis.aws.Environment;
import clientkpis.aws.EventBus;
import clientkpis.aws.MessageQueue;
import clientkpis.aws.VersionedObjects;
import clientkpis.store.AliasStore;
import clientkpis.store.ClientErasure;
import clientkpis.store.ClientIds;
import clientkpis.store.ClientStore;
import clientkpis.store.DayRuns;
import clientkpis.store.Outbox;
import clientkpis.store.RecordStore;
import clientkpis.store.TenantStore;
import clientkpis.store.UploadLedger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The deployed stack as a function sees it: the stores, queues and bus that its environment variables name. A function
/// does not start without a variable that it needs.
public final class Stack {
    private final Environment environment;
    private final Aws aws;
    private final String name;
    private final Map<String, MessageQueue> partsQueues = new ConcurrentHashMap<>();

    public Stack(Map<String, String> variables) {
        environment = new Environment(variables);
        aws = Aws.of(environment);
        name = environment.required("STACK_NAME");
    }

    public String name() {
        return name;
    }

    public DataBucket bucket() {
        return new DataBucket(aws::s3, environment.required("DATA_BUCKET"));
    }

    public VersionedObjects versionedObjects() {
        return new VersionedObjects(aws::s3, environment.required("DATA_BUCKET"));
    }

    public ClientStore clients() {
        return new ClientStore(
                aws.dynamo(), environment.required("CLIENTS_TABLE"), environment.required("SITUATION_CHANGES_TABLE"));
    }

    public Outbox outbox() {
        return new Outbox(aws.dynamo(), environment.required("SITUATION_CHANGES_TABLE"));
    }

    public RecordStore records() {
        return new RecordStore(aws.dynamo(), environment.required("RECORDS_TABLE"), bucket());
    }

    public ClientIds clientIds() {
        return new ClientIds(aws.dynamo(), environment.required("RECORDS_TABLE"), records());
    }

    public AliasStore aliases() {
        return new AliasStore(aws.dynamo(), environment.required("RECORDS_TABLE"));
    }

    public ClientErasure clientErasure() {
        return new ClientErasure(
                aws.dynamo(),
                environment.required("RECORDS_TABLE"),
                environment.required("CLIENTS_TABLE"),
                environment.required("SITUATION_CHANGES_TABLE"),
                bucket(),
                versionedObjects());
    }

    public TenantStore tenants() {
        return new TenantStore(aws.dynamo(), environment.required("TENANTS_TABLE"));
    }

    public UploadLedger ledger() {
        return new UploadLedger(aws.dynamo(), environment.required("RUNS_TABLE"));
    }

    /// A function's own store in the table Runs.
    ///
    /// @param store made of the client and the table's name
    public <T> T runs(BiFunction<DynamoDbClient, String, T> store) {
        return store.apply(aws.dynamo(), environment.required("RUNS_TABLE"));
    }

    /// A number that the function's environment sets.
    public int number(String variable) {
        return Integer.parseInt(environment.required(variable));
    }

    public DayRuns days() {
        return new DayRuns(aws.dynamo(), environment.required("RUNS_TABLE"));
    }

    public EventBus bus() {
        return new EventBus(aws::events, environment.required("EVENT_BUS_NAME"));
    }

    public UploadCompletion completion() {
        return new UploadCompletion(bucket(), ledger(), bus());
    }

    /// The queue of the function itself.
    public MessageQueue ownQueue() {
        return queue("OWN_QUEUE_URL");
    }

    /// Where a function puts what it gives up by itself.
    public MessageQueue deadLetterQueue() {
        return queue("DEAD_LETTER_QUEUE_URL");
    }

    public Segments segments() {
        return new Segments(ownQueue()::send);
    }

    public DayPhase phase(DayRuns.Phase phase) {
        return new DayPhase(days(), phase, segments());
    }

    /// The queue of the parts of a table's uploads. Its name, not its URL, follows from the table's.
    public MessageQueue partsQueue(String table) {
        return partsQueues.computeIfAbsent(
                table,
                of -> new MessageQueue(
                        aws::sqs,
                        aws.sqs()
                                .getQueueUrl(q -> q.queueName(name + "-parts-" + of))
                                .queueUrl()));
    }

    public MessageQueue intakeQueue() {
        return queue("INTAKE_QUEUE_URL");
    }

    public MessageQueue scoreQueue() {
        return queue("SCORE_QUEUE_URL");
    }

    public MessageQueue surveyQueue() {
        return queue("SURVEY_QUEUE_URL");
    }

    public MessageQueue refreshQueue() {
        return queue("REFRESH_QUEUE_URL");
    }

    public MessageQueue sweepQueue() {
        return queue("SWEEP_QUEUE_URL");
    }

    private MessageQueue queue(String variable) {
        return new MessageQueue(aws::sqs, environment.required(variable));
    }
}
