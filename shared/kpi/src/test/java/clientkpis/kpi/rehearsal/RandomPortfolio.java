package clientkpis.kpi.rehearsal;

import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.past.ClientDays;
import clientkpis.kpi.rehearsal.past.JudgedDays;
import clientkpis.kpi.rehearsal.past.Parts;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.Today;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.Indicator;
import clientkpis.kpi.score.Scoring;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A portfolio of chance, as plain days.
final class RandomPortfolio {
    static final LocalDate FIRST = LocalDate.parse("2025-11-20");
    static final List<String> FIELDS = List.of("engagementScore", "nps", "overdueTitles");

    static final class Judgement {
        @Nullable
        Integer score;

        Situation situation = Situation.NEUTRAL;
        final @Nullable Integer[] points = new Integer[FIELDS.size()];
        final @Nullable Integer[] without = new Integer[FIELDS.size()];

        String band() {
            Integer of = score;
            return of == null ? "none" : of < 5000 ? "red" : of < 7500 ? "yellow" : "green";
        }
    }

    static final class Day {
        boolean inactive;

        @Nullable
        Integer notice;

        @Nullable
        BigDecimal mrr;

        @Nullable
        String cs;

        final Judgement[] judged = {new Judgement(), new Judgement()};
    }

    /// Day by day; null out of the table.
    record Client(String id, List<@Nullable Day> days) {}

    final List<Client> clients = new ArrayList<>();
    final int days;
    final int[][] weights;
    private final Random random;
    private final boolean noise;

    RandomPortfolio(Random random, int size, int days, boolean hasMrr, boolean noise) {
        this.random = random;
        this.days = days;
        this.noise = noise;
        weights = new int[][] {{30, 20, 50}, random.nextBoolean() ? new int[] {60, 10, 30} : new int[] {30, 20, 50}};
        for (int i = 0; i < size; i++) {
            clients.add(client("C" + random.nextInt(10) + "-" + i, hasMrr));
        }
    }

    private Client client(String id, boolean hasMrr) {
        List<@Nullable Day> all = new ArrayList<>();
        BigDecimal mrr = hasMrr ? BigDecimal.valueOf(100 + random.nextInt(100_000), 2) : null;
        String cs = random.nextInt(4) == 0 ? null : "CS " + random.nextInt(3);
        char state = random.nextInt(5) == 0 ? '.' : 'c';
        Integer notice = null;
        @Nullable Integer[] points = points();
        boolean[] risk = new boolean[2];
        for (int day = 0; day < days; day++) {
            double health = points[0] == null ? 0.5 : points[0] / 10000.0;
            double hazard = noise ? 0.008 : 0.001 + 0.02 * (1 - health);
            if (state == 'c' && random.nextDouble() < hazard) {
                state = "iiilln.".charAt(random.nextInt(7));
                notice = state == 'n' ? day - random.nextInt(6) : null;
            } else if (state != 'c' && random.nextInt(40) == 0) {
                state = "ccc.l".charAt(random.nextInt(5));
                notice = null;
            }
            if (random.nextInt(10) == 0) {
                points = points();
            }
            if (state == '.') {
                all.add(null);
                continue;
            }
            Day line = new Day();
            line.inactive = state == 'i';
            line.notice = state == 'c' && random.nextInt(50) == 0 ? Integer.valueOf(day + 5) : notice;
            line.mrr = mrr == null ? null : state == 'l' ? BigDecimal.ZERO : mrr;
            line.cs = cs;
            judge(line, points, risk);
            all.add(line);
        }
        return new Client(id, all);
    }

    private @Nullable Integer[] points() {
        @Nullable Integer[] points = new Integer[FIELDS.size()];
        for (int i = 0; i < points.length; i++) {
            points[i] = random.nextInt(7) == 0 ? null : Integer.valueOf(random.nextInt(9) * 1250);
        }
        return points;
    }

    private void judge(Day line, @Nullable Integer[] points, boolean[] risk) {
        for (int which = 0; which < 2; which++) {
            Judgement judgement = line.judged[which];
            judgement.score = score(points, weights[which], -1);
            for (int i = 0; i < points.length; i++) {
                judgement.points[i] = points[i];
                judgement.without[i] = score(points, weights[which], i);
            }
            if (random.nextInt(6) == 0) {
                risk[which] = !risk[which];
            }
            boolean isRed = judgement.band().equals("red");
            judgement.situation = isRed && risk[which]
                    ? Situation.RISK
                    : judgement.band().equals("green") && risk[which] ? Situation.OPPORTUNITY : Situation.NEUTRAL;
        }
    }

    static @Nullable Integer score(@Nullable Integer[] points, int[] weights, int leftOut) {
        long worth = 0;
        long weight = 0;
        for (int i = 0; i < points.length; i++) {
            Integer of = points[i];
            if (i != leftOut && of != null && weights[i] > 0) {
                worth += (long) of * weights[i];
                weight += weights[i];
            }
        }
        return weight == 0
                ? null
                : Integer.valueOf(BigDecimal.valueOf(worth)
                        .divide(BigDecimal.valueOf(weight), 0, java.math.RoundingMode.HALF_UP)
                        .intValueExact());
    }

    Scoring scoring(int which) {
        List<Indicator> indicators = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            indicators.add(new Indicator(
                    "i" + i,
                    FIELDS.get(i),
                    BigDecimal.valueOf(weights[which][i]),
                    List.of(new Indicator.Point(BigDecimal.ZERO, BigDecimal.ZERO))));
        }
        return new Scoring(indicators, new Band.Cuts(BigDecimal.valueOf(50), BigDecimal.valueOf(75)));
    }

    Period period() {
        return new Period(FIRST, FIRST.plusDays(days - 1L));
    }

    /// The core's input.
    ///
    /// @param order of the clients
    /// @param first which of both configurations is in force, 0 or 1
    Past past(Random order, int first, boolean hasCandidate) {
        List<ClientDays> fed = new ArrayList<>();
        for (Client client : clients) {
            ClientDays to = new ClientDays(client.id(), period(), hasCandidate);
            for (int day = 0; day < days; day++) {
                Day line = client.days().get(day);
                if (line != null) {
                    Integer notice = line.notice;
                    to.put(
                            FIRST.plusDays(day),
                            new ClientDays.Line(
                                    line.inactive,
                                    notice == null ? null : FIRST.plusDays(notice),
                                    line.mrr,
                                    line.cs,
                                    null));
                    put(to.inForce(), day, line.judged[first]);
                    JudgedDays candidate = to.candidate();
                    if (candidate != null) {
                        put(candidate, day, line.judged[1 - first]);
                    }
                }
            }
            fed.add(to);
        }
        Collections.shuffle(fed, order);
        return Past.of(period(), fed);
    }

    private void put(JudgedDays days, int day, Judgement judgement) {
        LocalDate date = FIRST.plusDays(day);
        Integer score = judgement.score;
        days.put(
                date,
                score == null ? null : BigDecimal.valueOf(score, 2),
                score == null ? null : Band.labelled(judgement.band()),
                judgement.situation);
        days.put(date, new Parts(ints(judgement.points), ints(judgement.without)));
        Map<String, BigDecimal> contributions = new LinkedHashMap<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            Integer of = judgement.points[i];
            if (of != null) {
                contributions.put("i" + i, BigDecimal.valueOf(of, 2));
            }
        }
        days.put(new Today(contributions, Map.of("size", judgement.band())));
    }

    private static int[] ints(@Nullable Integer[] boxed) {
        int[] ints = new int[boxed.length];
        for (int i = 0; i < ints.length; i++) {
            Integer of = boxed[i];
            ints[i] = of == null ? -1 : of;
        }
        return ints;
    }
}
