package clientkpis.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
    @ParameterizedTest
    @CsvSource({
        "Ativo, ativo",
        "Concluída, concluida",
        "CONCLUÍDA, concluida",
        "São Paulo, sao paulo",
        "Straße, STRASSE",
        "STRAẞE, strasse",
        "ÇÃO, cao",
        "İstanbul, istanbul"
    })
    void textsAreEqualWithoutCaseAndAccents(String a, String b) {
        assertThat(Texts.fold(a)).isEqualTo(Texts.fold(b));
    }

    @Test
    void composedAndDecomposedAccentsAreEqual() {
        assertThat(Texts.fold("Conclui\u0301da")).isEqualTo(Texts.fold("Conclu\u00EDda"));
    }

    @Test
    void otherDifferencesStay() {
        assertThat(Texts.fold("ativo")).isNotEqualTo(Texts.fold("ativa"));
        assertThat(Texts.fold("tier 1")).isNotEqualTo(Texts.fold("tier-1"));
    }

    @Property
    void foldingTwiceIsFoldingOnce(@ForAll String text) {
        assertThat(Texts.fold(Texts.fold(text))).isEqualTo(Texts.fold(text));
    }

    @Property
    void caseAndFormOfAccentsMeanNothing(@ForAll @CharRange(from = ' ', to = '\u00FF') String text) {
        assertThat(Texts.fold(text.toUpperCase(Locale.ROOT))).isEqualTo(Texts.fold(text));
        assertThat(Texts.fold(Normalizer.normalize(text, Normalizer.Form.NFD))).isEqualTo(Texts.fold(text));
    }
}
