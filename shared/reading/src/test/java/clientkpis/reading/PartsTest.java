package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import clientkpis.reading.sort.RowPart;
import clientkpis.reading.sort.RowSorter;
import clientkpis.receipt.Receipt;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// architecture.md, *From an upload to an event* 1: parts are contiguous ranges of (shard, client), a client in one
/// part.
class PartsTest {
    private static final Comparator<String> ORDER =
            Comparator.<String>comparingInt(Shards::of).thenComparing(CodePoints.ORDER);

    private static UploadFile.Accepted read(String table, String csv, long held, int clients) {
        return Reading.accepted(Reading.of(table).bytes("x.csv", csv.getBytes(StandardCharsets.UTF_8), held, clients));
    }

    private static List<String> clients(RowPart part) {
        try (Stream<Row> rows = part.rows()) {
            return rows.map(row -> row.required("client_id")).distinct().toList();
        }
    }

    @Test
    void rowsAreInTheOrderOfShardAndClientByCodePoints() {
        List<String> ids = List.of("\uff21", "\ud83d\ude00", "b", "B", "10", "9", "é", "", "0").stream()
                .filter(id -> !id.isEmpty())
                .toList();
        StringBuilder csv = new StringBuilder("client_id,name\n");
        ids.forEach(id -> csv.append(id).append(",x\n"));

        UploadFile.Accepted accepted = read("clients", csv.toString(), RowSorter.HELD, 2_000);

        assertThat(clients(accepted.parts().getFirst()))
                .isEqualTo(ids.stream().sorted(ORDER).toList());
    }

    @Test
    void aPartHasAtMostSoManyClientsAndSaysWhichOnes() {
        StringBuilder csv = new StringBuilder("client_id,ticket_id\n");
        for (int i = 0; i < 50; i++) {
            csv.append(i % 25).append(",t").append(i).append('\n');
        }
        UploadFile.Accepted accepted = read("support", csv.toString(), RowSorter.HELD, 10);

        assertThat(accepted.parts()).extracting(RowPart::number).containsExactly(1, 2, 3);
        assertThat(accepted.parts()).extracting(RowPart::clients).containsExactly(10, 10, 5);
        assertThat(accepted.parts()).extracting(RowPart::rowCount).containsExactly(20L, 20L, 10L);
        assertThat(accepted.clients()).isEqualTo(25);
        List<String> all = new ArrayList<>();
        for (RowPart part : accepted.parts()) {
            List<String> clients = clients(part);
            assertThat(part.firstClient()).isEqualTo(clients.getFirst());
            assertThat(part.lastClient()).isEqualTo(clients.getLast());
            assertThat(part.firstShard()).isEqualTo(Shards.of(clients.getFirst()));
            assertThat(part.lastShard()).isEqualTo(Shards.of(clients.getLast()));
            all.addAll(clients);
        }
        assertThat(all).isSortedAccordingTo(ORDER).doesNotHaveDuplicates().hasSize(25);
    }

    @Test
    void oneClientIsInOnePartHoweverManyRowsItHas() {
        StringBuilder csv = new StringBuilder("client_id,ticket_id\n0,a\n");
        for (int i = 0; i < 5_000; i++) {
            csv.append("1,t").append(i).append('\n');
        }
        UploadFile.Accepted accepted = read("support", csv.toString(), 10_000, 1);
        assertThat(accepted.parts()).extracting(RowPart::rowCount).containsExactlyInAnyOrder(1L, 5_000L);
    }

    @Test
    void aPartMayBeReadAgain() {
        for (long held : new long[] {100, RowSorter.HELD}) {
            RowPart part = read("support", "client_id,ticket_id\n1,a\n1,b\n", held, 10)
                    .parts()
                    .getFirst();
            assertThat(clients(part)).isEqualTo(clients(part));
        }
    }

    @Test
    void aPartIsWrittenAsOneObjectPerRowInTheOrderOfItsColumnsNames() throws IOException {
        String csv = "client_id,name,segment,plan\n2,\"a \"\"b\"\" \\ c\",,Plano é\n1,\ud83d\ude00 / <x>,s,\n3,z,,\n";
        for (long held : new long[] {100, RowSorter.HELD}) {
            RowPart part = read("clients", csv, held, 10).parts().getFirst();
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            try (JsonGenerator out = Json.lines(written)) {
                part.write(out);
            }
            assertThat(written.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly(
                            "{\"client_id\":\"1\",\"name\":\"\ud83d\ude00 / <x>\",\"segment\":\"s\"}",
                            "{\"client_id\":\"3\",\"name\":\"z\"}",
                            "{\"client_id\":\"2\",\"name\":\"a \\\"b\\\" \\\\ c\",\"plan\":\"Plano é\"}");
        }
    }

    @Property(tries = 200)
    void whatGoesToDiskIsWhatWouldHaveBeenSortedInMemory(
            @ForAll @IntRange(min = 1, max = 300) int rows,
            @ForAll @IntRange(min = 1, max = 20) int clients,
            @ForAll @IntRange(min = 1, max = 20_000) int held,
            @ForAll int seed) {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("client_id,ticket_id,opened_on\n");
        Map<List<String>, Map<String, String>> last = new HashMap<>();
        long conflicting = 0;
        for (int i = 0; i < rows; i++) {
            String client = "c" + random.nextInt(clients);
            String ticket = "t" + random.nextInt(10);
            String day = "2026-09-%02d".formatted(1 + random.nextInt(30));
            csv.append(String.join(",", client, ticket, day)).append('\n');
            Map<String, String> before = last.put(
                    List.of(client, ticket), Map.of("client_id", client, "ticket_id", ticket, "opened_on", day));
            conflicting += before == null || day.equals(before.get("opened_on")) ? 0 : 1;
        }
        UploadFile.Accepted onDisk = read("support", csv.toString(), held, 3);
        UploadFile.Accepted inMemory = read("support", csv.toString(), Long.MAX_VALUE, 3);

        assertThat(Reading.rows(onDisk)).containsExactlyInAnyOrderElementsOf(last.values());
        assertThat(Reading.rows(onDisk)).isEqualTo(Reading.rows(inMemory));
        assertThat(onDisk.rows())
                .isEqualTo(inMemory.rows())
                .isEqualTo(Receipt.Rows.read(last.size(), 0, rows - last.size(), conflicting));
        assertThat(onDisk.clients()).isEqualTo(inMemory.clients());
        assertThat(onDisk.parts())
                .extracting(RowPart::firstClient, RowPart::lastClient, RowPart::clients, RowPart::rowCount)
                .isEqualTo(inMemory.parts().stream()
                        .map(part -> org.assertj.core.groups.Tuple.tuple(
                                part.firstClient(), part.lastClient(), part.clients(), part.rowCount()))
                        .toList());
    }
}
