package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Any request may fail in any way, any function may die between two requests, and any message may be lost, doubled,
/// delayed or reordered on its way: the result is that of an undisturbed run.
///
/// `./dev faults` runs every case, `./dev faults CASE` one, and `-Dfaults.seed=N` decides which cases are in the
/// samples.
class FaultsTest {
    /// Families share their code and count as one.
    private static final String FAMILY =
            "(clients|contracts|billing|support|nps|usage|activities|contacts|playbooks|overrides)Function\\b";

    private static final Duration SAMPLE = Duration.ofMinutes(3);
    private static final long SEED = Long.getLong("faults.seed", 20_260_910L);

    /// The first request of each kind fails in a way that the seed decides.
    @Test
    void eachKindOfRequestFailsOnceAndEverythingSettlesInTheSame(@TempDir Path folder) {
        try (DisturbedRuns runs = new DisturbedRuns(folder)) {
            Map<String, List<Case>> firsts = new LinkedHashMap<>();
            firsts(runs)
                    .forEach(one -> firsts.computeIfAbsent(one.to(), to -> new ArrayList<>())
                            .add(one));
            Random random = new Random(SEED);
            runs.run(
                    firsts.values().stream()
                            .map(cases -> cases.get(random.nextInt(cases.size())))
                            .toList(),
                    SEED,
                    Long.MAX_VALUE);

            assertThat(runs.failures()).isEmpty();
        }
    }

    /// The first request of each kind fails in each way, then others do, until the time is over.
    @Test
    @Tag("slow")
    void aSampleOfAllThatCanGoWrong(@TempDir Path folder) {
        String asked = System.getProperty("faults", "");
        System.out.println("Seed " + SEED);
        try (DisturbedRuns runs = new DisturbedRuns(folder)) {
            switch (asked) {
                case "" -> {
                    long end = System.nanoTime() + SAMPLE.toNanos();
                    runs.run(firsts(runs), SEED, end);
                    runs.run(runs.cases(), SEED, end);
                }
                case "all" -> runs.run(runs.cases(), SEED, Long.MAX_VALUE);
                default -> runs.run(List.of(Case.parse(asked)), SEED, Long.MAX_VALUE);
            }

            assertThat(runs.failures()).isEmpty();
            assertThat(runs.happened()).isNotEmpty();
        }
    }

    /// How the first request of each kind may fail.
    private static List<Case> firsts(DisturbedRuns runs) {
        Map<String, Case> firsts = new LinkedHashMap<>();
        runs.cases().forEach(one -> firsts.putIfAbsent(one.happens() + one.to().replaceFirst(FAMILY, "family"), one));
        return List.copyOf(firsts.values());
    }
}
