package clientkpis.function;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.Attributes;
import clientkpis.kpi.Row;
import clientkpis.store.PackedDocument;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How many clients are merged at once.
class ClientRowsTest {
    @Test
    void theGroupsAreBoundedByWhatIsStored() {
        ClientRows rows = new ClientRows();
        Map<String, PackedDocument> stored = new LinkedHashMap<>();
        // A year of a hundred users in each second client: the upload has one row of each.
        for (int i = 0; i < 10; i++) {
            rows.add("c" + i, "k", new Row(Map.of("client_id", "c" + i)));
            stored.put("c" + i, document("c" + i, i % 2 == 0 ? 36_500 : 10));
        }
        assertThat(rows.groups(stored))
                .containsExactly(List.of("c0", "c1", "c2", "c3"), List.of("c4", "c5", "c6", "c7"), List.of("c8", "c9"));
    }

    @Test
    void aClientThatIsTooLargeIsAlone() {
        ClientRows rows = new ClientRows();
        Map<String, PackedDocument> stored = new LinkedHashMap<>();
        for (String client : List.of("a", "large", "b", "c")) {
            rows.add(client, "k", new Row(Map.of("client_id", client)));
            stored.put(client, document(client, client.equals("large") ? 1_000_000 : 1));
        }
        assertThat(rows.groups(stored)).containsExactly(List.of("a"), List.of("large"), List.of("b", "c"));
    }

    @Test
    void whateverIsStoredNoGroupIsLargerThanTheMemoryUnlessItIsOneClient() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            ClientRows rows = new ClientRows();
            Map<String, PackedDocument> stored = new HashMap<>();
            List<String> clients = random.ints(random.nextInt(1, 100), 0, 1_000_000)
                    .distinct()
                    .mapToObj(i -> "c" + i)
                    .toList();
            for (String client : clients) {
                rows.add(client, "k", new Row(Map.of("client_id", client)));
                stored.put(client, document(client, (int) Math.exp(random.nextDouble(14))));
            }
            List<List<String>> groups = rows.groups(stored);
            assertThat(groups.stream().flatMap(List::stream).toList()).isEqualTo(clients);
            assertThat(groups)
                    .allSatisfy(group -> assertThat(group.size() == 1
                                    || group.stream()
                                                    .mapToLong(client ->
                                                            stored.get(client).memory())
                                                    .sum()
                                            <= ClientRows.MEMORY)
                            .isTrue());
        }
    }

    @Test
    void anUploadOfManyRowsFillsThem() {
        ClientRows rows = new ClientRows();
        int added = 0;
        while (!rows.isFull()) {
            rows.add("c", "k" + added++, new Row(Map.of("note", "x".repeat(4_000))));
        }
        assertThat(added).isBetween(5_000, 10_000);
        ClientRows clients = new ClientRows();
        for (int i = 0; i < 100; i++) {
            assertThat(clients.isFull()).isFalse();
            clients.addNone("c" + i);
        }
        assertThat(clients.isFull()).isTrue();
    }

    private static PackedDocument document(String client, int rows) {
        return new PackedDocument(
                client, Map.of("rowCount", Attributes.number(rows), "unpacked", Attributes.number(rows * 100L)));
    }
}
