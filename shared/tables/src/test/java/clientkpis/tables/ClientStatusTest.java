package clientkpis.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientStatusTest {
    @ParameterizedTest
    @ValueSource(strings = {"Cancelado", "cancelada", "CANCELLED", "canceled"})
    void aCancelledClientIsInactive(String status) {
        assertThat(ClientStatus.isInactive(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Inativo", "inativa", "inactive", "Churned", "encerrado", "Encerrada", "terminated"})
    void aClientIsInactive(String status) {
        assertThat(ClientStatus.isInactive(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ativo", "vigente", "em implantação", ""})
    void anyOtherClientIsNot(String status) {
        assertThat(ClientStatus.isInactive(status)).isFalse();
    }

    @Test
    void withoutAStatusNothingIsSaid() {
        assertThat(ClientStatus.isInactive(null)).isFalse();
    }
}
