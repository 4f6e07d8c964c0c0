package clientkpis.benchmarks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The specification read naively: every day everything is computed again from all rows, with exact fractions.
///
/// It takes rows as they are meant, so it knows nothing of files and dialects, and holds for the default configuration.
/// It shows a day's end, after the day's uploads and its recalculation; what an upload settles in between leaves no
/// trace there, because the recalculation of the day settles every client again.
///
/// It is one file so that it can be read beside the specification from top to bottom.
final class Oracle {

    /// Ids compare code point by code point, where `String` compares UTF-16 units.
    static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private static final Set<String> INACTIVE_CLIENT = Set.of(
            "inativo",
            "inativa",
            "inactive",
            "cancelado",
            "cancelada",
            "cancelled",
            "canceled",
            "churned",
            "encerrado",
            "encerrada",
            "terminated");
    private static final Set<String> ACTIVE = Set.of("ativo", "ativa", "active", "vigente", "em vigor");
    private static final Set<String> CANCELLED_TITLE = Set.of(
            "cancelado",
            "cancelada",
            "cancelled",
            "canceled",
            "void",
            "voided",
            "anulado",
            "anulada",
            "estornado",
            "estornada",
            "draft",
            "rascunho");
    private static final Set<String> PAID_TITLE = Set.of(
            "pago",
            "paga",
            "paid",
            "quitado",
            "quitada",
            "recebido",
            "recebida",
            "liquidado",
            "liquidada",
            "baixado",
            "baixada",
            "succeeded");
    private static final Set<String> CANCELLED_ACTIVITY = Set.of("cancelado", "cancelada", "cancelled", "canceled");
    private static final Set<String> COMPLETED_ACTIVITY = Set.of("done", "feito", "concluido", "concluida");

    private final Map<Table, Map<List<Object>, DataRow>> rows = new HashMap<>();
    private final Set<String> clients = new TreeSet<>(BY_CODE_POINT);
    private final Set<String> sentAccesses = new HashSet<>();
    private final Map<String, NavigableMap<LocalDate, BigDecimal>> scores = new HashMap<>();
    private final Map<String, NavigableMap<LocalDate, BigDecimal>> engagements = new HashMap<>();
    private final Map<String, String> situations = new HashMap<>();
    private final Map<String, Map<String, Object>> fields = new TreeMap<>(BY_CODE_POINT);
    private final List<Expected.Change> changes = new ArrayList<>();

    private Oracle() {}

    /// What must come out of the uploads, recalculated on every day from the first upload's to the last day.
    ///
    /// @param uploads in any order; they take effect by day, then path
    /// @param asOf the last day
    static Expected expected(List<DataUpload> uploads, LocalDate asOf) {
        var oracle = new Oracle();
        Map<LocalDate, List<DataUpload>> byDay = uploads.stream()
                .sorted(Comparator.comparing(DataUpload::path, BY_CODE_POINT))
                .collect(Collectors.groupingBy(DataUpload::day, TreeMap::new, Collectors.toList()));
        LocalDate first = byDay.keySet().stream().min(Comparator.naturalOrder()).orElse(asOf);
        for (LocalDate day = first; !day.isAfter(asOf); day = day.plusDays(1)) {
            byDay.getOrDefault(day, List.of()).forEach(oracle::apply);
            oracle.recalculate(day);
        }
        return new Expected(asOf, oracle.fields, oracle.changes);
    }

    private void apply(DataUpload upload) {
        if (!upload.form().readable()) {
            return;
        }
        for (DataRow row : upload.rows()) {
            if (row.valid()) {
                rows.computeIfAbsent(row.table(), table -> new LinkedHashMap<>())
                        .put(row.key(), row);
                clients.add(row.clientId());
                if (row.table() == Table.USAGE && row.whole("accesses") != null) {
                    sentAccesses.add(row.clientId());
                }
            }
        }
    }

    private void recalculate(LocalDate day) {
        Map<Table, Map<String, List<DataRow>>> byClient = new HashMap<>();
        rows.forEach((table, all) ->
                byClient.put(table, all.values().stream().collect(Collectors.groupingBy(DataRow::clientId))));
        Map<String, BigDecimal> engagement = engagement(byClient, day);
        for (String client : clients) {
            Function<Table, @Nullable List<DataRow>> of =
                    table -> byClient.getOrDefault(table, Map.of()).get(client);
            fields.put(client, fields(client, of, engagement.get(client), day));
        }
    }

    /// Engagement of every client that has one at `day`.
    private static Map<String, BigDecimal> engagement(Map<Table, Map<String, List<DataRow>>> byClient, LocalDate day) {
        Map<String, Long> actions = new HashMap<>();
        byClient.getOrDefault(Table.USAGE, Map.of()).forEach((client, used) -> {
            List<DataRow> registered =
                    byClient.getOrDefault(Table.CLIENTS, Map.of()).getOrDefault(client, List.of());
            if (registered.stream().noneMatch(row -> is(row.text("status"), INACTIVE_CLIENT))) {
                actions.put(
                        client,
                        used.stream()
                                .filter(row -> within(row.date("used_on"), day.minusDays(29), day))
                                .mapToLong(row -> count(row.whole("actions")))
                                .sum());
            }
        });
        long n = actions.size();
        Map<String, BigDecimal> engagement = new HashMap<>();
        actions.forEach((client, u) -> {
            long less = actions.values().stream().filter(other -> other < u).count();
            long equal = actions.values().stream().filter(u::equals).count();
            engagement.put(
                    client,
                    ExactNumber.of(100 * (2 * less + equal - n))
                            .over(ExactNumber.of(n))
                            .rounded(2));
        });
        return engagement;
    }

    private Map<String, Object> fields(
            String client,
            Function<Table, @Nullable List<DataRow>> of,
            @Nullable BigDecimal engagement,
            LocalDate day) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        registry(all, of.apply(Table.CLIENTS));
        contracts(all, of.apply(Table.CONTRACTS), day);
        billing(all, of.apply(Table.BILLING), day);
        support(all, of.apply(Table.SUPPORT), day);
        nps(all, of.apply(Table.NPS));
        usage(all, of.apply(Table.USAGE), sentAccesses.contains(client), day);
        all.put("engagementScore", engagement);
        activities(all, of.apply(Table.ACTIVITIES), day);
        contacts(all, of.apply(Table.CONTACTS));
        senseScore(all);
        history(client, all, day);
        all.values().removeIf(Objects::isNull);
        var present = new LinkedHashMap<String, Object>();
        all.forEach((field, value) -> present.put(field, Objects.requireNonNull(value)));
        return present;
    }

    private static void registry(Map<String, @Nullable Object> all, @Nullable List<DataRow> clients) {
        if (clients == null) {
            return;
        }
        DataRow row = clients.getFirst();
        for (String field : List.of("name", "status", "cs", "csm", "salesperson", "plan", "segment", "stage", "size")) {
            all.put(field, row.text(field));
        }
        all.put("registeredOn", row.date("registered_on"));
        all.put("cancelledOn", row.date("cancelled_on"));
    }

    private static void contracts(Map<String, @Nullable Object> all, @Nullable List<DataRow> contracts, LocalDate day) {
        if (contracts == null) {
            return;
        }
        List<DataRow> active =
                contracts.stream().filter(row -> is(row.text("status"), ACTIVE)).toList();
        all.put("mrr", sum(active, row -> is(row.text("model"), Set.of("mrr"))));
        all.put(
                "licences",
                active.stream()
                        .filter(row -> Objects.requireNonNullElseGet(
                                row.flag("recurring"), () -> is(row.text("model"), Set.of("mrr"))))
                        .mapToInt(row -> count(row.whole("licences")))
                        .sum());
        List<LocalDate> ends = dates(active, "ends_on");
        LocalDate renewal = ends.stream()
                .filter(end -> !end.isBefore(day))
                .min(Comparator.naturalOrder())
                .orElseGet(() -> ends.stream().max(Comparator.naturalOrder()).orElse(null));
        all.put("renewalOn", renewal);
        all.put("daysToRenewal", renewal == null ? null : Math.toIntExact(ChronoUnit.DAYS.between(day, renewal)));
        all.put(
                "lastPurchaseOn",
                dates(contracts, "starts_on").stream()
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }

    private static void billing(Map<String, @Nullable Object> all, @Nullable List<DataRow> titles, LocalDate day) {
        if (titles == null) {
            return;
        }
        Predicate<DataRow> cancelled = row -> is(row.text("status"), CANCELLED_TITLE);
        Predicate<DataRow> paid = row -> row.date("paid_on") != null || is(row.text("status"), PAID_TITLE);
        all.put(
                "overdueTitles",
                count(
                        titles,
                        cancelled
                                .negate()
                                .and(paid.negate())
                                .and(row -> Objects.requireNonNull(row.money("value"))
                                                .signum()
                                        > 0)
                                .and(row -> before(row.date("due_on"), day))));
        all.put(
                "tcv",
                sum(
                        titles,
                        cancelled
                                .negate()
                                .and(row -> row.date("issued_on") == null
                                        || !Objects.requireNonNull(row.date("issued_on"))
                                                .isAfter(day))));
    }

    private static void support(Map<String, @Nullable Object> all, @Nullable List<DataRow> tickets, LocalDate day) {
        if (tickets != null) {
            all.put(
                    "ticketsAboveSla",
                    count(tickets, row -> row.date("closed_on") == null && before(row.date("sla_on"), day)));
        }
    }

    private static void nps(Map<String, @Nullable Object> all, @Nullable List<DataRow> answers) {
        if (answers == null) {
            return;
        }
        Comparator<DataRow> byTime = Comparator.<DataRow, LocalDate>comparing(
                        row -> Objects.requireNonNull(row.date("answered_on")))
                .thenComparing(row -> Objects.requireNonNull(row.text("answer_id")), BY_CODE_POINT);
        List<Integer> latest = new ArrayList<>();
        Map<String, List<DataRow>> byRespondent = new HashMap<>();
        for (DataRow answer : answers) {
            String respondent = answer.text("respondent");
            if (respondent == null) {
                latest.add(count(answer.whole("score")));
            } else {
                byRespondent
                        .computeIfAbsent(respondent, key -> new ArrayList<>())
                        .add(answer);
            }
        }
        byRespondent
                .values()
                .forEach(own ->
                        latest.add(count(own.stream().max(byTime).orElseThrow().whole("score"))));
        long promoters = latest.stream().filter(score -> score >= 9).count();
        long detractors = latest.stream().filter(score -> score <= 6).count();
        all.put(
                "nps",
                ExactNumber.of(100 * (promoters - detractors))
                        .over(ExactNumber.of(latest.size()))
                        .rounded(2));
    }

    private static void usage(
            Map<String, @Nullable Object> all, @Nullable List<DataRow> used, boolean accesses, LocalDate day) {
        if (used == null) {
            return;
        }
        all.put("activeUsers", users(used, "actions", day));
        all.put("usersWithActivity", accesses ? users(used, "accesses", day) : null);
    }

    private static int users(List<DataRow> used, String column, LocalDate day) {
        return Math.toIntExact(used.stream()
                .filter(row -> within(row.date("used_on"), day.minusDays(29), day))
                .filter(row -> count(row.whole(column)) > 0)
                .map(row -> row.text("user_id"))
                .distinct()
                .count());
    }

    private static void activities(
            Map<String, @Nullable Object> all, @Nullable List<DataRow> activities, LocalDate day) {
        if (activities == null) {
            return;
        }
        Predicate<DataRow> pending = row -> row.date("completed_on") == null
                && !is(row.text("status"), CANCELLED_ACTIVITY)
                && !is(row.text("status"), COMPLETED_ACTIVITY);
        all.put("pendingActivities", count(activities, pending));
        all.put("overdueActivities", count(activities, pending.and(row -> before(row.date("due_on"), day))));
        all.put(
                "lastInteractionOn",
                dates(activities, "completed_on").stream()
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }

    private static void contacts(Map<String, @Nullable Object> all, @Nullable List<DataRow> contacts) {
        if (contacts == null) {
            return;
        }
        contacts.stream()
                .filter(row -> is(row.text("role"), Set.of("sponsor")) && Boolean.TRUE.equals(row.flag("active")))
                .min(Comparator.<DataRow, LocalDate>comparing(
                                row -> Objects.requireNonNullElse(row.date("registered_on"), LocalDate.MAX))
                        .thenComparing(row -> Objects.requireNonNull(row.text("contact_id")), BY_CODE_POINT))
                .ifPresent(sponsor -> {
                    all.put("sponsorName", sponsor.text("name"));
                    all.put("sponsorEmail", sponsor.text("email"));
                    all.put("sponsorPhone", sponsor.text("phone"));
                });
    }

    private record Point(int x, int y) {}

    /// An indicator of the default configuration.
    private record Indicator(String field, int weight, List<Point> line) {

        /// The straight line between the two points around x, flat beyond the first and the last.
        ExactNumber points(ExactNumber x) {
            Point left = line.getFirst();
            if (x.compareTo(ExactNumber.of(left.x)) <= 0) {
                return ExactNumber.of(left.y);
            }
            for (Point right : line) {
                if (x.compareTo(ExactNumber.of(right.x)) <= 0) {
                    ExactNumber slope = ExactNumber.of(right.y - left.y).over(ExactNumber.of(right.x - left.x));
                    return ExactNumber.of(left.y)
                            .plus(x.minus(ExactNumber.of(left.x)).times(slope));
                }
                left = right;
            }
            return ExactNumber.of(left.y);
        }
    }

    private static final List<Indicator> INDICATORS = List.of(
            new Indicator("engagementScore", 30, List.of(new Point(-100, 0), new Point(100, 100))),
            new Indicator("nps", 20, List.of(new Point(-100, 0), new Point(100, 100))),
            new Indicator("overdueTitles", 25, List.of(new Point(0, 100), new Point(1, 60), new Point(3, 0))),
            new Indicator("ticketsAboveSla", 25, List.of(new Point(0, 100), new Point(2, 50), new Point(5, 0))));

    private static void senseScore(Map<String, @Nullable Object> all) {
        ExactNumber sum = ExactNumber.ZERO;
        int weights = 0;
        int total = 0;
        for (Indicator indicator : INDICATORS) {
            total += indicator.weight();
            Object value = all.get(indicator.field());
            if (value != null) {
                ExactNumber points = indicator.points(ExactNumber.of(new BigDecimal(value.toString())));
                sum = sum.plus(points.times(ExactNumber.of(indicator.weight())));
                weights += indicator.weight();
            }
        }
        if (weights > 0) {
            all.put("senseScore", sum.over(ExactNumber.of(weights)).rounded(2));
            all.put(
                    "senseScoreCoverage",
                    ExactNumber.of(100L * weights).over(ExactNumber.of(total)).rounded(2));
        }
    }

    /// Remembers the day, and gives what follows from the days before.
    private void history(String client, Map<String, @Nullable Object> all, LocalDate day) {
        NavigableMap<LocalDate, BigDecimal> score = scores.computeIfAbsent(client, key -> new TreeMap<>());
        NavigableMap<LocalDate, BigDecimal> engagement = engagements.computeIfAbsent(client, key -> new TreeMap<>());
        var scoreToday = (BigDecimal) all.get("senseScore");
        var engagementToday = (BigDecimal) all.get("engagementScore");
        if (scoreToday != null) {
            score.put(day, scoreToday);
        }
        if (engagementToday != null) {
            engagement.put(day, engagementToday);
        }
        for (int n : new int[] {7, 15, 30}) {
            ExactNumber now = mean(score, day.minusDays(n), day);
            ExactNumber before = mean(score, day.minusDays(2 * n - 1), day.minusDays(n));
            if (now != null && before != null && before.compareTo(ExactNumber.ZERO) != 0) {
                all.put("senseScoreVariation" + n + "d", now.over(before).rounded(4));
            }
        }
        boolean scoreFalls = falls(score, day);
        String situation = "neutral";
        if (scoreToday != null && scoreFalls && scoreToday.compareTo(BigDecimal.valueOf(50)) < 0) {
            situation = "risk";
        } else if (scoreToday != null
                && scoreFalls
                && scoreToday.compareTo(BigDecimal.valueOf(75)) >= 0
                && falls(engagement, day)
                && engagementToday != null
                && engagementToday.signum() > 0) {
            situation = "opportunity";
        }
        all.put("situation", situation);
        String before = situations.put(client, situation);
        if (!situation.equals(Objects.requireNonNullElse(before, "neutral"))) {
            changes.add(new Expected.Change(client, before, situation, day));
        }
    }

    private static boolean falls(NavigableMap<LocalDate, BigDecimal> values, LocalDate day) {
        ExactNumber mean60 = mean(values, day.minusDays(59), day);
        ExactNumber mean7 = mean(values, day.minusDays(6), day);
        return mean60 != null && mean7 != null && mean60.compareTo(mean7) > 0;
    }

    private static @Nullable ExactNumber mean(
            NavigableMap<LocalDate, BigDecimal> values, LocalDate first, LocalDate last) {
        var window = values.subMap(first, true, last, true).values();
        return window.isEmpty()
                ? null
                : window.stream()
                        .map(ExactNumber::of)
                        .reduce(ExactNumber.ZERO, ExactNumber::plus)
                        .over(ExactNumber.of(window.size()));
    }

    private static boolean is(@Nullable String text, Set<String> words) {
        return text != null
                && words.contains(Normalizer.normalize(text, Normalizer.Form.NFD)
                        .replaceAll("\\p{M}", "")
                        .toLowerCase(Locale.ROOT));
    }

    private static boolean before(@Nullable LocalDate date, LocalDate day) {
        return date != null && date.isBefore(day);
    }

    private static boolean within(@Nullable LocalDate date, LocalDate first, LocalDate last) {
        return date != null && !date.isBefore(first) && !date.isAfter(last);
    }

    /// A blank whole number counts nothing.
    private static int count(@Nullable Integer whole) {
        return whole == null ? 0 : whole;
    }

    private static int count(List<DataRow> rows, Predicate<DataRow> which) {
        return Math.toIntExact(rows.stream().filter(which).count());
    }

    private static BigDecimal sum(List<DataRow> rows, Predicate<DataRow> which) {
        return rows.stream()
                .filter(which)
                .map(row -> Objects.requireNonNull(row.money("value")))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(2, RoundingMode.HALF_UP);
    }

    private static List<LocalDate> dates(List<DataRow> rows, String column) {
        return rows.stream()
                .map(row -> row.date(column))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }
}
