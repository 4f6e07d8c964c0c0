package clientkpis.overrides;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Fields;
import clientkpis.tables.ClientField;
import clientkpis.tables.Tables;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-10");
    private final Overrides family = new Overrides();

    @Test
    void itHoldsFromItsUploadThroughTheDayOnWhichItExpires() {
        Timeline mrr = timelines("mrr", "1500.5", "2026-09-12").get("mrr");
        Value set = new Value.Manual(
                new Value.Number(new BigDecimal("1500.50")), "ana", "acordo", LocalDate.parse("2026-09-12"));
        assertThat(mrr.at(DAY.minusDays(1))).isNull();
        assertThat(mrr.at(DAY)).isEqualTo(set);
        assertThat(mrr.at(LocalDate.parse("2026-09-12"))).isEqualTo(set);
        assertThat(mrr.at(LocalDate.parse("2026-09-13"))).isNull();
    }

    @Test
    void withoutAnExpiryItHoldsForGood() {
        assertThat(timelines("mrr", "1", null).get("mrr").at(DAY.plusYears(50))).isNotNull();
    }

    @Test
    void aBlankValueWithdrawsIt() {
        assertThat(timelines("mrr", null, null)).isEmpty();
    }

    @Test
    void aDateWithoutEndWithdrawsItToo() {
        assertThat(timelines("renewalOn", "9999-12-31", null)).isEmpty();
        assertThat(timelines("mrr", "1", "9999-12-31").get("mrr").at(DAY.plusYears(50)))
                .as("expires never")
                .isNotNull();
    }

    @Test
    void everyFieldInDaysCountsToADateThatCanBeSet() {
        Tables tables = Tables.load();
        assertThat(tables.fields())
                .filteredOn(field -> field.type() == ClientField.Type.DAYS)
                .extracting(ClientField::name)
                .containsExactlyInAnyOrderElementsOf(Fields.COUNTDOWNS.keySet());
        assertThat(Fields.COUNTDOWNS.values())
                .allSatisfy(
                        date -> assertThat(timelines(date, "2027-01-31", null)).isNotEmpty());
    }

    @Test
    void oneThatExpiredBeforeItCameNeverHolds() {
        assertThat(timelines("mrr", "1", "2026-09-09")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "overdueTitles, 3, 3",
        "daysToRenewal, -12, -12",
        "nps, 33.333, 33.33",
        "senseScore, 41.005, 41.01",
        "mrr, 9000, 9000.00"
    })
    void numbersHaveTheScaleOfTheirField(String field, String text, String number) {
        assertThat(timelines(field, text, null).get(field).at(DAY).on(DAY))
                .isEqualTo(new Value.Number(new BigDecimal(number)));
    }

    @Test
    void datesAndTextsAreThemselves() {
        assertThat(timelines("renewalOn", "2027-01-31", null)
                        .get("renewalOn")
                        .at(DAY)
                        .on(DAY))
                .isEqualTo(new Value.Day(LocalDate.parse("2027-01-31")));
        assertThat(timelines("stage", "2027-01-31", null).get("stage").at(DAY).on(DAY))
                .isEqualTo(new Value.Text("2027-01-31"));
        assertThat(timelines("custom.NOTA", "8.5", null)
                        .get("custom.NOTA")
                        .at(DAY)
                        .on(DAY))
                .isEqualTo(new Value.Number(new BigDecimal("8.5")));
    }

    private Map<String, Timeline> timelines(String field, String value, String expiresOn) {
        Map<String, String> row =
                new HashMap<>(Map.of("client_id", "c1", "field", field, "author", "ana", "reason", "acordo"));
        if (value != null) {
            row.put("value", value);
        }
        if (expiresOn != null) {
            row.put("expires_on", expiresOn);
        }
        return family.timelines(List.of(family.read(new Row(row))), DAY);
    }
}
