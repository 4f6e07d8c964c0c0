package clientkpis.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaxIdTest {
    @ParameterizedTest
    @CsvSource({
        "99910234000133, 99.910.234/0001-33",
        "99.910.234/0001-33, 99.910.234/0001-33",
        "99 910 234 0001 33, 99.910.234/0001-33",
        "1999823009868, 01.999.823/0098-68",
        "12abc34501de35, 12.ABC.345/01DE-35",
        "11144477735, 111.444.777-35",
        "111.444.777-35, 111.444.777-35"
    })
    void aValidIdIsPrintedInOneForm(String written, String printed) {
        assertThat(TaxId.printed(written)).contains(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "301",
                "99910234000134",
                "00000000000000",
                "11111111111",
                "11144477736",
                "999102340001330",
                "acc-1001",
                "99910234000133x",
                "12ABC34501DEA5"
            })
    void anyOtherTextIsNot(String written) {
        assertThat(TaxId.printed(written)).isEmpty();
    }
}
