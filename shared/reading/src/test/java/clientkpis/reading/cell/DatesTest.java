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
    private static final Dates DATES = new Dates(ZoneId.of("America/Sao_Paulo"));

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
        "2026-09-30T23:59:59.999999999, 2026-09-30"
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
        "30/09/2026 00:00Z, 2026-09-29"
    })
    void anInstantIsTakenToTheTenantsZone(String cell, LocalDate date) {
        assertThat(DATES.parse(cell, false)).isEqualTo(date);
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
                "30/09/26",
                "30.09.2026",
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
                "2026-09-30 10:00 AM",
                "2026-09-30 10:00+19:00",
                "2026-09-30 10:00-",
                "2026-09-30 10:00-3",
                "2026-09-30 10:00-03:",
                "2026-09-30 10:00-03:00x",
                "2026-09-30x10:00",
                "45930",
                "-2026-09-30",
                "30 set 2026"
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
