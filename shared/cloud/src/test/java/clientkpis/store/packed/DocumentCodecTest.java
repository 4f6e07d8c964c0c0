package clientkpis.store.packed;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.upload.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DocumentCodecTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);

    @Test
    void theRecordsBehindFieldsAreKeptBesideTheRows() {
        FieldRecords records = new FieldRecords(
                "overdueTitles",
                List.of("title_id", "value", "status", "due_on", "daysLate"),
                new Timeline.Sum(DAY).count(DAY).count(DAY.plusDays(3)).rounded(0),
                List.of(kept("T1", "100.00", DAY.minusDays(2)), kept("T2", "9.50", DAY.plusDays(2))));
        byte[] body = DocumentCodec.write(document(), List.of(records));
        assertThat(DocumentCodec.read(body)).isEqualTo(document().rows());
        FieldRecords read = DocumentCodec.behind(new ByteArrayInputStream(body)).getFirst();
        for (int days = 0; days < 6; days++) {
            LocalDate day = DAY.plusDays(days);
            assertThat(read.countAt(day)).isEqualTo(records.countAt(day));
            assertThat(text(read, day)).isEqualTo(text(records, day));
        }
        assertThat(text(read, DAY.plusDays(3)))
                .isEqualTo("[[T1, 100.00, null, 2026-08-30, 5], [T2, 9.50, null, 2026-09-03, 1]]");
    }

    @Test
    void aDocumentThatWasWrittenWithoutThemHasNone() {
        byte[] body = DocumentCodec.write(document(), List.of());
        assertThat(DocumentCodec.behind(new ByteArrayInputStream(body))).isEmpty();
    }

    @Test
    void theyAreReadWithoutTheRows() {
        byte[] body = DocumentCodec.write(
                document(),
                List.of(new FieldRecords(
                        "f",
                        List.of("title_id"),
                        Timeline.constant(DAY, Value.Number.of(1)),
                        List.of(new FieldRecords.Kept(null, List.of(FieldRecords.text("T1")))))));
        InputStream broken = new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                if (at == 70) {
                    throw new IOException("Read too far");
                }
                return body[at++];
            }

            @Override
            public int read(byte[] to, int from, int length) throws IOException {
                to[from] = (byte) read();
                return 1;
            }
        };
        assertThat(DocumentCodec.behind(broken)).hasSize(1);
    }

    private static String text(FieldRecords records, LocalDate day) {
        return records.at(day).stream()
                .map(row -> row.stream().map(DocumentCodecTest::text).toList().toString())
                .toList()
                .toString();
    }

    private static String text(Optional<Value> cell) {
        return switch (cell.orElse(null)) {
            case null -> "null";
            case Value.Number(var number) -> number.toPlainString();
            case Value.Text(var text) -> text;
            case Value.Day(var day) -> day.toString();
            case Value.Countdown countdown -> throw new AssertionError(countdown);
            case Value.Manual manual -> throw new AssertionError(manual);
        };
    }

    private static FieldRecords.Kept kept(String id, String value, LocalDate dueOn) {
        return new FieldRecords.Kept(
                dueOn.plusDays(1),
                null,
                dueOn,
                List.of(
                        FieldRecords.text(id),
                        FieldRecords.money(new BigDecimal(value)),
                        FieldRecords.text(null),
                        FieldRecords.day(dueOn)));
    }

    private static Document document() {
        SortedMap<String, Document.StoredRow> rows = new TreeMap<>(CodePoints.ORDER);
        rows.put("T1", new Document.StoredRow(new Row(Map.of("title_id", "T1")), "o1"));
        rows.put("T2", new Document.StoredRow(new Row(Map.of("title_id", "T2", "value", "9.50")), "o2"));
        return new Document("c", 1, "o2", "u2", Document.Gone.NONE, rows);
    }
}
