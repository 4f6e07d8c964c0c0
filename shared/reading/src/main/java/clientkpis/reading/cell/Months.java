package clientkpis.reading.cell;

import clientkpis.kpi.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names of months in Portuguese and English, in full and as spreadsheets and systems shorten them.
final class Months {
    private static final List<List<String>> NAMES = List.of(
            List.of("janeiro", "january", "jan"),
            List.of("fevereiro", "february", "fev", "feb"),
            List.of("marco", "march", "mar"),
            List.of("abril", "april", "abr", "apr"),
            List.of("maio", "may", "mai"),
            List.of("junho", "june", "jun"),
            List.of("julho", "july", "jul"),
            List.of("agosto", "august", "ago", "aug"),
            List.of("setembro", "september", "set", "sep", "sept"),
            List.of("outubro", "october", "out", "oct"),
            List.of("novembro", "november", "nov"),
            List.of("dezembro", "december", "dez", "dec"));

    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        for (int i = 0; i < NAMES.size(); i++) {
            for (String name : NAMES.get(i)) {
                NUMBERS.put(name, i + 1);
            }
        }
    }

    private Months() {}

    /// 1 to 12, or -1.
    static int number(String name) {
        return NUMBERS.getOrDefault(Texts.fold(name), -1);
    }
}
