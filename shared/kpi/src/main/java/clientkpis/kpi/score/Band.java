package clientkpis.kpi.score;

import java.math.BigDecimal;

/// The colour of a SenseScore (`senseScoreBand`).
public enum Band {
    RED,
    YELLOW,
    GREEN;

    /// The lower bounds, inclusive, of yellow and green.
    public record Cuts(BigDecimal yellow, BigDecimal green) {
        public Band of(BigDecimal score) {
            return score.compareTo(green) >= 0 ? GREEN : score.compareTo(yellow) >= 0 ? YELLOW : RED;
        }
    }

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
