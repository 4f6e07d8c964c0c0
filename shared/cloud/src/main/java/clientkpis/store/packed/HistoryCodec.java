package clientkpis.store.packed;

import clientkpis.kpi.client.History;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A history: first its days, which mostly follow each other, then its values, each as the difference from the one
/// before.
final class HistoryCodec {
    private HistoryCodec() {}

    static void write(PackedWriter out, History history, Days days) {
        List<History.Point> points = history.points();
        out.number(points.size());
        days.writeAscending(out, points.stream().map(History.Point::from).toList());
        long last = 0;
        for (History.Point point : points) {
            Integer value = point.hundredths();
            out.noisyOrNull(value == null ? null : (Long) (value - last));
            last = value == null ? last : value;
        }
    }

    static History read(PackedReader in, Days days) {
        List<History.Point> points = new ArrayList<>();
        long last = 0;
        for (LocalDate from : days.readAscending(in, in.count())) {
            Long difference = in.noisyOrNull();
            last += difference == null ? 0 : difference;
            @Nullable Integer value = difference == null ? null : (Integer) Math.toIntExact(last);
            points.add(new History.Point(from, value));
        }
        return new History(points);
    }
}
