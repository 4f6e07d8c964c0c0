package clientkpis.clouds;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

class LocalTest extends SuiteTest {
    @BeforeEach
    void theLocalCloud() {
        Clouds.assume("local", Optional::empty);
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
