package clientkpis.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientIdsTest {
    @Test
    void idsThatDifferInPunctuationAndLeadingZerosHaveOneNormalForm() {
        assertThat(ClientIds.normalForm("00.038.166/0001-05"))
                .isEqualTo(ClientIds.normalForm("38166000105"))
                .isEqualTo("38166000105");
        assertThat(ClientIds.normalForm("C-001")).isEqualTo("C001");
        assertThat(ClientIds.normalForm("000")).isEmpty();
    }
}
