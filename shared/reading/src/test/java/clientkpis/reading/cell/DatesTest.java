package clientkpis.reading.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {
    private static final Dates DATES = new Dates(ZoneId.of("America/Sao_Paulo"), null);

    @ParameterizedTest
    @CsvSource({
        "2026-09-30, 2026-09-30",
        "2026/09/30, 2026-09-30",
        "30/09/2026, 2026-09-30",
        "30-09-2026, 2026-09-30",
        "1/9/2026, 2026-09-01",
        "1-9-2026, 2026-09-01",
        "2026-9-1, 2026-09-01",
        "2026/9/1, 2026-09-01",
        "9/10/2026, 2026-10-09",
        "29/02/2024, 2024-02-29",
        "30/09/2026 0:00, 2026-09-30",
        "30/09/2026 02:00, 2026-09-30",
        "30/09/2026 23:59:59, 2026-09-30",
        "2026-09-30 02:00:00.000, 2026-09-30",
        "2026-09-30T02:00:00.000, 2026-09-30",
        "2026-09-30T02:00, 2026-09-30",
        "30/09/2026  02:00, 2026-09-30",
        "30-09-2026T02:00, 2026-09-30",
        "2026-09-30T23:59:59.999999999, 2026-09-30",
        "30/09/26, 2026-09-30",
        "1-2-26, 2026-02-01",
        "30/09/26 13:42, 2026-09-30",
        "12-mar-2026, 2026-03-12",
        "12/mar/26, 2026-03-12",
        "12 mar. 2026, 2026-03-12",
        "30 set 2026, 2026-09-30",
        "01 de março de 2026, 2026-03-01",
        "1º de MARÇO de 2026, 2026-03-01",
        "1-fev-26, 2026-02-01",
        "09/Oct/25 1:42 PM, 2025-10-09",
        "09/dez/25 11:42 p.m., 2025-12-09",
        "'Mar 12, 2026', 2026-03-12",
        "'September 2, 2026, 1:42:05 PM', 2026-09-02",
        "2026-09-30 10:00 AM, 2026-09-30",
        "30/09/2026 às 23:12, 2026-09-30",
        "30/09/2026 ÀS 23:12, 2026-09-30",
        "30/09/2026 as 23h12, 2026-09-30",
        "30/09/2026 - 23:12, 2026-09-30",
        "'Sep 30, 2026 at 11:12 PM', 2026-09-30",
        "30.09.2026, 2026-09-30",
        "9.10.2026 13:42, 2026-10-09",
        "2026\u201102\u201101, 2026-02-01"
    })
    void aDateKeepsItsDayWhateverTheTimeBehindIt(String cell, LocalDate date) {
        assertThat(DATES.parse(cell, false)).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-30T02:59:59Z, 2026-09-29",
        "2026-09-30T03:00:00Z, 2026-09-30",
        "2026-09-30T03:00Z, 2026-09-30",
        "2026-09-30T00:00:00.000Z, 2026-09-29",
        "2026-09-30 00:00:00+00:00, 2026-09-29",
        "2026-09-30 00:00:00 +0000, 2026-09-29",
        "2026-09-30T23:30:00-05:00, 2026-10-01",
        "2026-09-30T23:30:00-05, 2026-10-01",
        "2026-09-30T23:30:00-0300, 2026-09-30",
        "30/09/2026 00:00Z, 2026-09-29",
        "2026-09-30 01:40 UTC, 2026-09-29",
        "2026-09-30 12:00 AM GMT, 2026-09-29",
        "2026-09-30 11:30 PM -05:00, 2026-10-01"
    })
    void anInstantIsTakenToTheTenantsZone(String cell, LocalDate date) {
        assertThat(DATES.parse(cell, false)).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource({
        "30/09/2026, DAY_FIRST",
        "09/30/2026, MONTH_FIRST",
        "09/30/26 10:00, MONTH_FIRST",
        "09/10/2026, EITHER",
        "09/09/2026, NONE",
        "02/30/2026, NONE",
        "09/30/2026 x, NONE",
        "2026-09-30, NONE",
        "30-set-2026, NONE",
        "09.10.2026, NONE"
    })
    void aDateProvesTheOrderThatAloneExplainsIt(String cell, Dates.Order order) {
        for (boolean monthFirst : new boolean[] {false, true}) {
            DATES.parse(cell, monthFirst);
            assertThat(DATES.order()).isEqualTo(order);
        }
    }

    @Test
    void daysThatAreWrittenAsInstantsKeepTheirDay() {
        assertThat(DATES.parse("2026-09-30T00:00:00.000Z", false, true)).isEqualTo("2026-09-30");
        assertThat(DATES.instant()).isEqualTo(Dates.Instant.MIDNIGHT);
        assertThat(DATES.parse("2026-09-30T00:00:00-05:00", false, true)).isEqualTo("2026-09-30");
        assertThat(DATES.parse("2026-09-30T02:00:00Z", false, true)).isEqualTo("2026-09-29");
        assertThat(DATES.instant()).isEqualTo(Dates.Instant.OTHER);
    }

    @Test
    void theMonthComesFirstOnlyWhenTheTenantSaysSo() {
        assertThat(DATES.parse("09/30/2026", false)).isNull();
        assertThat(DATES.parse("09/30/2026", true)).isEqualTo("2026-09-30");
        assertThat(DATES.parse("09/10/2026", true)).isEqualTo("2026-09-10");
        assertThat(DATES.parse("9-30-2026", true)).isEqualTo("2026-09-30");
        assertThat(DATES.parse("2026-09-10", true)).isEqualTo("2026-09-10");
        assertThat(DATES.parse("30/09/2026", true)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2026",
                "2026-09",
                "31/09/2026",
                "29/02/2026",
                "00/01/2026",
                "01/13/2026",
                "30.09.26",
                "09.30.2026",
                "2026-09/30",
                "20260930",
                "123/09/2026",
                "026-09-30",
                "30/09/20266",
                "2026-09-300",
                "2026-009-30",
                "2026-09-30T",
                "2026-09-30Z",
                "2026-09-30 10",
                "2026-09-30 24:00",
                "2026-09-30 10:60",
                "2026-09-30 10:00:60",
                "2026-09-30 1:0",
                "2026-09-30 10:00:00.",
                "2026-09-30 10:00+19:00",
                "2026-09-30 10:00-",
                "2026-09-30 10:00-3",
                "2026-09-30 10:00-03:",
                "2026-09-30 10:00-03:00x",
                "2026-09-30x10:00",
                "45930",
                "-2026-09-30",
                "30/09/1",
                "30 foo 2026",
                "12-mar",
                "mar 2026",
                "12-mar/2026",
                "30 do 09 de 2026",
                "2026-09-30 13:00 PM",
                "2026-09-30 0:00 AM",
                "2026-09-30 10:00 XM"
            })
    void whatIsNoDateIsNotTakenForOne(String cell) {
        assertThat(DATES.parse(cell, false)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1899-12-31, false",
        "1900-01-01, true",
        "2200-12-31, true",
        "2201-01-01, false",
        "0000-01-01, false",
        "9999-09-09, true"
    })
    void datesFrom1900To2200AreInRange(String cell, boolean fits) {
        assertThat(Dates.fits(DATES.parse(cell, false))).isEqualTo(fits);
    }

    @Property
    void everyDayIsReadBackInEveryForm(@ForAll @LongRange(min = -25_567, max = 84_370) long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        for (String form : new String[] {
            "yyyy-MM-dd",
            "yyyy/MM/dd",
            "dd/MM/yyyy",
            "dd-MM-yyyy",
            "d/M/yyyy",
            "yyyy-M-d",
            "dd/MM/yyyy' 0:00'",
            "yyyy-MM-dd'T00:00:00-03:00'"
        }) {
            if (!form.endsWith("-03:00'") || date.getYear() > 2019) {
                String cell = date.format(DateTimeFormatter.ofPattern(form));
                assertThat(DATES.parse(cell, false)).as(cell).isEqualTo(date);
            }
        }
        assertThat(DATES.parse(date.format(DateTimeFormatter.ofPattern("MM/dd/yyyy")), true))
                .isEqualTo(date);
    }

    @Property
    void noTextBreaksTheReader(@ForAll @StringLength(max = 30) String cell, @ForAll boolean monthFirst) {
        LocalDate date = DATES.parse(cell, monthFirst);
        assertThat(date == null || cell.chars().anyMatch(Character::isDigit)).isTrue();
    }
}
