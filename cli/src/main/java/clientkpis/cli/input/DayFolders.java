package clientkpis.cli.input;

import clientkpis.cli.words.Words;
import clientkpis.receipt.Sentence;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The days that folders are named by: `2026-03-05`, `20260305`, `2026-3-5`, `05-03-2026`, each with text behind it or
/// not.
final class DayFolders {
    static final Sentence FORMS = Words.of("exports.forms");

    private static final Pattern DAY =
            Pattern.compile("(?:(\\d{4})-(\\d{1,2})-(\\d{1,2})|(\\d{1,2})-(\\d{1,2})-(\\d{4}))(?!\\d).*");
    private static final Pattern DIGITS = Pattern.compile("((?:19|2\\d)\\d{2})(\\d{2})(\\d{2})(?!\\d).*");

    private DayFolders() {}

    /// @return null when the name does not begin with a date
    /// @throws UsageException when it begins with one that does not exist
    static @Nullable LocalDate day(String name) {
        Matcher day = DAY.matcher(name);
        Matcher digits = DIGITS.matcher(name);
        try {
            if (day.matches()) {
                return day.group(1) != null
                        ? date(day.group(1), day.group(2), day.group(3))
                        : date(day.group(6), day.group(5), day.group(4));
            }
            return digits.matches() ? date(digits.group(1), digits.group(2), digits.group(3)) : null;
        } catch (DateTimeException e) {
            throw new UsageException(Words.of("exports.bad_day", name, FORMS));
        }
    }

    private static LocalDate date(String year, String month, String day) {
        return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
    }
}
