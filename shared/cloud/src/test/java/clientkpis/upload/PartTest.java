package clientkpis.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.kpi.Row;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Format.NewerFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// Parts and counts are stored: what an older version wrote is read, and the other way round.
class PartTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final Upload UPLOAD = new Upload(
            Tenant.of("acme"), "nps", Instant.parse("2026-09-10T04:00:00Z"), "uploads/acme/nps/a.csv", "0A", null, 7);
    private static final String HEAD =
            "{\"format\":1,\"upload\":{\"tenant\":\"acme\",\"table\":\"nps\",\"time\":\"2026-09-10T04:00:00Z\","
                    + "\"key\":\"uploads/acme/nps/a.csv\",\"sequencer\":\"0A\",\"size\":7},"
                    + "\"day\":\"2026-09-10\",\"part\":1,\"parts\":2";

    @Test
    void aPartReadsBackAsItWasWritten() throws IOException {
        Part part = new Part(UPLOAD, DAY, 1, 2, new Part.Range(3, "a", 64, ""));
        Row row = new Row(Map.of("client_id", "a", "score", "9"));
        ByteArrayOutputStream object = new ByteArrayOutputStream();

        part.write(Stream.of(row), object);

        try (Part.Reader reader = new Part.Reader(new ByteArrayInputStream(object.toByteArray()))) {
            assertThat(reader.part()).isEqualTo(part);
            assertThat(reader.next()).isEqualTo(row);
            assertThat(reader.next()).isNull();
        }
        assertThat(text(object))
                .isEqualTo(
                        HEAD + ",\"whole\":{\"fromShard\":3,\"fromClient\":\"a\",\"toShard\":64,\"toClient\":\"\"}}\n"
                                + "{\"client_id\":\"a\",\"score\":\"9\"}\n");
    }

    @Test
    void aPartOfAnUploadThatIsNotASnapshotCoversNoRange() throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();

        new Part(UPLOAD, DAY, 1, 2, null).write(Stream.of(), object);

        assertThat(text(object)).isEqualTo(HEAD + "}\n");
    }

    @Test
    void aPartOfTheVersionBeforeIsReadAndOneOfANewerIsLeftForNewerCode() throws IOException {
        try (Part.Reader reader = new Part.Reader(part(HEAD.replace("\"format\":1,", "") + "}"))) {
            assertThat(reader.part()).isEqualTo(new Part(UPLOAD, DAY, 1, 2, null));
        }
        InputStream newer = part(HEAD.replace("\"format\":1,", "\"format\":2,\"new\":true,") + "}");
        assertThatThrownBy(() -> new Part.Reader(newer)).isInstanceOf(NewerFormatException.class);
    }

    @Test
    void whatIsNoRowFailsAndWhatIsNoTextIsReadAsText() throws IOException {
        assertThat(rows("{\"a\":1.50,\"b\":true,\"c\":\"\"}\n{}\n"))
                .containsExactly(new Row(Map.of("a", "1.50", "b", "true", "c", "")), new Row(Map.of()));
        for (String no : List.of("{\"a\":\"1\"", "{\"a\"", "{\"a\":", "{\"a\":\"1\"}}", "[]", "x", "\"a\"")) {
            assertThatThrownBy(() -> rows("{\"a\":\"1\"}\n" + no)).as(no).isInstanceOf(UncheckedIOException.class);
        }
    }

    private static List<Row> rows(String lines) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Part.Reader reader = new Part.Reader(part(HEAD + "}\n" + lines))) {
            for (Row row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Test
    void aPartThatIsCutOffFails() throws IOException {
        assertThatThrownBy(() -> new Part.Reader(part("")));
        byte[] whole = part(HEAD + "}\n" + "{\"a\":\"1\"}\n".repeat(10_000)).readAllBytes();
        try (Part.Reader reader = new Part.Reader(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 20)))) {
            assertThatThrownBy(() -> {
                        for (Row row = reader.next(); row != null; row = reader.next()) {}
                    })
                    .isInstanceOf(EOFException.class);
        }
    }

    private static InputStream part(String head) throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(object)) {
            out.write(head.getBytes(StandardCharsets.UTF_8));
        }
        return new ByteArrayInputStream(object.toByteArray());
    }

    @Test
    void countsAreReadBackFromTheirNumbers() {
        PartCounts counts = new PartCounts(1, 2, 3, 4, 5, 6, 7, 8, 9, List.of());

        assertThat(PartCounts.of(name -> counts.numbers().getOrDefault(name, 0L)))
                .isEqualTo(counts);
    }

    private static String text(ByteArrayOutputStream object) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object.toByteArray()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
