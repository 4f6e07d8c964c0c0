package clientkpis.kpi.rehearsal.past;

import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.statistic.Observations;
import clientkpis.kpi.score.Band;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How one configuration judges one client at the end of each day. Compact: a history has millions of these days.
public final class JudgedDays {
    private static final List<Band> BANDS = List.of(Band.values());
    private static final List<Situation> SITUATIONS = List.of(Situation.values());
    private static final byte NONE = -1;

    private final Period period;
    private final short[] scores;
    private final byte[] bands;
    private final byte[] situations;
    private final Map<Integer, Parts> parts = new HashMap<>();
    private Today today = Today.NOTHING;

    /// A client that is judged on no day.
    public JudgedDays(Period period) {
        this.period = period;
        scores = new short[period.days()];
        bands = new byte[period.days()];
        situations = new byte[period.days()];
        Arrays.fill(scores, (short) Observations.NONE);
        Arrays.fill(bands, NONE);
        Arrays.fill(situations, NONE);
    }

    /// @param score the SenseScore in force; null when the client has none
    /// @param band that follows from it
    public void put(LocalDate date, @Nullable BigDecimal score, @Nullable Band band, Situation situation) {
        int day = period.number(date);
        scores[day] = (short) Parts.hundredths(score);
        bands[day] = band == null ? NONE : (byte) BANDS.indexOf(band);
        situations[day] = (byte) SITUATIONS.indexOf(situation);
    }

    /// What a score is made of. Asked for at landmarks only.
    public void put(LocalDate landmark, Parts of) {
        parts.put(period.number(landmark), of);
    }

    /// Asked for on the last day only.
    public void put(Today lastDay) {
        today = lastDay;
    }

    public Today today() {
        return today;
    }

    /// In hundredths, or [Observations#NONE].
    public int score(int day) {
        return scores[day];
    }

    public @Nullable Band band(int day) {
        return bands[day] == NONE ? null : BANDS.get(bands[day]);
    }

    /// Null on a day on which the client was not judged: it was not in the table.
    public @Nullable Situation situation(int day) {
        return day < 0 || situations[day] == NONE ? null : SITUATIONS.get(situations[day]);
    }

    public boolean isRisk(int day) {
        return situation(day) == Situation.RISK;
    }

    public Parts parts(int landmark) {
        return Objects.requireNonNull(parts.get(landmark), "a landmark without parts");
    }
}
