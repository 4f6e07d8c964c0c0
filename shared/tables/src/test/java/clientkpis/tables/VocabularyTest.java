package clientkpis.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
    @ParameterizedTest
    @CsvSource({
        "contracts, status, Em vigor, active",
        "contracts, status, VIGENTE, active",
        "contracts, status, Cancelada, cancelled",
        "contracts, model, mrr, MRR",
        "clients, status, Churned, inactive",
        "billing, status, Voided, cancelled",
        "billing, status, Liquidado, paid",
        "billing, status, Em Aberto, open",
        "billing, status, Refunded, cancelled",
        "activities, status, Concluída, completed",
        "activities, status, done, completed",
        "contacts, role, Sponsor, sponsor",
        "contacts, active, Inativo, false"
    })
    void aWordHasTheMeaningThatItsSchemaSays(String table, String column, String word, String meaning) {
        Vocabulary vocabulary = Vocabulary.of(table, column);
        assertThat(vocabulary.meaning(word)).isEqualTo(meaning);
        assertThat(vocabulary.means(word, meaning)).isTrue();
        assertThat(vocabulary.meanings()).contains(meaning);
        assertThat(vocabulary.meaning(meaning)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "contracts, status, past_due",
        "contracts, status, trialing",
        "contracts, model, Mensal",
        "billing, status, contested"
    })
    void anyOtherWordIsUnknown(String table, String column, String word) {
        assertThat(Vocabulary.of(table, column).meaning(word)).isNull();
        assertThat(Vocabulary.of(table, column).means(null, "active")).isFalse();
    }

    @Test
    void aWordHasOneMeaning() {
        assertThatThrownBy(() -> new Vocabulary(Map.of("open", List.of("x"), "paid", List.of("X"))))
                .hasMessage("X means both open and paid");
    }
}
