package clientkpis.kpi.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdMatchTest {
    @ParameterizedTest
    @CsvSource({
        "99910234000133, 99.910.234/0001-33",
        "99.910.234/0001-33, 99.910.234/0001-33",
        "1999823009868, 01.999.823/0098-68",
        "12abc34501de35, 12.ABC.345/01DE-35",
        "52998224725, 529.982.247-25",
    })
    void aCnpjOrCpfIsOneIdHoweverItIsWritten(String written, String id) {
        assertThat(ClientIdMatch.CNPJ_CPF.id(written)).isEqualTo(id);
        assertThat(ClientIdMatch.EXACT.id(written)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C-001", "99910234000134", "00000000000000", "Padaria Sol", "8812450"})
    void allElseIsText(String id) {
        assertThat(ClientIdMatch.CNPJ_CPF.id(id)).isEqualTo(id);
    }

    @Test
    void aConfigurationNamesIt() {
        for (ClientIdMatch match : ClientIdMatch.values()) {
            assertThat(ClientIdMatch.of(match.label())).isEqualTo(match);
        }
    }
}
