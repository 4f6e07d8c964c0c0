package clientkpis.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliasFormTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Moinho Serra Azul S.A. | moinho serra azul",
                "MOINHO SERRA AZUL S/A | Moinho Serra Azul SA",
                "Clínica Vale Verde Ltda. | CLINICA VALE VERDE",
                "Papelaria Três Pontes - ME | Papelaria Tres Pontes Ltda ME",
                "Escola Lume Educação EIRELI | Escola Lume Educação",
                "Acme, Inc. | ACME LLC",
                "acc-1001 | ACC 1001",
                "99.910.234/0001-33 | 99910234000133",
                "1999823009868 | 01.999.823/0098-68",
                "São João | SAO JOAO"
            })
    void theSameClientHasOneForm(String one, String other) {
        assertThat(AliasForm.of(one)).isEqualTo(AliasForm.of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acc-sa | acc-me",
                "C-1 | C-01",
                "Padaria Sol | Padaria Lua",
                "99910234000133 | 99910234000134",
                "S.A. | Ltda",
                "Me Ltda | Co Ltda",
                "--- | -"
            })
    void anotherClientHasAnother(String one, String other) {
        assertThat(AliasForm.of(one)).isNotEqualTo(AliasForm.of(other));
    }

    @Test
    void idsThatDifferInPunctuationAndLeadingZerosAreAlike() {
        assertThat(AliasForm.likeness("00.038.166/0001-05"))
                .isEqualTo(AliasForm.likeness("38166000105"))
                .isEqualTo("38166000105");
        assertThat(AliasForm.likeness("C-001")).isEqualTo("C001");
        assertThat(AliasForm.likeness("000")).isEmpty();
    }

    @Test
    void theFormOfAFormIsItself() {
        for (String text : new String[] {"Acme, Inc.", "99.910.234/0001-33", "---", "Ação & Cia Ltda"}) {
            assertThat(AliasForm.of(AliasForm.of(text))).isEqualTo(AliasForm.of(text));
        }
    }
}
