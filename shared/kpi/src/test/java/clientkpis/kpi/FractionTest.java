package clientkpis.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FractionTest {
    @Test
    void equalNumbersAreEqualFractions() {
        assertThat(Fraction.of(2, 4)).isEqualTo(Fraction.of(1, 2));
        assertThat(Fraction.of(1, -2)).isEqualTo(Fraction.of(-1, 2));
        assertThat(Fraction.of(0, -7)).isEqualTo(Fraction.ZERO);
        assertThat(Fraction.of(new BigDecimal("0.50"))).isEqualTo(Fraction.of(1, 2));
        assertThat(Fraction.of(new BigDecimal("1E+3"))).isEqualTo(Fraction.of(1000, 1));
    }

    @Test
    void thirdsAddUpToOne() {
        Fraction third = Fraction.of(1, 3);
        assertThat(third.plus(third).plus(third)).isEqualTo(Fraction.of(1, 1));
    }

    @ParameterizedTest
    @CsvSource({"1, 200, 0.01", "-1, 200, -0.01", "1, 201, 0.00", "2, 3, 0.67", "-2, 3, -0.67", "7, 1, 7.00"})
    void roundsHalfAwayFromZero(long numerator, long denominator, BigDecimal rounded) {
        assertThat(Fraction.of(numerator, denominator).rounded(2)).isEqualTo(rounded);
    }

    @Test
    void hasNoZeroDenominator() {
        assertThatThrownBy(() -> Fraction.of(1, 0)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Fraction.of(1, 2).dividedBy(Fraction.ZERO)).isInstanceOf(ArithmeticException.class);
    }

    @Property
    void theDenominatorIsPositiveAndTheFractionReduced(
            @ForAll int numerator, @ForAll @IntRange(min = 1) int denominator, @ForAll boolean negative) {
        Fraction fraction = Fraction.of(numerator, negative ? -(long) denominator : denominator);
        assertThat(fraction.denominator()).isPositive();
        assertThat(fraction.numerator().gcd(fraction.denominator())).isEqualTo(BigInteger.ONE);
    }

    @Property
    void dividingUndoesMultiplying(
            @ForAll int a, @ForAll @IntRange(min = 1) int b, @ForAll int c, @ForAll @IntRange(min = 1) int d) {
        Fraction x = Fraction.of(a, b);
        Fraction y = Fraction.of(c == 0 ? 1 : c, d);
        assertThat(x.times(y).dividedBy(y)).isEqualTo(x);
    }

    @Property
    void comparesAsTheDifferenceDoes(
            @ForAll int a, @ForAll @IntRange(min = 1) int b, @ForAll int c, @ForAll @IntRange(min = 1) int d) {
        Fraction x = Fraction.of(a, b);
        Fraction y = Fraction.of(c, d);
        Fraction difference = x.plus(y.times(Fraction.of(-1, 1)));
        assertThat(Integer.signum(x.compareTo(y)))
                .isEqualTo(difference.numerator().signum());
    }
}
