package clientkpis.kpi.configuration;

import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.Indicator;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tenant's configuration: what its KPIs are made of and how its exports are read.
///
/// @param version grows by one with every configuration that is activated; 0 is the default
/// @param since the day since which it holds; for the default the tenant's first day, null before there is one
/// @param recalculateAt the local hour at which a day's recalculation may start
/// @param numberFormat decides what `1.234` alone is: `pt-BR` 1234, `en-US` 1.234
/// @param dateFormat `dd/MM/yyyy` or `MM/dd/yyyy`
/// @param columns table to (header to column): the tenant's own headers
/// @param rules of fields whose value depends on others
public record Configuration(
        long version,
        @Nullable LocalDate since,
        ZoneId timeZone,
        LocalTime recalculateAt,
        String numberFormat,
        String dateFormat,
        Map<String, Map<String, String>> columns,
        List<Indicator> indicators,
        Band.Cuts bands,
        Rules rules,
        Trend opportunityTrend,
        Settling settles,
        Uploads uploads) {

    /// Which way the means of an opportunity move.
    public enum Trend {
        FALLING,
        RISING
    }

    /// When a client's situation is settled: at every upload, or only by the daily recalculation.
    public enum Settling {
        IMMEDIATELY,
        DAILY
    }

    public record Uploads(BigDecimal snapshotMaxRemoved, int usageRetentionDays, long maxDecompressedBytes) {}

    public Configuration {
        columns = Map.copyOf(columns);
        indicators = List.copyOf(indicators);
    }

    public Configuration since(@Nullable LocalDate day) {
        return as(version, day);
    }

    public Configuration version(long newVersion) {
        return as(newVersion, since);
    }

    /// What it says, whatever its version and day.
    public Configuration withoutVersion() {
        return as(0, null);
    }

    private Configuration as(long newVersion, @Nullable LocalDate day) {
        return new Configuration(
                newVersion,
                day,
                timeZone,
                recalculateAt,
                numberFormat,
                dateFormat,
                columns,
                indicators,
                bands,
                rules,
                opportunityTrend,
                settles,
                uploads);
    }

    /// What holds for a tenant that never uploaded a configuration.
    public static final Configuration DEFAULT = new Configuration(
            0,
            null,
            ZoneId.of("America/Sao_Paulo"),
            LocalTime.of(6, 0),
            "pt-BR",
            "dd/MM/yyyy",
            Map.of(),
            List.of(
                    indicator("engagement", "engagementScore", 30, -100, 0, 100, 100),
                    indicator("nps", "nps", 20, -100, 0, 100, 100),
                    indicator("finance", "overdueTitles", 25, 0, 100, 1, 60, 3, 0),
                    indicator("support", "ticketsAboveSla", 25, 0, 100, 2, 50, 5, 0)),
            new Band.Cuts(BigDecimal.valueOf(50), BigDecimal.valueOf(75)),
            Rules.NONE,
            Trend.FALLING,
            Settling.IMMEDIATELY,
            new Uploads(new BigDecimal("0.5"), 60, 2_000_000_000L));

    private static Indicator indicator(String name, String field, int weight, int... points) {
        List<Indicator.Point> list = new ArrayList<>();
        for (int i = 0; i < points.length; i += 2) {
            list.add(new Indicator.Point(BigDecimal.valueOf(points[i]), BigDecimal.valueOf(points[i + 1])));
        }
        return new Indicator(name, field, BigDecimal.valueOf(weight), list);
    }
}
