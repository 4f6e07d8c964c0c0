package clientkpis.reading.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    private static final Numbers BRAZIL = new Numbers(true);
    private static final Numbers ENGLISH = new Numbers(false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1234.56 | 1234.56",
                "1.234,56 | 1234.56",
                "1,234.56 | 1234.56",
                "R$ 1.234,56 | 1234.56",
                "R$1.234,56 | 1234.56",
                "R$\u00a01.234,56 | 1234.56",
                "-10,00 | -10.00",
                "(10,00) | -10.00",
                "( R$ 10,00 ) | -10.00",
                "-R$ 10,00 | -10.00",
                "R$ -10,00 | -10.00",
                "R$ (10,00) | ",
                "- 10 | -10",
                "\u221210 | -10",
                "+10 | 10",
                "0 | 0",
                "0,00 | 0.00",
                "007 | 7",
                "10.0 | 10.0",
                "10,0 | 10.0",
                "0.123 | 0.123",
                "0,123 | 0.123",
                "00.123 | 0.123",
                "012.345 | 12.345",
                ".50 | 0.50",
                ",50 | 0.50",
                "1234.567 | 1234.567",
                "1234,567 | 1234.567",
                "1.2345 | 1.2345",
                "1.234.567 | 1234567",
                "1,234,567 | 1234567",
                "1.234.567,89 | 1234567.89",
                "1,234,567.89 | 1234567.89",
                "1.234,567 | 1234.567",
                "1,234.567 | 1234.567",
                "999.999.999.999.999 | 999999999999999",
                "1 234,56 | 1234.56",
                "1\u00a0234,56 | 1234.56",
                "1\u202f234.567,8 | ",
                "1 234 567 | 1234567",
                "1'234.56 | 1234.56",
                "1\u2019234\u2019567.8 | 1234567.8",
                "100,00- | -100.00",
                "1.234,56 R$ | 1234.56",
                "1.234,56 - | -1234.56",
                "US$ 10 | 10",
                "$10.50 | 10.50",
                "BRL 1.234,56 | 1234.56",
                "10,00 EUR | 10.00",
                "\u20ac-10,00 | -10.00",
                "-10,00 \u20ac | -10.00",
                "(US$ 10) | -10"
            })
    void aNumberIsReadTheSameInEveryFormat(String cell, BigDecimal number) {
        assertThat(BRAZIL.parse(cell)).isEqualTo(number);
        assertThat(ENGLISH.parse(cell)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234 | 1234 | 1.234",
                "1,234 | 1.234 | 1234",
                "12.345 | 12345 | 12.345",
                "999,999 | 999.999 | 999999",
                "-1.234 | -1234 | -1.234",
                "R$ 1.234 | 1234 | 1.234",
                "(1,234) | -1.234 | -1234"
            })
    void aloneOneMarkBeforeThreeDigitsIsWhatTheTenantSays(String cell, BigDecimal brazil, BigDecimal english) {
        assertThat(BRAZIL.parse(cell)).isEqualTo(brazil);
        assertThat(ENGLISH.parse(cell)).isEqualTo(english);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "12.34,5",
                "1.23.456",
                "1.234.56",
                "1,23,456",
                "12,345.67.8",
                "1.234,567,89",
                "0.123.456",
                "5.",
                "5,",
                ".",
                ",",
                "-",
                "()",
                "R$",
                "R$ R$ 1",
                "--1",
                "(-10)",
                "-(10)",
                "1e5",
                "1E+05",
                "10%",
                "12a",
                "1.234,",
                "(10",
                "10)",
                "0x10",
                "1 23",
                "12 34,56",
                "1 234'567",
                "-10-",
                "R$ 10 USD",
                "10 % ",
                "XYZ 10",
                "\uff11\uff12\uff13,45",
                "NaN",
                "1234.567,89",
                "12345,678.9",
                "\u0661"
            })
    void whatIsNoNumberIsNotTakenForOne(String cell) {
        assertThat(BRAZIL.parse(cell)).isNull();
        assertThat(ENGLISH.parse(cell)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "999999999999999, true",
        "1000000000000000, false",
        "9999999999999.99, true",
        "99999999999999.99, false",
        "0.000000000000001, true",
        "0.0000000000000001, false",
        "1E+14, true",
        "1E+15, false",
        "1E-16, false",
        "1E+999999999, false",
        "1E-999999999, false",
        "0, true"
    })
    void moreThan15DigitsAreTooMany(BigDecimal number, boolean fits) {
        assertThat(Numbers.fits(number)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234,56 | COMMA",
                "980,50 | COMMA",
                "1.234.567 | COMMA",
                "1,234.56 | POINT",
                "980.50 | POINT",
                "1,234,567 | POINT",
                "-0.5 | POINT",
                "R$ 0,5 | COMMA",
                "1.234 | EITHER",
                "US$ 1,234 | EITHER",
                "1234 | NONE",
                "1.2.3 | NONE",
                "1 234 | NONE",
                "1 234.5 | POINT"
            })
    void aCellProvesTheFormatThatAloneExplainsIt(String cell, Numbers.Proof proof) {
        for (Numbers numbers : new Numbers[] {BRAZIL, ENGLISH}) {
            numbers.parse(cell);
            assertThat(numbers.proof()).isEqualTo(proof);
        }
    }

    @Property
    void whatASpreadsheetWritesIsReadBack(
            @ForAll @LongRange(min = -999_999_999_999L, max = 999_999_999_999L) long unscaled,
            @ForAll @IntRange(min = 0, max = 4) int scale,
            @ForAll boolean brazil,
            @ForAll boolean grouped) {
        BigDecimal number = BigDecimal.valueOf(unscaled, scale);
        DecimalFormat format = new DecimalFormat(
                (grouped ? "#,##0" : "0") + (scale == 0 ? "" : "." + "0".repeat(scale)),
                DecimalFormatSymbols.getInstance(Locale.forLanguageTag(brazil ? "pt-BR" : "en-US")));

        assertThat((brazil ? BRAZIL : ENGLISH).parse(format.format(number))).isEqualTo(number);
    }
}
