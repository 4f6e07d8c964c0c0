package clientkpis.cli.cloud;

import clientkpis.cli.input.Exports;
import clientkpis.configuration.check.ConfigurationCheck;
import clientkpis.kpi.configuration.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Replays exports on a cloud, day after day: first the day's uploads in their order, then its recalculation.
public final class Replay {
    private static final LocalTime FIRST_UPLOAD = LocalTime.of(1, 0);
    private static final Duration UPLOADING = Duration.ofHours(22);
    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

    /// Learns which day is being replayed.
    public interface Listener {
        void day(LocalDate day, int done, int of);
    }

    private final Cloud cloud;
    private final String tenant;
    /// The tenant's time zone, which decides when the days of the folders begin.
    private ZoneId zone = Configuration.DEFAULT.formats().timeZone();

    public Replay(Cloud cloud, String tenant) {
        this.cloud = cloud;
        this.tenant = tenant;
    }

    /// Replays all days.
    ///
    /// @return every event that a subscriber of the bus received, in the order of arrival
    public List<String> run(Exports exports, Listener listener) {
        return run(exports, null, null, listener);
    }

    /// @param replayed the last day that the cloud has already; null for none
    /// @param beginning the days before the first; null for none
    public List<String> run(
            Exports exports, @Nullable LocalDate replayed, @Nullable Beginning beginning, Listener listener) {
        List<Exports.Day> days = new ArrayList<>();
        for (Exports.Day day : exports.days()) {
            if (replayed == null || day.date().isAfter(replayed)) {
                days.add(day);
            } else {
                useZone(day);
            }
        }
        List<String> events = new ArrayList<>();
        int done = 0;
        for (Exports.Day day : days) {
            listener.day(day.date(), done++, days.size());
            upload(day);
            events.addAll(cloud.events());
            if (beginning != null && !beginning.clients().isEmpty() && done == 1) {
                cloud.begin(tenant, beginning);
            }
            Instant night = day.date().atTime(LAST_SECOND).atZone(zone).toInstant();
            cloud.clock(night);
            cloud.tick(night);
            cloud.settle();
            events.addAll(cloud.events());
        }
        return events;
    }

    /// Makes the uploads alone: no day is recalculated.
    ///
    /// @param uploaded learns each day with uploads, once they are applied
    /// @return every event that a subscriber of the bus received
    public List<String> uploads(Exports exports, Listener listener, Consumer<LocalDate> uploaded) {
        List<Exports.Day> days =
                exports.days().stream().filter(day -> !day.uploads().isEmpty()).toList();
        int done = 0;
        for (Exports.Day day : days) {
            listener.day(day.date(), done++, days.size());
            upload(day);
            uploaded.accept(day.date());
        }
        return cloud.events();
    }

    /// That of the configuration that the tenant has from a day on.
    private void useZone(Exports.Day day) {
        day.uploads().stream()
                .filter(file -> file.table().equals(Exports.CONFIGURATION))
                .forEach(file -> {
                    if (check(file) instanceof ConfigurationCheck.Result.Accepted accepted) {
                        zone = accepted.configuration().formats().timeZone();
                    }
                });
    }

    private void upload(Exports.Day day) {
        useZone(day);
        Instant time = day.date().atTime(FIRST_UPLOAD).atZone(zone).toInstant();
        Duration apart = UPLOADING.dividedBy(Math.max(1, day.uploads().size()));
        if (apart.compareTo(Duration.ofSeconds(1)) > 0) {
            apart = Duration.ofSeconds(1);
        }
        Map<Exports.File, Instant> times = new LinkedHashMap<>();
        for (Exports.File upload : day.uploads()) {
            times.put(upload, time);
            time = time.plus(apart);
        }
        for (List<Exports.File> wave : Exports.waves(day.uploads())) {
            for (Exports.File file : wave) {
                cloud.clock(Objects.requireNonNull(times.get(file)));
                cloud.upload(file.key(tenant), file.file());
            }
            cloud.settle();
        }
    }

    private static ConfigurationCheck.Result check(Exports.File file) {
        try {
            return ConfigurationCheck.check(Files.readAllBytes(file.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
