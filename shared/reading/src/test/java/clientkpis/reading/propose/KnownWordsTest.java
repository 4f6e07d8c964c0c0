package clientkpis.reading.propose;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.tables.Vocabulary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The words of other systems and those of the tables: what is proposed for a word is never something else than what
/// the word means without a proposal.
class KnownWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"contracts", "billing", "clients", "activities"})
    void whatAWordMeansIsWhatTheTableSaysOfItAndOfItsMeaning(String table) {
        Vocabulary vocabulary = Vocabulary.of(table, "status");
        var words = KnownWords.load().words(table + ".status");

        assertThat(words).isNotEmpty().allSatisfy((word, meaning) -> {
            if (!meaning.isEmpty()) {
                assertThat(vocabulary.meaning(meaning)).as(meaning).isNotNull();
                assertThat(vocabulary.meaning(word)).as(word).isIn(null, vocabulary.meaning(meaning));
            }
        });
    }
}
