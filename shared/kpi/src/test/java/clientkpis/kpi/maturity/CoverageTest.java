package clientkpis.kpi.maturity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 30);

    private final Coverage coverage = new Coverage(DAY);

    @Test
    void clientsAndMrrPerCsAreOfTheActiveClients() {
        coverage.add(false, "Luíza", new BigDecimal("100.00"), null, false);
        coverage.add(false, "LUIZA", new BigDecimal("50.00"), null, false);
        coverage.add(true, "Caio", new BigDecimal("7.00"), null, false);
        coverage.add(false, "Rui", null, null, false);
        assertThat(coverage.clientsPerCs()).isEqualTo(new BigDecimal("1.50"));
        assertThat(coverage.mrrPerCs()).isEqualTo(new BigDecimal("75.00"));
    }

    @Test
    void anAccountIsCoveredThroughTheNinetiethDay() {
        coverage.add(false, null, null, DAY, true);
        coverage.add(false, null, null, DAY.minusDays(89), false);
        coverage.add(false, null, null, DAY.minusDays(90), false);
        coverage.add(false, null, null, DAY.plusDays(1), false);
        assertThat(coverage.accountCoverage()).isEqualTo(new BigDecimal("50.00"));
        assertThat(coverage.withSponsor()).isEqualTo(new BigDecimal("25.00"));
    }

    @Test
    void whatWouldDivideByNothingIsAbsent() {
        assertThat(coverage.accountCoverage()).isNull();
        coverage.add(false, null, BigDecimal.TEN, null, false);
        assertThat(coverage.clientsPerCs()).isNull();
        assertThat(coverage.mrrPerCs()).isNull();
    }
}
