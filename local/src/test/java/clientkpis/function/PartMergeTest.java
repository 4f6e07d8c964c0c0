package clientkpis.function;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Timeline;
import clientkpis.store.TenantStore;
import clientkpis.suite.Suite;
import clientkpis.upload.KeptRows;
import clientkpis.upload.Part;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Scope;
import clientkpis.upload.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A part that is merged in several calls gives what it gives in one.
class PartMergeTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final int CLIENTS = 250;

    @RegisterExtension
    static final Suite SUITE = Suite.shared();

    /// Any family: what becomes of the rows matters, not the fields.
    private static final KpiFamily<Row> FAMILY = new KpiFamily<>() {
        @Override
        public String table() {
            return "billing";
        }

        @Override
        public Row read(Row row) {
            return row;
        }

        @Override
        public Map<String, Timeline> timelines(List<Row> rows, LocalDate from) {
            return Map.of();
        }
    };

    private static final Scope SCOPE = new Scope(false, KeptRows.NONE, null);

    private final Stack stack = new Stack(Map.of(
            "STACK_NAME", "client-kpis",
            "DATA_BUCKET", SUITE.bucket(),
            "RECORDS_TABLE", SUITE.cloud().table("Records"),
            "SCORE_QUEUE_URL", SUITE.cloud().queueUrl("scoreQueue")));
    private final PartMerge<Row> merge = new PartMerge<>(new FamilyDocuments<>(FAMILY), stack);

    @Test
    void whereverItStopsTheCountsAndTheRowsAreTheSame() throws IOException {
        PartCounts whole = applied("merge-whole", Integer.MAX_VALUE);
        assertThat(whole.stored()).isEqualTo(CLIENTS);
        assertThat(whole.removed()).isEqualTo(CLIENTS);
        assertThat(whole.seen()).isEqualTo(CLIENTS);

        assertThat(applied("merge-each", 0)).isEqualTo(whole);
        assertThat(applied("merge-two", 1)).isEqualTo(whole);
        assertThat(applied("merge-three", 2)).isEqualTo(whole);
        SUITE.settle();
    }

    /// The object is rewritten between two calls.
    @Test
    void anErasureThatTakesOutTheClientAtWhichItStoppedDoesNotTakeTheOthers() throws IOException {
        Tenant tenant = Tenant.of("merge-erased");
        List<Row> rows = rows("c");
        Upload upload =
                new Upload(tenant, "billing", Instant.parse("2026-09-01T11:00:00Z"), "uploads/x.csv", "0", null, 0);
        Part part = new Part(upload, DAY, 0, 1, null);
        TenantStore.State state = new TenantStore(SUITE.dynamo, SUITE.cloud().table("Tenants")).find(tenant);
        PartMerge.Progress first = merge.merge(reader(part, rows), state, SCOPE, null, () -> false);
        String stoppedAt = Objects.requireNonNull(first.next()).client();
        List<Row> left = rows.stream()
                .filter(row -> !row.required("client_id").equals(stoppedAt))
                .toList();
        PartMerge.Progress rest = merge.merge(reader(part, left), state, SCOPE, first.next(), () -> true);
        assertThat(rest.next()).isNull();
        assertThat(rest.counts().stored()).isEqualTo(CLIENTS - 1);
        SUITE.settle();
    }

    private static Part.Reader reader(Part part, List<Row> rows) throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        part.write(rows.stream(), object);
        return new Part.Reader(new ByteArrayInputStream(object.toByteArray()));
    }

    private static List<Row> rows(String prefix) {
        return IntStream.range(0, CLIENTS)
                .mapToObj(i -> prefix + i)
                .sorted(Comparator.comparingInt(Shards::of).thenComparing(Comparator.naturalOrder()))
                .map(client ->
                        new Row(Map.of("client_id", client, "title_id", "t", "value", "1.00", "due_on", "2026-08-01")))
                .toList();
    }

    /// Rows of clients that are then not in a snapshot, and the snapshot.
    ///
    /// @param more how many groups of clients there is time for after the first of each call
    private PartCounts applied(String name, int more) throws IOException {
        Tenant tenant = Tenant.of(name);
        upload(tenant, "2026-09-01T11:00:00Z", "old", null, Integer.MAX_VALUE);
        int[] calls = new int[1];
        PartCounts counts =
                upload(tenant, "2026-09-01T12:00:00Z", "new", new Part.Range(0, "", Shards.COUNT, ""), more, calls);
        if (more < 3) {
            assertThat(calls[0]).isGreaterThanOrEqualTo(8 / (more + 1));
        } else {
            assertThat(calls[0]).isEqualTo(1);
        }
        // Of the samples, those that came first.
        return counts;
    }

    private PartCounts upload(Tenant tenant, String time, String prefix, Part.@Nullable Range covers, int more)
            throws IOException {
        return upload(tenant, time, prefix, covers, more, new int[1]);
    }

    private PartCounts upload(
            Tenant tenant, String time, String prefix, Part.@Nullable Range covers, int more, int[] calls)
            throws IOException {
        Upload upload = new Upload(tenant, "billing", Instant.parse(time), "uploads/x.csv", "0", null, 0);
        List<Row> rows = rows(prefix);
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        new Part(upload, DAY, 0, 1, covers).write(rows.stream(), object);
        TenantStore.State state = new TenantStore(SUITE.dynamo, SUITE.cloud().table("Tenants")).find(tenant);
        PartMerge.@Nullable Cursor cursor = null;
        while (true) {
            calls[0]++;
            int[] left = {more};
            try (Part.Reader reader = new Part.Reader(new ByteArrayInputStream(object.toByteArray()))) {
                Scope scope = new Scope(covers != null, KeptRows.NONE, null);
                PartMerge.Progress progress = merge.merge(reader, state, scope, cursor, () -> left[0]-- > 0);
                if (progress.next() == null) {
                    return progress.counts();
                }
                // As a message carries it.
                cursor = Json.read(Json.tree(progress.next()), PartMerge.Cursor.class);
            }
        }
    }
}
