package clientkpis.kpi.configuration;

import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.Indicator;
import clientkpis.kpi.score.Scoring;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tenant's configuration: how its uploads are read and how its KPIs are calculated.
///
/// @param recalculateAt the local time from which a day's recalculation may start
/// @param rules of fields whose value depends on other fields
/// @param language of what the tenant's people read
/// @param currency of the tenant's amounts
public record Configuration(
        LocalTime recalculateAt,
        Formats formats,
        Scoring scoring,
        Situations situations,
        Rules rules,
        Uploads uploads,
        Language language,
        Currency currency,
        Report report) {

    /// The same for people who read another language.
    public Configuration in(Language other) {
        return new Configuration(recalculateAt, formats, scoring, situations, rules, uploads, other, currency, report);
    }

    /// A configuration in force.
    ///
    /// @param version grows by one with every configuration that is activated; 0 is the default
    /// @param since the day from which it applies; for the default the tenant's first day, null before there is one
    public record Active(long version, @Nullable LocalDate since, Configuration configuration) {}

    /// How a tenant writes its files.
    ///
    /// @param number decides what an ambiguous `1.234` means: `pt-BR` 1234, `en-US` 1.234
    /// @param date `dd/MM/yyyy` or `MM/dd/yyyy`
    /// @param columns table to (header to column): the tenant's own headers
    /// @param read table to (column to how it is read)
    /// @param sourcesOff names of known sources that are not to be recognised
    /// @param clientIds which texts are one client's id
    public record Formats(
            ZoneId timeZone,
            String number,
            String date,
            Map<String, Map<String, String>> columns,
            Map<String, Map<String, ColumnReading>> read,
            Set<String> sourcesOff,
            ClientIdMatch clientIds) {
        public Formats {
            columns = Map.copyOf(columns);
            read = Map.copyOf(read);
            sourcesOff = Set.copyOf(sourcesOff);
        }
    }

    public record Situations(Trend opportunityTrend, Settling settles) {}

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

    /// @param snapshotMaxRemoved the share of a table's rows that a snapshot may remove without being confirmed
    public record Uploads(BigDecimal snapshotMaxRemoved, int usageRetentionDays, long maxDecompressedBytes) {}

    /// @param csNames whether the address of a CS's page may have the person's name
    public record Report(boolean csNames) {}

    /// The configuration of a tenant that has not uploaded one.
    public static final Configuration DEFAULT = new Configuration(
            LocalTime.of(6, 0),
            new Formats(
                    ZoneId.of("America/Sao_Paulo"),
                    "pt-BR",
                    "dd/MM/yyyy",
                    Map.of(),
                    Map.of(),
                    Set.of(),
                    ClientIdMatch.EXACT),
            new Scoring(
                    List.of(
                            indicator("engagement", "engagementScore", 30, -100, 0, 100, 100),
                            indicator("nps", "nps", 20, -100, 0, 100, 100),
                            indicator("finance", "overdueTitles", 25, 0, 100, 1, 60, 3, 0),
                            indicator("support", "ticketsAboveSla", 25, 0, 100, 2, 50, 5, 0)),
                    new Band.Cuts(BigDecimal.valueOf(50), BigDecimal.valueOf(75))),
            new Situations(Trend.FALLING, Settling.IMMEDIATELY),
            Rules.NONE,
            new Uploads(new BigDecimal("0.5"), 60, 2_000_000_000L),
            Language.PORTUGUESE,
            Currency.getInstance("BRL"),
            new Report(false));

    private static Indicator indicator(String name, String field, int weight, int... points) {
        List<Indicator.Point> list = new ArrayList<>();
        for (int i = 0; i < points.length; i += 2) {
            list.add(new Indicator.Point(BigDecimal.valueOf(points[i]), BigDecimal.valueOf(points[i + 1])));
        }
        return new Indicator(name, field, BigDecimal.valueOf(weight), list);
    }
}
