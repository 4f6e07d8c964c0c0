package clientkpis.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListedClientsTest {
    @Test
    void anIdIsNamedAsAWordOfItsOwn() {
        ListedClients clients = new ListedClients(List.of("c1", "11.204.518/0001-07", "Padaria São", "#7", "---"));
        assertThat(List.of(
                        "c1",
                        "x;c1;y",
                        "(c1)",
                        "11.204.518/0001-07 ligou",
                        "id=11.204.518/0001-07",
                        "da Padaria São.",
                        "no #7",
                        "a --- b"))
                .allMatch(clients::isNamedIn);
        assertThat(List.of(
                        "c11",
                        "xc1",
                        "ç1c1",
                        "11.204.518/0001-071",
                        "211.204.518/0001-07",
                        "11204518000107",
                        "Padaria Sao",
                        "Padaria  São",
                        "7",
                        "a#7",
                        "--",
                        ""))
                .noneMatch(clients::isNamedIn);
    }

    /// A simple search, id by id.
    @Test
    void randomTextsAreFoundAsByASearchForEachId() {
        Random random = new Random(7);
        String letters = "ab1. -#";
        for (int round = 0; round < 20_000; round++) {
            List<String> ids = new ArrayList<>();
            IntStream.range(0, 1 + random.nextInt(3))
                    .forEach(i -> ids.add(text(random, letters, 1 + random.nextInt(5))));
            String text = text(random, letters, random.nextInt(14));
            assertThat(new ListedClients(ids).isNamedIn(text))
                    .as("%s in \"%s\"", ids, text)
                    .isEqualTo(ids.stream().anyMatch(id -> isIn(id, text)));
        }
    }

    @Test
    void theOrderIsThatOfTheIdsWhateverThatOfTheList() {
        assertThat(new ListedClients(List.of("b", "a", "b", "c")).listed()).containsExactly("a", "b", "c");
    }

    private static String text(Random random, String letters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static boolean isIn(String id, String text) {
        for (int at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
            int end = at + id.length();
            if ((at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }
}
