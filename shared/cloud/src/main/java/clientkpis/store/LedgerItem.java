package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.store.UploadLedger.Open;
import clientkpis.store.UploadLedger.Phase;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Upload;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The entry and the open item of an upload as items of the table Runs.
final class LedgerItem {
    private static final Duration RETENTION = Duration.ofDays(90);

    private LedgerItem() {}

    static Map<String, AttributeValue> write(Entry entry) {
        Upload upload = entry.upload();
        Map<String, AttributeValue> item = new HashMap<>(key(upload.tenant(), upload.table(), upload.order()));
        item.put("upload", Attributes.text(Json.text(upload)));
        item.put("day", Attributes.text(entry.day().toString()));
        item.put("phase", Attributes.text(entry.phase().name()));
        item.put("attempt", Attributes.text(entry.attempt()));
        item.put("accepted", AttributeValue.fromBool(entry.accepted()));
        item.put("snapshot", AttributeValue.fromBool(entry.snapshot()));
        if (entry.keeps()) {
            item.put("keeps", AttributeValue.fromBool(true));
        }
        item.put("parts", Attributes.number(entry.parts()));
        item.put(
                "columns",
                AttributeValue.fromL(
                        entry.columns().stream().map(Attributes::text).toList()));
        item.put("round", Attributes.number(0));
        item.put("expires", Attributes.number(expires(upload)));
        return item;
    }

    static Map<String, AttributeValue> openValues(Upload upload) {
        return Map.of(
                ":upload", Attributes.text(Json.text(upload)),
                ":expires", Attributes.number(expires(upload)));
    }

    /// The item of the version of an object that an upload is.
    static Map<String, AttributeValue> object(Upload upload) {
        Map<String, AttributeValue> item = new HashMap<>(key(upload.tenant(), Keys.object(upload)));
        item.put("order", Attributes.text(upload.order()));
        item.put("expires", Attributes.number(expires(upload)));
        return item;
    }

    static @Nullable String order(Map<String, AttributeValue> object) {
        return Attributes.text(object, "order");
    }

    private static long expires(Upload upload) {
        return upload.time().plus(RETENTION).getEpochSecond();
    }

    static Map<String, AttributeValue> key(Tenant tenant, String uploadTable, String order) {
        return key(tenant, Keys.upload(uploadTable, order));
    }

    static Map<String, AttributeValue> openKey(Tenant tenant, String uploadTable, String order) {
        return key(tenant, Keys.open(uploadTable, order));
    }

    static Map<String, AttributeValue> key(Tenant tenant, String run) {
        return Map.of("tenant", Attributes.text(tenant.name()), "run", Attributes.text(run));
    }

    static Open readOpen(Map<String, AttributeValue> item) {
        return new Open(
                Json.read(Json.parse(Attributes.required(item, "upload")), Upload.class),
                Attributes.text(item, "seen"),
                item.containsKey("held"),
                Sending.read(item));
    }

    static Entry read(Map<String, AttributeValue> item) {
        return new Entry(
                Json.read(Json.parse(Attributes.required(item, "upload")), Upload.class),
                LocalDate.parse(Attributes.required(item, "day")),
                Phase.valueOf(Attributes.required(item, "phase")),
                Attributes.required(item, "attempt"),
                Attributes.of(item, "accepted").bool(),
                Attributes.of(item, "snapshot").bool(),
                item.containsKey("keeps"),
                (int) Attributes.number(item, "parts"),
                Attributes.of(item, "columns").l().stream()
                        .map(AttributeValue::s)
                        .toList(),
                Attributes.number(item, "round"),
                numbers(item, "done"),
                numbers(item, "sampled"),
                PartCounts.of(name -> Attributes.number(item, name)),
                item.containsKey("published"));
    }

    private static Set<Integer> numbers(Map<String, AttributeValue> item, String name) {
        AttributeValue set = item.get(name);
        return set == null
                ? Set.of()
                : set.ns().stream().map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }
}
