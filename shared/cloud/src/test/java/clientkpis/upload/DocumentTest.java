package clientkpis.upload;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Retention;
import clientkpis.kpi.Row;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DocumentTest {
    private static final String OLDER = "2026-09-01T04:00:00.000Z|t/contracts/a.csv|0";
    private static final String NEWER = "2026-09-02T04:00:00.000Z|t/contracts/a.csv|0";

    @Test
    void anUploadBringsItsRows() {
        Document.Merged merged =
                Document.empty("c").merge(OLDER, "older", rows("1", "x"), key -> false, Retention.FOREVER);

        assertThat(merged.changed()).isTrue();
        assertThat(merged.stored()).isEqualTo(1);
        assertThat(merged.document().version()).isEqualTo(1);
        assertThat(merged.document().lastUpload()).isEqualTo(OLDER);
    }

    @Test
    void theSameUploadTwiceChangesNothingAndCountsTheSame() {
        Document once = Document.empty("c")
                .merge(OLDER, "older", rows("1", "x"), key -> false, Retention.FOREVER)
                .document();
        Document.Merged twice = once.merge(OLDER, "older", rows("1", "x"), key -> false, Retention.FOREVER);

        assertThat(twice.changed()).isFalse();
        assertThat(twice.document()).isSameAs(once);
        assertThat(twice.stored()).isEqualTo(1);
    }

    @Test
    void aRowThatStandsAlreadyIsUnchangedAndGetsNoWrite() {
        Document once = Document.empty("c")
                .merge(OLDER, "older", rows("1", "x"), key -> false, Retention.FOREVER)
                .document();
        Document.Merged again = once.merge(NEWER, "newer", rows("1", "x"), key -> false, Retention.FOREVER);

        assertThat(again.changed()).isFalse();
        assertThat(again.unchanged()).isEqualTo(1);
    }

    @Test
    void anOlderUploadThatArrivesLateAddsOnlyWhatNoNewerOneHas() {
        Document newer = Document.empty("c")
                .merge(NEWER, "newer", rows("1", "new"), key -> false, Retention.FOREVER)
                .document();
        Document.Merged late =
                newer.merge(OLDER, "older", rows("1", "old", "2", "old"), key -> false, Retention.FOREVER);

        assertThat(late.outdated()).isEqualTo(1);
        assertThat(late.stored()).isEqualTo(1);
        assertThat(late.document().allRows()).containsExactly(row("new"), row("old"));
    }

    @Test
    void aRowReplacesTheWholeEarlierRow() {
        SortedMap<String, Row> full = new TreeMap<>(Map.of("1", new Row(Map.of("value", "1", "status", "ativo"))));
        Document once = Document.empty("c")
                .merge(OLDER, "older", full, key -> false, Retention.FOREVER)
                .document();
        Document replaced = once.merge(NEWER, "newer", rows("1", "2"), key -> false, Retention.FOREVER)
                .document();

        assertThat(replaced.allRows()).containsExactly(row("2"));
    }

    /// Uploads that arrive in any order, and then the newer ones once more, oldest first, as the functions do it, end
    /// in what their own order gives.
    @Property
    void everyOrderOfArrivalEndsInTheOrderOfUpload(
            @ForAll("uploads") List<Map<String, String>> uploads, @ForAll long seed) {
        Document expected = Document.empty("c");
        for (int i = 0; i < uploads.size(); i++) {
            expected = expected.merge(order(i), "" + i, rows(uploads.get(i)), key -> false, Retention.FOREVER)
                    .document();
        }
        List<Integer> order = new java.util.ArrayList<>();
        for (int i = 0; i < uploads.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new java.util.Random(seed));
        Document actual = Document.empty("c");
        TreeMap<Integer, Map<String, String>> arrived = new TreeMap<>();
        for (int upload : order) {
            arrived.put(upload, uploads.get(upload));
            for (var each : arrived.tailMap(upload).entrySet()) {
                actual = actual.merge(
                                order(each.getKey()),
                                "" + each.getKey(),
                                rows(each.getValue()),
                                key -> false,
                                Retention.FOREVER)
                        .document();
            }
        }
        assertThat(actual.allRows()).isEqualTo(expected.allRows());
    }

    /// An attempt that dies after it has written the document is done again, and its counts are those of the receipt.
    @Property
    void anAttemptThatIsDoneAgainCountsTheSame(
            @ForAll("uploads") List<Map<String, String>> uploads, @ForAll boolean snapshot) {
        Retention withoutB = all -> all.entrySet().stream()
                .filter(row -> row.getValue().equals(row("b")))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Document document = Document.empty("c");
        for (int i = 0; i < uploads.size(); i++) {
            SortedMap<String, Row> rows = rows(uploads.get(i));
            Document.Merged once = document.merge(order(i), "" + i, rows, key -> snapshot, withoutB);
            Document.Merged twice = once.document().merge(order(i), "" + i, rows, key -> snapshot, withoutB);
            if (once.changed()) {
                assertThat(twice.changed()).isFalse();
                assertThat(twice.gone()).isEqualTo(once.gone());
                assertThat(twice.stored()).isEqualTo(once.stored());
                assertThat(twice.unchanged()).isEqualTo(once.unchanged());
                assertThat(twice.outdated()).isEqualTo(once.outdated());
            }
            document = once.document();
        }
    }

    @Test
    void whatASnapshotRemovedIsCountedByTheNextAttemptButNotByTheNextUpload() {
        Document once = Document.empty("c")
                .merge(OLDER, "older", rows("1", "x", "2", "x"), key -> false, Retention.FOREVER)
                .document();
        Document.Merged snapshot = once.merge(NEWER, "newer", rows("1", "x"), key -> true, Retention.FOREVER);
        assertThat(snapshot.gone().removed()).isEqualTo(1);

        Document.Merged again =
                snapshot.document().merge(NEWER, "newer", rows("1", "x"), key -> true, Retention.FOREVER);
        assertThat(again.changed()).isFalse();
        assertThat(again.gone().removed()).isEqualTo(1);

        Document.Merged next =
                again.document().merge("2026-09-03", "next", rows("1", "x"), key -> true, Retention.FOREVER);
        assertThat(next.gone().removed()).isZero();
    }

    @Provide
    Arbitrary<List<Map<String, String>>> uploads() {
        return Arbitraries.maps(Arbitraries.of("1", "2", "3"), Arbitraries.of("a", "b"))
                .ofMinSize(1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    private static String order(int place) {
        return "2026-09-0%d".formatted(place + 1);
    }

    private static Row row(String value) {
        return new Row(Map.of("value", value));
    }

    private static SortedMap<String, Row> rows(Map<String, String> values) {
        SortedMap<String, Row> rows = new TreeMap<>(CodePoints.ORDER);
        values.forEach((key, value) -> rows.put(key, row(value)));
        return rows;
    }

    private static SortedMap<String, Row> rows(String... keysAndValues) {
        SortedMap<String, Row> rows = new TreeMap<>(CodePoints.ORDER);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            rows.put(keysAndValues[i], row(keysAndValues[i + 1]));
        }
        return rows;
    }
}
