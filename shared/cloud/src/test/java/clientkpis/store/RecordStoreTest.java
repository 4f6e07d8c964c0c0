package clientkpis.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordStoreTest {
    @Test
    void idsThatDifferInPunctuationAndLeadingZerosHaveOneNormalForm() {
        assertThat(RecordStore.normalForm("00.038.166/0001-05"))
                .isEqualTo(RecordStore.normalForm("38166000105"))
                .isEqualTo("38166000105");
        assertThat(RecordStore.normalForm("C-001")).isEqualTo("C001");
        assertThat(RecordStore.normalForm("000")).isEmpty();
    }
}
