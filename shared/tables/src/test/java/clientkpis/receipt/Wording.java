package clientkpis.receipt;

import clientkpis.kpi.configuration.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Words that only one of the languages has, and that no sentence of it does without for long.
final class Wording {
    private static final Map<Language, Set<String>> ONLY = Map.of(
            Language.ENGLISH,
            Set.of(
                    "the",
                    "is",
                    "are",
                    "and",
                    "of",
                    "not",
                    "with",
                    "this",
                    "that",
                    "file",
                    "row",
                    "rows",
                    "line",
                    "which",
                    "was",
                    "were",
                    "has",
                    "have",
                    "from",
                    "its",
                    "than",
                    "each",
                    "nor",
                    "or",
                    "to",
                    "it",
                    "by",
                    "more",
                    "column",
                    "expected",
                    "number",
                    "date",
                    "value",
                    "workbook",
                    "sheet",
                    "rejected",
                    "client"),
            Language.PORTUGUESE,
            Set.of(
                    "da",
                    "das",
                    "um",
                    "uma",
                    "que",
                    "de",
                    "é",
                    "são",
                    "para",
                    "com",
                    "linha",
                    "linhas",
                    "arquivo",
                    "ou",
                    "na",
                    "nas",
                    "está",
                    "mais",
                    "como",
                    "coluna",
                    "planilha",
                    "cliente",
                    "valor",
                    "número",
                    "ele",
                    "ela",
                    "foi",
                    "sem",
                    "já",
                    "até"));

    private Wording() {}

    /// The words of a sentence that are of another language. Code in backticks or braces is of none, and so are the
    /// options of a command.
    static List<String> foreign(String sentence, Language language) {
        Language other = language == Language.ENGLISH ? Language.PORTUGUESE : Language.ENGLISH;
        Set<String> words = ONLY.get(other);
        return Arrays.stream(sentence.replaceAll(
                                "`[^`]*`|[{\"][^}\"]*[}\"]|[a-zA-Z]+[./_][a-zA-Z./_{}]+|--[a-z][a-z-]*", " ")
                        .toLowerCase(Locale.ROOT)
                        .split("[^\\p{L}]+", -1))
                .filter(words::contains)
                .collect(Collectors.toList());
    }
}
