package clientkpis.deployed;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class LocalTest extends DeployedSuiteTest {
    @BeforeEach
    void theLocalCloud() {
        Optional<String> absence = Clouds.absent("local", Optional::empty);
        Assumptions.assumeTrue(absence.isEmpty(), () -> absence.orElse(""));
    }

    @Override
    Outcome atRisk() throws Exception {
        return LocalRun.today().atRisk();
    }

    @Override
    Outcome letGo() throws Exception {
        return LocalRun.today().letGo();
    }
}
