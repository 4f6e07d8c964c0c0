package clientkpis.kpi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An exact rational number, so that a formula rounds only once, at its end. It is reduced, and its denominator is
/// positive. What is small enough is calculated with plain numbers, which takes a tenth of the time.
public final class Fraction implements Comparable<Fraction> {
    /// The digits of a plain number, and those that a small one can have behind the point.
    private static final int DIGITS = 18;

    private static final int SMALL_SCALE = 8;
    private static final long[] TENS = new long[DIGITS + 1];

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = 10 * TENS[i - 1];
        }
    }

    public static final Fraction ZERO = of(0, 1);
    private static final Fraction MINUS_ONE = of(-1, 1);

    private final long numerator;
    private final long denominator;
    private final @Nullable Large large;

    /// A numerator and a denominator that are too large; the plain ones are 0 then.
    private record Large(BigInteger numerator, BigInteger denominator) {}

    private Fraction(long numerator, long denominator, @Nullable Large large) {
        this.numerator = numerator;
        this.denominator = denominator;
        this.large = large;
    }

    public static Fraction of(BigInteger numerator, BigInteger denominator) {
        if (fits(numerator) && fits(denominator)) {
            return of(numerator.longValue(), denominator.longValue());
        }
        if (denominator.signum() == 0) {
            throw zeroDenominator();
        }
        BigInteger divisor = numerator.gcd(denominator);
        if (denominator.signum() < 0) {
            divisor = divisor.negate();
        }
        BigInteger above = numerator.divide(divisor);
        BigInteger below = denominator.divide(divisor);
        return fits(above) && fits(below)
                ? new Fraction(above.longValue(), below.longValue(), null)
                : new Fraction(0, 0, new Large(above, below));
    }

    public static Fraction of(BigDecimal decimal) {
        int scale = decimal.scale();
        if (scale >= 0 && scale <= DIGITS && decimal.precision() <= DIGITS) {
            return of(decimal.unscaledValue().longValue(), TENS[scale]);
        }
        return scale <= 0
                ? of(decimal.toBigIntegerExact(), BigInteger.ONE)
                : of(decimal.unscaledValue(), BigInteger.TEN.pow(scale));
    }

    public static Fraction of(long numerator, long denominator) {
        if (!fits(numerator) || !fits(denominator)) {
            return of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
        }
        if (denominator == 1) {
            return new Fraction(numerator, 1, null);
        }
        if (denominator == 0) {
            throw zeroDenominator();
        }
        long divisor = divisor(Math.abs(numerator), Math.abs(denominator));
        long signed = denominator < 0 ? -divisor : divisor;
        return new Fraction(numerator / signed, denominator / signed, null);
    }

    private static ArithmeticException zeroDenominator() {
        return new ArithmeticException("A fraction has no zero denominator");
    }

    private static long divisor(long one, long other) {
        long divisor = one;
        long rest = other;
        while (rest != 0) {
            long next = divisor % rest;
            divisor = rest;
            rest = next;
        }
        return divisor;
    }

    /// Whether it has at most 62 bits, so that it and its opposite are plain numbers.
    private static boolean fits(BigInteger number) {
        return number.bitLength() < Long.SIZE - 1;
    }

    private static boolean fits(long number) {
        return number << 1 >> 1 == number;
    }

    /// Whether both numbers have at most 31 bits, so that products of two fit, and the sum of two such products.
    private boolean isSmall() {
        return large == null && numerator == (int) numerator && denominator == (int) denominator;
    }

    public BigInteger numerator() {
        return large == null ? BigInteger.valueOf(numerator) : large.numerator;
    }

    public BigInteger denominator() {
        return large == null ? BigInteger.valueOf(denominator) : large.denominator;
    }

    public Fraction plus(Fraction other) {
        return isSmall() && other.isSmall()
                ? of(numerator * other.denominator + other.numerator * denominator, denominator * other.denominator)
                : of(
                        numerator()
                                .multiply(other.denominator())
                                .add(other.numerator().multiply(denominator())),
                        denominator().multiply(other.denominator()));
    }

    public Fraction minus(Fraction other) {
        return plus(other.times(MINUS_ONE));
    }

    public Fraction times(Fraction other) {
        return isSmall() && other.isSmall()
                ? of(numerator * other.numerator, denominator * other.denominator)
                : of(numerator().multiply(other.numerator()), denominator().multiply(other.denominator()));
    }

    public Fraction dividedBy(Fraction other) {
        return isSmall() && other.isSmall()
                ? of(numerator * other.denominator, denominator * other.numerator)
                : of(numerator().multiply(other.denominator()), denominator().multiply(other.numerator()));
    }

    /// Rounded half away from zero.
    public BigDecimal rounded(int scale) {
        if (!isSmall() || scale < 0 || scale > SMALL_SCALE) {
            return new BigDecimal(numerator()).divide(new BigDecimal(denominator()), scale, RoundingMode.HALF_UP);
        }
        long scaled = Math.abs(numerator) * TENS[scale];
        long rounded = (2 * scaled + denominator) / (2 * denominator);
        return BigDecimal.valueOf(numerator < 0 ? -rounded : rounded, scale);
    }

    @Override
    public int compareTo(Fraction other) {
        return isSmall() && other.isSmall()
                ? Long.compare(numerator * other.denominator, other.numerator * denominator)
                : numerator()
                        .multiply(other.denominator())
                        .compareTo(other.numerator().multiply(denominator()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fraction fraction
                && numerator == fraction.numerator
                && denominator == fraction.denominator
                && Objects.equals(large, fraction.large);
    }

    @Override
    public int hashCode() {
        return Objects.hash(numerator, denominator, large);
    }

    @Override
    public String toString() {
        return numerator() + "/" + denominator();
    }
}
