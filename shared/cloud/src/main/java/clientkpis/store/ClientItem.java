package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import clientkpis.store.packed.ClientCodec;
import clientkpis.store.packed.FormerClient;
import clientkpis.upload.Format;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A client as an item of the table Clients, which fits one write unit (1 KB) for nearly every client. What other
/// services may read is promised in docs/events.md: the keys, `asOf`, `version`, and `fields` at `asOf`. Everything
/// else is in `packed`; `w` is the mark of the write.
final class ClientItem {
    static final String PARTITION = "shard";
    static final String SORT = "client";
    private static final String FIELDS = "fields";
    private static final String PACKED = "packed";
    private static final String VERSION = "version";
    private static final String AS_OF = "asOf";
    private static final String FORMAT = "format";
    private static final int NEWEST = 2;

    /// What people and services look clients up for. Each field more costs every client its bytes.
    static final Set<String> PROMISED = Set.of(
            "name",
            "status",
            "cs",
            "mrr",
            "renewalOn",
            "nps",
            "overdueTitles",
            "engagementScore",
            "senseScore",
            "senseScoreBand",
            "situation");

    private ClientItem() {}

    static boolean is(Map<String, AttributeValue> item) {
        return item.containsKey(PACKED);
    }

    static Map<String, AttributeValue> key(Tenant tenant, String clientId) {
        return Map.of(
                PARTITION, Attributes.text(Keys.shardOf(tenant, clientId)),
                SORT, Attributes.text(Keys.client(clientId)));
    }

    static Map<String, AttributeValue> write(Tenant tenant, Client client) {
        return write(key(tenant, client.clientId()), client);
    }

    /// @param key of the client's item, which may have other attributes
    static Map<String, AttributeValue> write(Map<String, AttributeValue> key, Client client) {
        LocalDate asOf = client.asOf();
        if (asOf == null) {
            throw new IllegalArgumentException("A client is stored only after it was evaluated");
        }
        String sort = Attributes.required(key, SORT);
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(PARTITION, Attributes.of(key, PARTITION));
        item.put(SORT, Attributes.text(sort));
        item.put(VERSION, Attributes.number(client.version()));
        item.put(AS_OF, Attributes.text(asOf.toString()));
        item.put(FIELDS, AttributeValue.fromM(fields(client, asOf)));
        item.put(FORMAT, Attributes.number(NEWEST));
        item.put(PACKED, Attributes.bytes(ClientCodec.write(client, asOf, sort)));
        return item;
    }

    static Client read(Map<String, AttributeValue> item) {
        long format = Attributes.number(item, FORMAT);
        Format.check("A client", format, NEWEST);
        return format < NEWEST
                ? FormerClient.read(item)
                : ClientCodec.read(
                        Attributes.of(item, PACKED).b().asByteArrayUnsafe(),
                        LocalDate.parse(Attributes.required(item, AS_OF)),
                        Attributes.required(item, SORT),
                        Attributes.number(item, VERSION));
    }

    private static Map<String, AttributeValue> fields(Client client, LocalDate asOf) {
        Map<String, AttributeValue> fields = new TreeMap<>();
        client.shown(asOf, PROMISED)
                .forEach((field, value) -> fields.put(
                        field,
                        switch (value) {
                            case Value.Number n ->
                                AttributeValue.fromN(n.number().toPlainString());
                            case Value.Text t -> Attributes.text(t.text());
                            case Value.Day d -> Attributes.text(d.day().toString());
                            case Value.Countdown _, Value.Manual _ ->
                                throw new IllegalStateException(field + " cannot be shown as it is");
                        }));
        return fields;
    }
}
