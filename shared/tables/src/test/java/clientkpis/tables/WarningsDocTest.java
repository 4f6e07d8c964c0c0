package clientkpis.tables;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.receipt.WarningCode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarningsDocTest {

    @ParameterizedTest
    @EnumSource(WarningCode.class)
    void theFirstStepsSayWhatEachWarningMeansAndWhatToDo(WarningCode code) throws IOException {
        String page = Page.of("pt/primeiros-passos.md").text();

        assertThat(page.lines().filter(line -> line.startsWith("| `" + code.label() + "` |")))
                .singleElement()
                .satisfies(line -> assertThat(line.split(" \\| ")).hasSize(3).noneMatch(String::isBlank));
    }
}
