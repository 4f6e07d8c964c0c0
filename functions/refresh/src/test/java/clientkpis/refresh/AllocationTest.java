package clientkpis.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a client allocates does not depend on how fast the machine is, so a build notices it when the recalculation
/// becomes wasteful.
class AllocationTest {
    private static final int CLIENTS = 100;

    /// A quarter above the 229,629 bytes that were allocated in November 2026, when the limit was set.
    private static final long BYTES_OF_A_CLIENT = 287_000;

    @Test
    void aClientThatIsRecalculatedAllocatesLittle() {
        RefreshedClients clients = new RefreshedClients(CLIENTS);
        // The first time allocates what is made once.
        clients.recalculate();

        Map<RefreshedClients.Step, RefreshedClients.Used> used = clients.recalculate();

        long bytes =
                used.values().stream().mapToLong(RefreshedClients.Used::bytes).sum();
        assertThat(bytes / CLIENTS).as("%s", used).isBetween(1L, BYTES_OF_A_CLIENT);
    }
}
