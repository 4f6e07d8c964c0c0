package clientkpis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPortfolioTest {

    private final DataPortfolio portfolio = DataPortfolio.mixed(7, 60, 75, true);

    @Test
    void everySituationComesAndGoes() {
        assertThat(portfolio.expected().changes())
                .extracting(change -> change.from() + " to " + change.to())
                .contains("neutral to risk", "risk to neutral", "neutral to opportunity", "opportunity to neutral");
    }

    @Test
    void everyFieldIsThereAndAbsentForSomeClient() {
        Map<String, Long> clients = portfolio.expected().clients().values().stream()
                .flatMap(fields -> fields.keySet().stream())
                .collect(Collectors.groupingBy(field -> field, Collectors.counting()));

        assertThat(clients).hasSize(34);
        clients.remove("situation");
        assertThat(clients.values()).allMatch(count -> count < 60);
    }

    @Test
    void someDaysHaveNoFilesAndSomeRowsMustBeRejected() {
        LocalDate first = LocalDate.of(2026, 9, 1);
        assertThat(first.datesUntil(portfolio.asOf())
                        .filter(day -> portfolio.uploads().stream()
                                .noneMatch(upload -> upload.day().equals(day))))
                .isNotEmpty();
        assertThat(portfolio.uploads())
                .anyMatch(upload -> upload.rows().stream().anyMatch(row -> !row.valid()));
        assertThat(portfolio.uploads()).anyMatch(upload -> !upload.form().readable());
    }

    @Test
    void pathsOfOneDayAreUnique() {
        assertThat(portfolio.uploads())
                .extracting(upload -> upload.day() + "/" + upload.path())
                .doesNotHaveDuplicates();
    }

    @Test
    void sameSeedGivesTheSameBytes(@TempDir Path folder) throws Exception {
        DataPortfolio.mixed(3, 10, 20, true).writeTo(folder.resolve("one"));
        DataPortfolio.mixed(3, 10, 20, true).writeTo(folder.resolve("two"));

        assertThat(files(folder.resolve("one"))).isEqualTo(files(folder.resolve("two")));
    }

    @Test
    void largeDayHasTheRowsAndClientsThatWereAskedFor() {
        DataPortfolio day = DataPortfolio.day(100, 5_000);

        assertThat(day.uploads()).hasSize(8);
        assertThat(day.uploads().stream()
                        .mapToInt(upload -> upload.rows().size())
                        .sum())
                .isEqualTo(5_000);
        assertThat(day.expected().clients()).hasSize(100);
    }

    private static Map<String, String> files(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            Map<String, String> files = new TreeMap<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return files;
        }
    }
}
