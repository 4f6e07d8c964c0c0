package clientkpis.cli;

import clientkpis.kpi.Configuration;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Replays exports on a cloud, day after day: a day's uploads in their order, then the day's recalculation.
final class Replay {
    private static final ZoneId ZONE = Configuration.DEFAULT.timeZone();
    private static final LocalTime FIRST_UPLOAD = LocalTime.of(1, 0);
    private static final Duration UPLOADING = Duration.ofHours(22);
    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

    /// Hears which day is being replayed.
    interface Listener {
        void day(LocalDate day, int done, int of);
    }

    private static final String REGISTRY = "clients";

    private final Cloud cloud;
    private final String tenant;

    Replay(Cloud cloud, String tenant) {
        this.cloud = cloud;
        this.tenant = tenant;
    }

    /// Replays all days.
    ///
    /// @return every event that a subscriber of the bus received, in the order of arrival
    List<String> run(Exports exports, Listener listener) {
        List<String> events = new ArrayList<>();
        int done = 0;
        for (Exports.Day day : exports.days()) {
            listener.day(day.date(), done++, exports.days().size());
            upload(day);
            events.addAll(cloud.events());
            Instant night = day.date().atTime(LAST_SECOND).atZone(ZONE).toInstant();
            cloud.clock(night);
            cloud.tick(night);
            cloud.settle();
            events.addAll(cloud.events());
        }
        return events;
    }

    private void upload(Exports.Day day) {
        Instant time = day.date().atTime(FIRST_UPLOAD).atZone(ZONE).toInstant();
        Duration apart = UPLOADING.dividedBy(Math.max(1, day.uploads().size()));
        if (apart.compareTo(Duration.ofSeconds(1)) > 0) {
            apart = Duration.ofSeconds(1);
        }
        Map<Exports.File, Instant> times = new LinkedHashMap<>();
        for (Exports.File upload : day.uploads()) {
            times.put(upload, time);
            time = time.plus(apart);
        }
        // The registry arrives first, whatever its time, so that receipts know who is registered on that day.
        upload(times, REGISTRY::equals);
        upload(times, table -> !REGISTRY.equals(table));
    }

    private void upload(Map<Exports.File, Instant> times, Predicate<String> tables) {
        boolean any = false;
        for (var entry : times.entrySet()) {
            Exports.File upload = entry.getKey();
            if (tables.test(upload.table())) {
                cloud.clock(entry.getValue());
                cloud.upload(upload.key(tenant), upload.file());
                any = true;
            }
        }
        if (any) {
            cloud.settle();
        }
    }
}
