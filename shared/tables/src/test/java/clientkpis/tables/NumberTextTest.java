package clientkpis.tables;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Language;
import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;

class NumberTextTest {
    private static final NumberText PORTUGUESE = new NumberText(Language.PORTUGUESE);
    private static final NumberText ENGLISH = new NumberText(Language.ENGLISH);

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    @Test
    void moneyHasItsSign() {
        Currency real = Currency.getInstance("BRL");
        assertThat(PORTUGUESE.money(number("1890"), real)).isEqualTo("R$ 1.890,00");
        assertThat(ENGLISH.money(number("1890.005"), real)).isEqualTo("R$1,890.01");
        assertThat(PORTUGUESE.money(number("-0.5"), Currency.getInstance("USD")))
                .isEqualTo("−US$ 0,50");
    }

    @Test
    void aNegativeNumberHasTheTrueMinusAndNothingElseHas() {
        assertThat(PORTUGUESE.whole(-1_500)).isEqualTo("−1.500");
        assertThat(ENGLISH.number(number("-76.923"), 2)).isEqualTo("−76.92");
        assertThat(ENGLISH.number(number("-0.004"), 2)).isEqualTo("0.00");
    }

    @Test
    void itHasAsManyDigitsAsAreAskedFor() {
        assertThat(PORTUGUESE.exact(number("25.00"))).isEqualTo("25,00");
        assertThat(PORTUGUESE.exact(number("1E+3"))).isEqualTo("1.000");
        assertThat(PORTUGUESE.plain(number("25.50"))).isEqualTo("25,5");
        assertThat(PORTUGUESE.number(number("0.47454"), 4)).isEqualTo("0,4745");
    }
}
