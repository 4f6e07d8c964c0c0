package clientkpis.json;

import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.Rehearsal;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.past.ClientDays;
import clientkpis.kpi.rehearsal.past.JudgedDays;
import clientkpis.kpi.rehearsal.past.Parts;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.Today;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.Indicator;
import clientkpis.kpi.score.Scoring;
import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A rehearsal of a portfolio of chance. The first field foretells who leaves, until the second one does.
final class RandomRehearsal {
    static final LocalDate FIRST = LocalDate.parse("2025-11-20");
    static final Band.Cuts CUTS = new Band.Cuts(BigDecimal.valueOf(50), BigDecimal.valueOf(75));

    /// @param hazard the chance of an ill client to leave within a day
    /// @param weights of the fields, in force and of the candidate; the latter empty when none is rehearsed
    /// @param turn the day from which on the second field foretells
    /// @param isByHand whether scores were set by hand
    /// @param observed the day of the first export
    record Shape(
            int clients,
            int days,
            List<Integer> horizons,
            double hazard,
            List<String> fields,
            List<Integer> weights,
            List<Integer> candidate,
            boolean hasMrr,
            boolean isByHand,
            int turn,
            int observed) {}

    private final Shape shape;
    private final Random random;
    private final Period period;
    private final Rehearsal.Question question;
    private final Set<LocalDate> landmarks;
    private final List<ClientDays> clients = new ArrayList<>();

    RandomRehearsal(Shape shape, long seed) {
        this.shape = shape;
        random = new Random(seed);
        period = new Period(FIRST, FIRST.plusDays(shape.days - 1L));
        question = new Rehearsal.Question(
                shape.horizons,
                FIRST.plusDays(shape.observed),
                shape.observed,
                scoring(shape.weights),
                shape.candidate.isEmpty() ? null : scoring(shape.candidate));
        landmarks = question.landmarks(period);
        for (int i = 0; i < shape.clients; i++) {
            clients.add(client("C" + i));
        }
    }

    private Scoring scoring(List<Integer> weights) {
        List<Indicator> indicators = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            indicators.add(new Indicator(
                    "the " + shape.fields.get(i),
                    shape.fields.get(i),
                    BigDecimal.valueOf(weights.get(i)),
                    List.of(
                            new Indicator.Point(BigDecimal.ZERO, BigDecimal.ZERO),
                            new Indicator.Point(BigDecimal.valueOf(100), BigDecimal.valueOf(100)))));
        }
        return new Scoring(indicators, CUTS);
    }

    /// @param order of the clients
    Rehearsal rehearse(Random order) {
        List<ClientDays> shuffled = new ArrayList<>(clients);
        Collections.shuffle(shuffled, order);
        return Rehearsal.of(Past.of(period, shuffled), question);
    }

    private ClientDays client(String id) {
        ClientDays to = new ClientDays(id, period, !shape.candidate.isEmpty());
        BigDecimal mrr = shape.hasMrr ? BigDecimal.valueOf(100 + random.nextInt(100_000), 2) : null;
        BigDecimal byHand = shape.isByHand && random.nextInt(3) == 0 ? new BigDecimal("42.00") : null;
        String cs = random.nextInt(4) == 0 ? null : "CS " + random.nextInt(3);
        Map<String, BigDecimal> values = values();
        char state = random.nextInt(5) == 0 ? '.' : 'c';
        LocalDate notice = null;
        for (int day = 0; day < shape.days; day++) {
            LocalDate date = FIRST.plusDays(day);
            BigDecimal health = values.get(shape.fields.get(day < shape.turn ? 0 : 1));
            boolean isIll = health == null || health.intValue() < 40;
            if (state == 'c' && random.nextDouble() < (isIll ? shape.hazard : shape.hazard / 20)) {
                state = "iiillln.".charAt(random.nextInt(8));
                notice = state == 'n' ? date.minusDays(random.nextInt(6)) : null;
            } else if (state != 'c' && random.nextInt(60) == 0) {
                state = 'c';
                notice = null;
            }
            if (random.nextInt(20) == 0) {
                values = values();
            }
            if (state != '.') {
                to.put(
                        date,
                        new ClientDays.Line(
                                state == 'i',
                                notice,
                                mrr == null || state != 'l' ? mrr : new BigDecimal("-1"),
                                cs,
                                null));
                judge(to.inForce(), date, values, question.inForce(), byHand);
                JudgedDays candidate = to.candidate();
                Scoring scoring = question.candidate();
                if (candidate != null && scoring != null) {
                    judge(candidate, date, values, scoring, byHand);
                }
            }
        }
        return to;
    }

    private Map<String, BigDecimal> values() {
        Map<String, BigDecimal> values = new HashMap<>();
        boolean isUnknown = random.nextInt(12) == 0;
        for (String field : shape.fields) {
            if (!isUnknown && random.nextInt(8) != 0) {
                values.put(field, BigDecimal.valueOf(random.nextInt(101)));
            }
        }
        return values;
    }

    private void judge(
            JudgedDays to,
            LocalDate date,
            Map<String, BigDecimal> values,
            Scoring scoring,
            @Nullable BigDecimal byHand) {
        SenseScore score = SenseScore.of(values::get, scoring).overridden(byHand, null, CUTS);
        Band band = score.band();
        boolean isMoving = random.nextInt(3) == 0;
        to.put(
                date,
                score.value(),
                band,
                isMoving && band == Band.RED
                        ? Situation.RISK
                        : isMoving && band == Band.GREEN ? Situation.OPPORTUNITY : Situation.NEUTRAL);
        if (landmarks.contains(date)) {
            to.put(date, Parts.of(values::get, scoring, byHand));
        }
        if (date.equals(period.last())) {
            Map<String, BigDecimal> contributions = new LinkedHashMap<>();
            for (SenseScore.Part part : score.parts()) {
                BigDecimal contribution = part.contribution();
                if (contribution != null) {
                    contributions.put(part.name(), contribution);
                }
            }
            to.put(new Today(contributions, band == null ? Map.of() : Map.of("segment", band.label())));
        }
    }
}
