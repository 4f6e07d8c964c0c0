package clientkpis.suite.delivery;

import clientkpis.local.Options;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import clientkpis.suite.delivery.Disturber.Possible;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs the scenario with many companies at once, each with many things that go wrong, and compares each company with
/// an undisturbed one. The cases of a company that ends otherwise are run again one by one, each with a company alone.
final class DisturbedRuns implements AutoCloseable {
    private static final int COMPANIES = 4;

    /// How much may go wrong with a function in a stage of a company's first run. What fails waits longer each time.
    private static final int OF_A_FUNCTION = 3;

    /// In how many runs of companies a function's cases of a stage are done at most: of those that make thousands of
    /// requests, more go wrong at once.
    private static final int RUNS_OF_A_FUNCTION = 300;

    /// The schedule's function works for all companies at once, and Lambda calls it three times.
    private static final String SCHEDULED = "dailyFunction";

    private static final int OF_THE_SCHEDULE = 2;

    /// How often a message may fail here, and be received in vain, so that many faults in the same batch give none up.
    private static final int RECEIVES = 40;

    /// A cloud becomes slower with what is stored in it.
    private static final int RUNS_OF_A_CLOUD = 12;

    /// How many of the last errors are printed if a run does not settle.
    private static final int ERRORS = 5;

    private final Disturber disturber = new Disturber();
    private final Path template;
    private final Map<String, Object> expected;
    private final Map<Case, Possible> possible;
    private final Map<String, Integer> happened = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Set<Case> notReached = new LinkedHashSet<>();
    private final Deque<String> lastErrors = new ConcurrentLinkedDeque<>();
    private @Nullable Suite suite;
    private int runs;
    private int companies;

    /// @param folder for a copy of the template
    DisturbedRuns(Path folder) {
        this.template = patient(folder);
        Map<String, Map<String, Object>> undisturbed = run(List.of(List.of()));
        this.expected = undisturbed.values().iterator().next();
        this.possible = disturber.possible().stream()
                .collect(Collectors.toMap(Possible::what, one -> one, (a, b) -> a, LinkedHashMap::new));
        System.out.println(possible.size() + " cases");
    }

    /// The template with queues that do not give up as soon.
    private static Path patient(Path folder) {
        try {
            return Files.writeString(
                    folder.resolve("template.yaml"),
                    Suite.template().replaceAll("maxReceiveCount: \\d+", "maxReceiveCount: " + RECEIVES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Everything that can happen in the scenario.
    List<Case> cases() {
        return List.copyOf(possible.keySet());
    }

    /// How often what happened, by kind.
    Map<String, Integer> happened() {
        return happened;
    }

    /// The cases that did not happen, because the run took another way before.
    Set<Case> notReached() {
        return notReached;
    }

    List<String> failures() {
        return failures;
    }

    /// Runs the cases in an order that the seed decides. Those that did not happen, because the run took another way
    /// after others, are run once more, each as the only one of its function.
    ///
    /// @param atMost no run begins when as many were run
    void run(Collection<Case> cases, long seed, int atMost) {
        List<Case> order = new ArrayList<>(cases);
        Collections.shuffle(order, new Random(seed));
        run(order, OF_A_FUNCTION, atMost);
        List<Case> again = List.copyOf(notReached);
        notReached.clear();
        run(again, 1, atMost);
    }

    private void run(List<Case> order, int ofAFunction, int atMost) {
        Map<String, Integer> most = new HashMap<>();
        order.forEach(one -> most.merge(place(one), 1, Integer::sum));
        most.replaceAll((place, cases) ->
                place.startsWith(SCHEDULED) ? OF_THE_SCHEDULE : Math.max(ofAFunction, cases / RUNS_OF_A_FUNCTION));
        Deque<Case> left = new ArrayDeque<>(order);
        while (!left.isEmpty() && order.size() - left.size() < atMost) {
            List<List<Case>> plans = plans(left, most);
            Map<String, Map<String, Object>> outcomes = run(plans);
            Set<Case> reached = disturber.happened();
            plans.forEach(
                    plan -> plan.stream().filter(one -> !reached.contains(one)).forEach(notReached::add));
            reached.forEach(one -> happened.merge(one.happens(), 1, Integer::sum));
            int index = 0;
            for (Map<String, Object> outcome : outcomes.values()) {
                String difference = difference(outcome);
                if (difference != null) {
                    isolate(plans.get(index), difference);
                }
                index++;
            }
            System.out.println(left.size() + " cases left, happened " + happened + ", not reached " + notReached.size()
                    + ", failed " + failures.size());
        }
    }

    /// The function or source that a case happens to, and the stage.
    private String place(Case one) {
        Possible known = possible.get(one);
        return known == null ? "" : known.where() + " in " + one.stage();
    }

    /// Takes from the queue what each of some companies is to meet in one run.
    ///
    /// @param most how much may go wrong at each place in a company's run
    private List<List<Case>> plans(Deque<Case> left, Map<String, Integer> most) {
        List<List<Case>> plans = new ArrayList<>();
        List<Set<String>> places = new ArrayList<>();
        for (int i = 0; i < COMPANIES; i++) {
            plans.add(new ArrayList<>());
            places.add(new LinkedHashSet<>());
        }
        Map<String, Integer> load = new HashMap<>();
        List<Case> later = new ArrayList<>();
        int next = 0;
        for (Case one = left.poll(); one != null; one = left.poll()) {
            String place = place(one);
            boolean scheduled = place.startsWith(SCHEDULED);
            boolean planned = false;
            for (int i = 0; i < COMPANIES && !planned; i++) {
                int company = (next + i) % COMPANIES;
                String loaded = scheduled ? place : company + place;
                planned = load.getOrDefault(loaded, 0) < most.getOrDefault(place, OF_A_FUNCTION)
                        && places.get(company).add(one.stage() + one.to() + one.nth());
                if (planned) {
                    load.merge(loaded, 1, Integer::sum);
                    plans.get(company).add(one);
                    next = company + 1;
                }
            }
            if (!planned) {
                later.add(one);
            }
        }
        left.addAll(later);
        return plans;
    }

    /// Runs each case of a company alone, so that the one that makes the difference is known.
    private void isolate(List<Case> plan, String difference) {
        System.out.println("Differs: " + difference);
        if (difference(run(List.of(plan)).values().iterator().next()) == null) {
            failures.add("only beside other companies: " + plan + ": " + difference);
            return;
        }
        List<String> alone = new ArrayList<>();
        for (Case one : plan) {
            Map<String, Object> outcome =
                    run(List.of(List.of(one))).values().iterator().next();
            String single = difference(outcome);
            if (single != null) {
                alone.add("./dev faults '" + one + "': " + single);
            }
        }
        if (alone.isEmpty()) {
            alone.add("only together: " + plan + ": " + difference);
        }
        alone.forEach(failure -> System.out.println("FAILED " + failure));
        failures.addAll(alone);
    }

    private @Nullable String difference(Map<String, Object> outcome) {
        for (Map.Entry<String, Object> part : expected.entrySet()) {
            Object actual = outcome.get(part.getKey());
            if (!part.getValue().equals(actual)) {
                return outcome.containsKey("failed")
                        ? String.valueOf(outcome.get("failed"))
                        : part.getKey() + ": " + difference(part.getValue(), actual);
            }
        }
        return null;
    }

    private static String difference(Object expected, @Nullable Object actual) {
        if (expected instanceof Map<?, ?> one && actual instanceof Map<?, ?> other) {
            Set<Object> keys = new LinkedHashSet<>(one.keySet());
            keys.addAll(other.keySet());
            return keys.stream()
                    .filter(key -> !Objects.equals(one.get(key), other.get(key)))
                    .map(key -> key + " is " + other.get(key) + " and not " + one.get(key))
                    .collect(Collectors.joining("; "));
        }
        return actual + " and not " + expected;
    }

    /// @return each company's outcome, in the order of the plans
    private Map<String, Map<String, Object>> run(List<List<Case>> plans) {
        Suite running = suite();
        List<Company> all = new ArrayList<>();
        Map<String, List<Case>> planned = new LinkedHashMap<>();
        for (List<Case> plan : plans) {
            String name = "faults-" + ++companies + "-x";
            all.add(planned.isEmpty() ? running.company(name) : running.named(name));
            planned.put(name, plan);
        }
        disturber.begin(planned);
        Map<String, Map<String, Object>> outcomes = new LinkedHashMap<>();
        try {
            Scenario.run(running, all, disturber::stage);
            all.forEach(company -> outcomes.put(company.tenant().name(), outcome(company)));
        } catch (AssertionError | IllegalStateException e) {
            System.out.println("A run failed: " + e + " after\n" + String.join("\n", lastErrors));
            all.forEach(
                    company -> outcomes.put(company.tenant().name(), Map.of("failed", String.valueOf(e.getMessage()))));
            close();
        }
        return outcomes;
    }

    private static Map<String, Object> outcome(Company company) {
        try {
            return Scenario.outcome(company);
        } catch (AssertionError e) {
            return Map.of("failed", String.valueOf(e.getMessage()));
        }
    }

    private void log(String line) {
        if (line.contains("\"level\":\"ERROR\"")) {
            lastErrors.add(line);
            if (lastErrors.size() > ERRORS) {
                lastErrors.poll();
            }
        }
    }

    private Suite suite() {
        if (suite != null && ++runs % RUNS_OF_A_CLOUD == 0) {
            close();
        }
        if (suite == null) {
            suite = Suite.start(
                    template,
                    Options.defaults().withLog(this::log).withFaults(disturber).withDeliveries(disturber));
        }
        suite.cloud().requests().reset();
        return Objects.requireNonNull(suite);
    }

    @Override
    public void close() {
        if (suite != null) {
            suite.close();
            suite = null;
        }
    }
}
