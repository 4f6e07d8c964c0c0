package clientkpis.kpi.score;

import clientkpis.kpi.Fraction;
import clientkpis.kpi.Labelled;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// The colour of a SenseScore (`senseScoreBand`).
public enum Band implements Labelled {
    RED,
    YELLOW,
    GREEN;

    /// The lower bounds, inclusive, of yellow and green.
    public record Cuts(BigDecimal yellow, BigDecimal green) {
        public Band of(BigDecimal score) {
            return score.compareTo(green) >= 0 ? GREEN : score.compareTo(yellow) >= 0 ? YELLOW : RED;
        }

        /// The least exact score that is rounded to one of a better band than `band`, which is not green.
        Fraction reaches(Band band) {
            BigDecimal least = band == RED ? yellow : green;
            return Fraction.of(least.setScale(2, RoundingMode.CEILING).subtract(HALF));
        }

        private static final BigDecimal HALF = new BigDecimal("0.005");
    }

    @Override
    public String label() {
        return switch (this) {
            case RED -> "red";
            case YELLOW -> "yellow";
            case GREEN -> "green";
        };
    }

    public static Band labelled(String label) {
        for (Band band : values()) {
            if (band.label().equals(label)) {
                return band;
            }
        }
        throw new IllegalArgumentException("No band " + label);
    }
}
