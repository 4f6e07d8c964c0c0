package clientkpis.deployed;

import org.jspecify.annotations.Nullable;

/// What comes out on the local cloud, which is what has to come out on every other.
record LocalRun(Outcome atRisk, Outcome letGo) {
    private static @Nullable LocalRun last;

    /// Of today; run once, for all clouds.
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
