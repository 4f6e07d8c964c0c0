package clientkpis.nps;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.Fraction;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Texts;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// `nps` (fields.md, *NPS*).
public final class Nps implements KpiFamily<Nps.Answer> {
    /// An answer to the question how likely one is to recommend the product.
    ///
    /// @param respondent null when unknown: then nobody else gave this answer
    /// @param score 0 to 10
    public record Answer(String answerId, @Nullable String respondent, int score, LocalDate answeredOn) {
        public boolean isPromoter() {
            return score >= 9;
        }

        public boolean isDetractor() {
            return score <= 6;
        }
    }

    /// "the latest answer (by `answeredOn`, then `answerId`)"
    private static final Comparator<Answer> BY_AGE =
            Comparator.comparing(Answer::answeredOn).thenComparing(Answer::answerId, CodePoints.ORDER);

    private static final BinaryOperator<Answer> LATEST = BinaryOperator.maxBy(BY_AGE);

    @Override
    public String table() {
        return "nps";
    }

    @Override
    public Answer read(Row row) {
        return new Answer(
                row.required("answer_id"),
                row.text("respondent"),
                new BigDecimal(row.required("score")).intValueExact(),
                LocalDate.parse(row.required("answered_on")));
    }

    @Override
    public Map<String, Timeline> timelines(List<Answer> answers, LocalDate from) {
        return Map.of("nps", Timeline.constant(from, new Value.Number(nps(onePerRespondent(answers)))));
    }

    /// Behind `nps` the answers that count, the newest first.
    @Override
    public List<FieldRecords> records(List<Read<Answer>> answers, LocalDate from) {
        List<Answer> counted =
                onePerRespondent(answers.stream().map(answer -> answer.read()).toList());
        return List.of(new FieldRecords(
                "nps",
                List.of("answer_id", "respondent", "score", "answered_on"),
                Timeline.constant(from, Value.Number.of(counted.size())),
                counted.stream()
                        .sorted(BY_AGE.reversed())
                        .limit(FieldRecords.MOST)
                        .map(answer -> new FieldRecords.Kept(
                                null,
                                List.of(
                                        FieldRecords.text(answer.answerId()),
                                        FieldRecords.text(answer.respondent()),
                                        FieldRecords.number(BigDecimal.valueOf(answer.score())),
                                        FieldRecords.day(answer.answeredOn()))))
                        .toList()));
    }

    /// Of each day count the answers that were given by then.
    @Override
    public Optional<Past> past(List<Read<Answer>> answers, Before before) {
        TreeMap<LocalDate, List<Answer>> given = new TreeMap<>();
        for (Read<Answer> answer : answers) {
            given.computeIfAbsent(before.first(answer.read().answeredOn()), day -> new ArrayList<>())
                    .add(answer.read());
        }
        List<Answer> byThen = new ArrayList<>();
        Map<LocalDate, Value> nps = new HashMap<>();
        given.headMap(before.observed()).forEach((day, those) -> {
            byThen.addAll(those);
            nps.put(day, new Value.Number(nps(onePerRespondent(byThen))));
        });
        return Optional.of(new Past(given.firstKey(), Map.of("nps", Timeline.of(nps))));
    }

    /// `(promoters - detractors) / respondents x 100`, scale 2.
    private static BigDecimal nps(List<Answer> answers) {
        long promoters = answers.stream().filter(Answer::isPromoter).count();
        long detractors = answers.stream().filter(Answer::isDetractor).count();
        return Fraction.of(100 * (promoters - detractors), answers.size()).rounded(2);
    }

    /// "Each respondent counts once [...]; an answer without a respondent is a respondent of its own." Respondents are
    /// people's names or addresses, so they compare as text values do.
    private static List<Answer> onePerRespondent(List<Answer> answers) {
        Map<String, Answer> latest = new HashMap<>();
        List<Answer> counted = new ArrayList<>();
        for (Answer answer : answers) {
            String respondent = answer.respondent();
            if (respondent == null) {
                counted.add(answer);
            } else {
                latest.merge(Texts.fold(respondent), answer, LATEST);
            }
        }
        counted.addAll(latest.values());
        return counted;
    }
}
