package clientkpis.kpi.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorTest {
    private static final Indicator FINANCE = indicator("25", 0, 100, 1, 60, 3, 0);

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 60", "3, 0", "2, 30", "0.5, 80", "1.5, 45"})
    void aPointIsWorthWhatItSaysAndBetweenTwoTheLineDoes(String value, String worth) {
        assertThat(FINANCE.worth(new BigDecimal(value))).isEqualTo(Fraction.of(new BigDecimal(worth)));
    }

    @ParameterizedTest
    @CsvSource({"-1, 100", "-1000000, 100", "3.01, 0", "1000000, 0"})
    void beyondTheFirstAndTheLastPointItIsFlat(String value, String worth) {
        assertThat(FINANCE.worth(new BigDecimal(value))).isEqualTo(Fraction.of(new BigDecimal(worth)));
    }

    @Test
    void theLineIsExact() {
        assertThat(indicator("1", 0, 0, 3, 100).worth(BigDecimal.ONE)).isEqualTo(Fraction.of(100, 3));
    }

    @Test
    void onePointIsFlatEverywhere() {
        Indicator flat = indicator("1", 5, 40);
        assertThat(flat.worth(BigDecimal.ZERO)).isEqualTo(Fraction.of(40, 1));
        assertThat(flat.worth(BigDecimal.TEN)).isEqualTo(Fraction.of(40, 1));
    }

    @Test
    void refusesPointsThatDoNotAscend() {
        assertThatThrownBy(() -> indicator("1", 3, 0, 1, 60)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> indicator("1", 1, 0, 1, 60)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNoPointsAndWeightsThatAreNotPositive() {
        assertThatThrownBy(() -> indicator("1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> indicator("0", 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> indicator("-1", 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Indicator indicator(String weight, int... points) {
        List<Indicator.Point> list = new ArrayList<>();
        for (int i = 0; i < points.length; i += 2) {
            list.add(new Indicator.Point(BigDecimal.valueOf(points[i]), BigDecimal.valueOf(points[i + 1])));
        }
        return new Indicator("finance", "overdueTitles", new BigDecimal(weight), list);
    }
}
