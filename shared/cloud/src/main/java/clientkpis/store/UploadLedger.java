package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.ConditionalWrites;
import clientkpis.aws.ConditionalWrites.Answer;
import clientkpis.aws.Dynamo;
import clientkpis.kpi.Tenant;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Upload;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// The uploads of every tenant (table Runs). An upload's entry is its verdict: it is put once, on the condition that
/// there is none, and every attempt carries out what it says. A phase only moves forward, after its effects; only an
/// older upload that ends late moves an accepted one back, to have its parts applied once more.
///
/// From its arrival to its end an upload has an open item, too, removed in the transaction that ends it. So what is
/// unfinished is found without reading what is finished, even if nothing was decided yet.
///
/// It is long because every step in the life of an upload is a conditional write, and all of them are here.
public final class UploadLedger {
    private static final String OPEN = "SET upload = :upload, expires = :expires";
    /// Of an upload that begins to wait its turn: however long it took to get there, it is not stalled any more.
    private static final String WAITS = OPEN + ", held = :true, sentAgain = :none";
    private static final String ENTRY_EXISTS = "attribute_exists(run)";

    private final DynamoDbClient dynamo;
    private final String table;
    private final ConditionalWrites writes;

    public UploadLedger(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
        writes = new ConditionalWrites(dynamo);
    }

    /// `DECIDED`: only the ledger has the verdict. `HELD`: the receipt is written; the parts wait for older uploads of
    /// the table. `SENDING`: some parts may have been sent. `APPLYING`: all were. `APPLIED` and `REJECTED`: everything
    /// is done.
    public enum Phase {
        DECIDED,
        HELD,
        SENDING,
        APPLYING,
        APPLIED,
        REJECTED
    }

    /// An upload's entry.
    ///
    /// @param day the upload's day in its tenant's zone
    /// @param attempt the attempt of intake that decided; its parts and its receipt are under this name
    /// @param accepted whether its rows count
    /// @param snapshot whether it replaces what older uploads brought
    /// @param keeps whether it is a snapshot with rejected rows whose keys are known, which are in an object
    /// @param parts how many parts it has
    /// @param columns the columns in its header
    /// @param round how often its parts were sent, from 0; a part counts as done only in the current round
    /// @param done the parts that are done in this round
    /// @param sampled the parts that have samples of unregistered clients
    /// @param counts of the parts that were done, each counted once, without samples
    /// @param published whether its receipt is complete and `UploadApplied` published
    public record Entry(
            Upload upload,
            LocalDate day,
            Phase phase,
            String attempt,
            boolean accepted,
            boolean snapshot,
            boolean keeps,
            int parts,
            List<String> columns,
            long round,
            Set<Integer> done,
            Set<Integer> sampled,
            PartCounts counts,
            boolean published) {
        /// A verdict that was just reached.
        public static Entry decided(
                Upload upload,
                LocalDate day,
                String attempt,
                boolean accepted,
                boolean snapshot,
                boolean keeps,
                int parts,
                List<String> columns) {
            return new Entry(
                    upload,
                    day,
                    Phase.DECIDED,
                    attempt,
                    accepted,
                    snapshot,
                    keeps,
                    parts,
                    List.copyOf(columns),
                    0,
                    Set.of(),
                    Set.of(),
                    PartCounts.NONE,
                    false);
        }

        public boolean isComplete() {
            return done.size() >= parts;
        }
    }

    /// An upload that arrived and has not ended.
    ///
    /// @param seen its progress when the hourly plan last saw some, null before it was seen
    /// @param held whether it has begun to wait its turn
    /// @param sending since the later of both
    public record Open(Upload upload, @Nullable String seen, boolean held, Sending sending) {}

    /// Records that an upload arrived: newer ones of its table wait for it. A version of an object is one upload, the
    /// first that arrives, whatever events say of it.
    ///
    /// @return false if another upload has the same version of the object
    public boolean arrive(Upload upload) {
        Answer answer = writes.transact(List.of(
                TransactWriteItem.builder()
                        .put(p -> p.tableName(table)
                                .item(LedgerItem.object(upload))
                                .conditionExpression("attribute_not_exists(run)"))
                        .build(),
                open(upload)));
        return answer.isMine() || upload.order().equals(LedgerItem.order(answer.stored()));
    }

    /// Those of some uploads that have not arrived, under whatever event.
    public List<Upload> unknown(Tenant tenant, List<Upload> some) {
        Map<String, Upload> byRun = new LinkedHashMap<>();
        some.forEach(upload -> byRun.put(Keys.object(upload), upload));
        Dynamo.get(
                        dynamo,
                        table,
                        byRun.keySet().stream()
                                .map(run -> LedgerItem.key(tenant, run))
                                .toList(),
                        "run")
                .forEach(item -> byRun.remove(Attributes.required(item, "run")));
        return List.copyOf(byRun.values());
    }

    public Optional<Entry> find(Tenant tenant, String uploadTable, String order) {
        var item = dynamo.getItem(g -> g.tableName(table)
                        .key(LedgerItem.key(tenant, uploadTable, order))
                        .consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(LedgerItem.read(item));
    }

    /// Enters a verdict, unless there is one.
    ///
    /// @return the verdict in force
    public Entry decide(Entry entry) {
        Upload upload = entry.upload();
        Map<String, AttributeValue> item = LedgerItem.write(entry);
        if (writes.put(p -> p.tableName(table).item(item).conditionExpression("attribute_not_exists(run)"))
                .isMine()) {
            return entry;
        }
        return find(upload.tenant(), upload.table(), upload.order())
                .orElseThrow(() -> new IllegalStateException("The entry of " + upload.id() + " is gone"));
    }

    /// Moves an upload on to a phase of the same round, unless it is there already or beyond.
    ///
    /// @return whether this call moved it
    public boolean move(Entry entry, Phase to) {
        Upload upload = entry.upload();
        Map<String, AttributeValue> values = new HashMap<>();
        List<String> before = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            if (phase.compareTo(to) < 0) {
                before.add(":" + phase.name());
                values.put(":" + phase.name(), Attributes.text(phase.name()));
            }
        }
        values.put(":to", Attributes.text(to.name()));
        values.put(":round", Attributes.number(entry.round()));
        String published = "";
        if (to == Phase.APPLIED) {
            published = ", published = :true";
            values.put(":true", AttributeValue.fromBool(true));
        }
        String expression = "SET phase = :to" + published;
        Update update = Update.builder()
                .tableName(table)
                .key(LedgerItem.key(upload.tenant(), upload.table(), upload.order()))
                .updateExpression(expression)
                .conditionExpression("round = :round AND phase IN (" + String.join(", ", before) + ")")
                .expressionAttributeValues(values)
                .build();
        TransactWriteItem moved = TransactWriteItem.builder().update(update).build();
        return switch (to) {
            case HELD -> writes.transact(List.of(moved, waits(upload))).isMine();
            case APPLIED, REJECTED ->
                writes.transact(List.of(moved, closed(upload))).isMine();
            default -> writes.update(update).isMine();
        };
    }

    /// Marks a part as done in a round. Its counts are added once, whichever attempt or round counted them first.
    ///
    /// @param sampled whether the part has samples
    /// @return empty if the round is over: the part is applied again in the current one
    public Optional<Entry> done(Entry entry, int part, PartCounts counts, boolean sampled) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":part", Attributes.number(part));
        values.put(":parts", AttributeValue.fromNs(List.of(Integer.toString(part))));
        values.put(":round", Attributes.number(entry.round()));
        StringBuilder add = new StringBuilder("ADD done :parts, counted :parts");
        if (sampled) {
            add.append(", sampled :parts");
        }
        counts.numbers().forEach((name, number) -> {
            if (number != 0) {
                add.append(", #").append(name).append(" :").append(name);
                values.put(":" + name, Attributes.number(number));
            }
        });
        Map<String, String> names = counts.numbers().entrySet().stream()
                .filter(count -> count.getValue() != 0)
                .collect(Collectors.toMap(count -> "#" + count.getKey(), Map.Entry::getKey));
        Optional<Entry> first = update(
                entry,
                add.toString(),
                ENTRY_EXISTS + " AND round = :round AND NOT contains(counted, :part)",
                values,
                names);
        return first.isPresent()
                ? first
                : update(
                        entry,
                        "ADD done :parts",
                        ENTRY_EXISTS + " AND round = :round",
                        Map.of(
                                ":parts", AttributeValue.fromNs(List.of(Integer.toString(part))),
                                ":round", Attributes.number(entry.round())),
                        Map.of());
    }

    private Optional<Entry> update(
            Entry entry,
            String expression,
            String condition,
            Map<String, AttributeValue> values,
            Map<String, String> names) {
        Upload upload = entry.upload();
        Answer answer = writes.update(u -> u.tableName(table)
                .key(LedgerItem.key(upload.tenant(), upload.table(), upload.order()))
                .updateExpression(expression)
                .conditionExpression(condition)
                .expressionAttributeNames(names.isEmpty() ? null : names)
                .expressionAttributeValues(values));
        return answer.isMine() ? Optional.of(LedgerItem.read(answer.stored())) : Optional.empty();
    }

    /// Opens the newer uploads of a table whose parts were sent before an older one ended. They left some rows as they
    /// were, which the older one may have replaced: they must replace them again. Each is opened once, however many
    /// older ones end before its parts are sent again.
    public void reopenNewer(Upload ended) {
        String own = Keys.upload(ended.table(), ended.order());
        range(ended.tenant(), own, Keys.uploads(ended.table()) + "\uffff", true)
                .map(LedgerItem::read)
                .filter(entry -> !entry.upload().order().equals(ended.order()))
                .filter(entry -> entry.accepted() && entry.phase().compareTo(Phase.SENDING) >= 0)
                .forEach(this::reopen);
    }

    private void reopen(Entry entry) {
        Upload upload = entry.upload();
        writes.transact(List.of(
                TransactWriteItem.builder()
                        .update(u -> u.tableName(table)
                                .key(LedgerItem.key(upload.tenant(), upload.table(), upload.order()))
                                .updateExpression("SET phase = :held, round = :next REMOVE done")
                                .conditionExpression("phase = :phase AND round = :round")
                                .expressionAttributeValues(Map.of(
                                        ":held", Attributes.text(Phase.HELD.name()),
                                        ":phase", Attributes.text(entry.phase().name()),
                                        ":round", Attributes.number(entry.round()),
                                        ":next", Attributes.number(entry.round() + 1))))
                        .build(),
                open(upload)));
    }

    /// Records that the receipt of an upload that has not ended is complete, and `UploadApplied` published.
    ///
    /// @return whether this call recorded it
    public boolean published(Entry entry) {
        return update(
                        entry,
                        "SET published = :true",
                        ENTRY_EXISTS + " AND attribute_not_exists(published)",
                        Map.of(":true", AttributeValue.fromBool(true)),
                        Map.of())
                .isPresent();
    }

    /// The oldest upload of a table that is open and for which newer ones wait: not one that is stalled.
    public Optional<Open> first(Tenant tenant, String uploadTable) {
        return range(tenant, Keys.open(uploadTable, ""), Keys.open(uploadTable, "\uffff"), true)
                .map(LedgerItem::readOpen)
                .filter(open -> open.sending().again() == 0)
                .findFirst();
    }

    /// Every upload of a tenant that is open, oldest first within its table.
    public List<Open> open(Tenant tenant) {
        return range(tenant, "open#", "open#\uffff", true)
                .map(LedgerItem::readOpen)
                .toList();
    }

    /// Records what the hourly plan saw of an open upload, and when its messages were sent; unless it ended or began to
    /// wait its turn meanwhile.
    public void see(Open open, String seen, Sending sending) {
        Upload upload = open.upload();
        Map<String, AttributeValue> values = new HashMap<>(sending.values());
        values.put(":seen", Attributes.text(seen));
        writes.update(u -> u.tableName(table)
                .key(LedgerItem.openKey(upload.tenant(), upload.table(), upload.order()))
                .updateExpression(Sending.UPDATE + ", seen = :seen")
                .conditionExpression(ENTRY_EXISTS + (open.held() ? "" : " AND attribute_not_exists(held)"))
                .expressionAttributeValues(values));
    }

    /// The newest upload of a table that is older than this one and was accepted.
    public Optional<Entry> previous(Tenant tenant, String uploadTable, String order) {
        return range(tenant, Keys.uploads(uploadTable), Keys.upload(uploadTable, order), false)
                .map(LedgerItem::read)
                .filter(entry -> entry.accepted() && !entry.upload().order().equals(order))
                .findFirst();
    }

    /// The accepted snapshots of an upload's table whose event is at most `within` older or newer, without itself.
    public List<Entry> snapshotsNear(Upload upload, Duration within) {
        String first = Upload.order(upload.time().minus(within));
        String last = Upload.order(upload.time().plus(within)) + "\uffff";
        return range(upload.tenant(), Keys.upload(upload.table(), first), Keys.upload(upload.table(), last), true)
                .map(LedgerItem::read)
                .filter(entry -> entry.accepted()
                        && entry.snapshot()
                        && !entry.upload().order().equals(upload.order()))
                .toList();
    }

    /// The newest uploads of a table, whatever became of them, newest first, read as they are needed.
    public Stream<Entry> newest(Tenant tenant, String uploadTable, int limit) {
        return range(tenant, Keys.uploads(uploadTable), Keys.uploads(uploadTable) + "\uffff", false)
                .limit(limit)
                .map(LedgerItem::read);
    }

    private Stream<Map<String, AttributeValue>> range(Tenant tenant, String first, String last, boolean ascending) {
        return dynamo
                .queryPaginator(q -> q.tableName(table)
                        .keyConditionExpression("tenant = :t AND run BETWEEN :first AND :last")
                        .expressionAttributeValues(Map.of(
                                ":t", Attributes.text(tenant.name()),
                                ":first", Attributes.text(first),
                                ":last", Attributes.text(last)))
                        .scanIndexForward(ascending)
                        .limit(25)
                        .consistentRead(true))
                .items()
                .stream();
    }

    /// Keeps what the hourly plan saw.
    private TransactWriteItem open(Upload upload) {
        return openItem(upload, OPEN, LedgerItem.openValues(upload));
    }

    private TransactWriteItem waits(Upload upload) {
        Map<String, AttributeValue> values = new HashMap<>(LedgerItem.openValues(upload));
        values.put(":true", AttributeValue.fromBool(true));
        values.put(":none", Attributes.number(0));
        return openItem(upload, WAITS, values);
    }

    private TransactWriteItem openItem(Upload upload, String expression, Map<String, AttributeValue> values) {
        return TransactWriteItem.builder()
                .update(u -> u.tableName(table)
                        .key(LedgerItem.openKey(upload.tenant(), upload.table(), upload.order()))
                        .updateExpression(expression)
                        .expressionAttributeValues(values))
                .build();
    }

    private TransactWriteItem closed(Upload upload) {
        return TransactWriteItem.builder()
                .delete(d ->
                        d.tableName(table).key(LedgerItem.openKey(upload.tenant(), upload.table(), upload.order())))
                .build();
    }
}
