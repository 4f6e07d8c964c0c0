package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
/// `./dev faults` runs every case, `./dev faults CASE` one, `./dev faults STAGE` those of a stage of the scenario, and
/// `-Dfaults.seed=N` decides which cases are in the samples.
class FaultsTest {
    /// Families share their code and count as one.
    private static final String FAMILY =
            "(clients|contracts|billing|support|nps|usage|activities|contacts|aliases|playbooks|overrides)Function\\b";

    /// About how many cases, so that the same ones run on every machine.
    private static final int SAMPLE = 500;

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
                    Integer.MAX_VALUE);

            assertThat(runs.failures()).isEmpty();
        }
    }

    /// The first request of each kind fails in each way.
    @Test
    @Tag("slow")
    void aSampleOfAllThatCanGoWrong(@TempDir Path folder) {
        String asked = System.getProperty("faults", "");
        System.out.println("Seed " + SEED);
        try (DisturbedRuns runs = new DisturbedRuns(folder)) {
            switch (asked) {
                case "" -> runs.run(firsts(runs), SEED, SAMPLE);
                case "all" -> runs.run(runs.cases(), SEED, Integer.MAX_VALUE);
                default -> {
                    List<Case> ofStage = runs.cases().stream()
                            .filter(one -> one.stage().equals(asked))
                            .toList();
                    runs.run(ofStage.isEmpty() ? List.of(Case.parse(asked)) : ofStage, SEED, Integer.MAX_VALUE);
                }
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
