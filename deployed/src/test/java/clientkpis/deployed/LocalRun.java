package clientkpis.deployed;

import org.jspecify.annotations.Nullable;

/// The outcome on the local cloud, which every other cloud must give too.
record LocalRun(Outcome atRisk, Outcome letGo) {
    private static @Nullable LocalRun last;

    /// The outcome of today; run once, for all clouds.
    static synchronized LocalRun today() throws Exception {
        LocalRun run = last;
        if (run == null || !run.atRisk.day().equals(DeployedSuite.today())) {
            try (TestCloud cloud = new LocalTestCloud()) {
                DeployedSuite suite = new DeployedSuite(cloud);
                run = new LocalRun(suite.atRisk(), suite.letGo());
            }
            last = run;
        }
        return run;
    }
}
