package clientkpis.store.packed;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.client.History;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryCodecTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 30);
    private static final Days DAYS = new Days(DAY);
    private static final byte[] NO_DICTIONARY = {};

    @Property
    void aHistoryReadsBackAsItWasWritten(@ForAll("histories") History history) {
        assertThat(HistoryCodec.read(new PackedReader(packed(history), NO_DICTIONARY), DAYS))
                .isEqualTo(history);
    }

    @Test
    void aDayOfSixtyTakesLittleMoreThanAByte() {
        List<History.Point> points = new ArrayList<>();
        for (int day = 0; day < History.DAYS; day++) {
            points.add(new History.Point(DAY.plusDays(day - 59L), 5_000 + 37 * day * day % 120));
        }

        assertThat(packed(new History(points))).hasSizeLessThan(History.DAYS * 5 / 4);
    }

    private static byte[] packed(History history) {
        PackedWriter out = new PackedWriter();
        HistoryCodec.write(out, history, DAYS);
        return out.packed(NO_DICTIONARY);
    }

    @Provide
    static Arbitrary<History> histories() {
        Arbitrary<@Nullable Integer> hundredths = Arbitraries.oneOf(
                        Arbitraries.integers().between(-10_000, 10_000), Arbitraries.integers())
                .injectNull(0.1);
        return Arbitraries.maps(Arbitraries.integers().between(-4_000, 400), hundredths)
                .ofMaxSize(70)
                .map(HistoryCodecTest::history);
    }

    private static History history(Map<Integer, @Nullable Integer> values) {
        SortedMap<Integer, @Nullable Integer> sorted = new TreeMap<>(values);
        return new History(sorted.entrySet().stream()
                .map(entry -> new History.Point(DAY.plusDays(entry.getKey()), entry.getValue()))
                .toList());
    }
}
