package clientkpis.kpi.score;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import java.util.List;

/// One indicator of the SenseScore: it reads one numeric field and maps its value to 0..100 by straight lines between
/// its points, constant before the first and after the last.
///
/// @param points in ascending order of `field`; at least one
public record Indicator(String name, String field, BigDecimal weight, List<Point> points) {
    /// @param field a value of the field
    /// @param points what it is worth, 0 to 100
    public record Point(BigDecimal field, BigDecimal points) {}

    public Indicator {
        points = List.copyOf(points);
        if (points.isEmpty() || weight.signum() <= 0) {
            throw new IllegalArgumentException("Indicator " + name + " needs points and a positive weight");
        }
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i - 1).field().compareTo(points.get(i).field()) >= 0) {
                throw new IllegalArgumentException("The points of indicator " + name + " ascend");
            }
        }
    }

    /// The most points that a value of the field can be worth.
    BigDecimal most() {
        BigDecimal most = points.getFirst().points();
        for (Point point : points) {
            most = most.max(point.points());
        }
        return most;
    }

    /// The exact points that a value of the field is worth.
    public Fraction worth(BigDecimal value) {
        Point first = points.getFirst();
        if (value.compareTo(first.field()) <= 0) {
            return Fraction.of(first.points());
        }
        for (int i = 1; i < points.size(); i++) {
            Point left = points.get(i - 1);
            Point right = points.get(i);
            if (value.compareTo(right.field()) <= 0) {
                Fraction way = Fraction.of(value.subtract(left.field()))
                        .dividedBy(Fraction.of(right.field().subtract(left.field())));
                return Fraction.of(left.points())
                        .plus(way.times(Fraction.of(right.points().subtract(left.points()))));
            }
        }
        return Fraction.of(points.getLast().points());
    }
}
