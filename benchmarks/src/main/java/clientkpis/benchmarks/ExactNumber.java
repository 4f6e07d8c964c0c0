package clientkpis.benchmarks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// An exact number; nothing is rounded before the end of a formula.
///
/// @param numerator over the denominator
/// @param denominator positive
record ExactNumber(BigInteger numerator, BigInteger denominator) implements Comparable<ExactNumber> {

    static final ExactNumber ZERO = of(0);

    ExactNumber {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        if (denominator.signum() < 0) {
            numerator = numerator.negate();
            denominator = denominator.negate();
        }
    }

    static ExactNumber of(long whole) {
        return new ExactNumber(BigInteger.valueOf(whole), BigInteger.ONE);
    }

    static ExactNumber of(BigDecimal number) {
        return number.scale() <= 0
                ? new ExactNumber(number.toBigIntegerExact(), BigInteger.ONE)
                : new ExactNumber(number.unscaledValue(), BigInteger.TEN.pow(number.scale()));
    }

    ExactNumber plus(ExactNumber other) {
        return new ExactNumber(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    ExactNumber minus(ExactNumber other) {
        return plus(other.times(of(-1)));
    }

    ExactNumber times(ExactNumber other) {
        return new ExactNumber(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    ExactNumber over(ExactNumber other) {
        return new ExactNumber(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    /// This number with so many decimals, halves away from zero.
    BigDecimal rounded(int scale) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), scale, RoundingMode.HALF_UP);
    }

    @Override
    public int compareTo(ExactNumber other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
