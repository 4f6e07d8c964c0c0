package clientkpis.store;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.upload.Upload;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class UploadTest {
    private static final Instant TIME = Instant.parse("2026-09-10T04:00:00Z");

    @Test
    void uploadsAreOrderedByTimeThenKeyThenSequencer() {
        Upload first = upload(TIME, "uploads/t/nps/b.csv", "00FF");

        assertBefore(first, upload(TIME.plusSeconds(1), "uploads/t/nps/a.csv", "0001"));
        assertBefore(upload(TIME, "uploads/t/nps/a.csv", "FFFF"), first);
        assertBefore(first, upload(TIME, "uploads/t/nps/b.csv", "01"));
    }

    @Test
    void sequencersComparePaddedToEqualLength() {
        assertBefore(upload(TIME, "uploads/t/nps/a.csv", "00A1"), upload(TIME, "uploads/t/nps/a.csv", "00A11"));
        assertBefore(upload(TIME, "uploads/t/nps/a.csv", "009FF"), upload(TIME, "uploads/t/nps/a.csv", "00A"));
    }

    @Test
    void anUploadAfterMidnightInUtcIsOfTheDayBeforeInSaoPaulo() {
        Upload late = upload(Instant.parse("2026-09-10T02:59:59Z"), "uploads/t/nps/a.csv", "1");

        assertThat(late.day(Configuration.DEFAULT.formats().timeZone())).isEqualTo(LocalDate.of(2026, 9, 9));
    }

    @Test
    void anIdBeginsWithOneThatHasNoPartOfTheObjectsName() {
        Upload upload = upload(TIME, "uploads/t/nps/Maria 529.982.247-25.csv", "1");

        assertThat(Upload.nameless(upload.id())).matches("20260910T040000-[0-9a-f]{10}");
        assertThat(upload.id()).startsWith(Upload.nameless(upload.id()) + "-Maria");
        assertThat(Upload.nameless("Maria")).isEmpty();
    }

    @Test
    void anIdIsPlainAndToldApart() {
        Upload one = upload(TIME, "uploads/t/nps/Relatório (1).csv", "1");
        Upload other = upload(TIME, "uploads/t/nps/Relatório (1).csv", "2");

        assertThat(one.id())
                .matches("20260910T040000-[0-9a-f]{10}-Relat-rio-1-.csv")
                .isNotEqualTo(other.id());
    }

    @Test
    void theOrderFitsASortKeyHoweverLongTheName() {
        Upload longest = upload(TIME, "uploads/t/nps/" + "\uD83D\uDE00".repeat(250), "1");

        assertThat(Keys.upload("nps", longest.order()).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasSizeLessThan(1024);
    }

    private static void assertBefore(Upload older, Upload newer) {
        assertThat(CodePoints.ORDER.compare(older.order(), newer.order())).isNegative();
    }

    private static Upload upload(Instant time, String key, String sequencer) {
        return new Upload(Tenant.of("t"), "nps", time, key, sequencer, null, 0);
    }
}
