package clientkpis.reading;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.tables.Column;
import clientkpis.tables.FileCode;
import clientkpis.tables.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Which table a file is, where nothing but the file says it: the one whose required columns are all there and that it
/// fits better than any other, by a margin.
public final class FoundTable {
    /// How much better the best table fits than the next one.
    private static final int MARGIN = 10;
    private static final int NEAREST = 2;

    private FoundTable() {}

    public sealed interface Result permits Found, Unknown {}

    public record Found(TableSchema table) implements Result {}

    /// @param message what is wrong, where, and what to do about it
    public record Unknown(FileCode code, String message) implements Result {}

    /// @param objectName the object's name
    public static Result of(Path file, String objectName, Configuration configuration) throws IOException {
        try {
            return best(TableMatches.of(file, objectName, TableMatches.candidates(), configuration));
        } catch (FileRejectedException e) {
            return new Unknown(e.code(), e.message());
        }
    }

    private static Result best(List<ColumnMatch> matches) {
        for (ColumnMatch match : matches) {
            if (match.source() != null) {
                return new Found(match.columns().table());
            }
        }
        ColumnMatch best = matches.get(0);
        ColumnMatch next = matches.get(1);
        if (best.isComplete() && best.fit() - next.fit() >= MARGIN) {
            return new Found(best.columns().table());
        }
        String nearest = matches.stream()
                .limit(NEAREST)
                .map(match -> match.columns().table() + (match.isComplete() ? "" : ", but it lacks " + lacking(match)))
                .collect(Collectors.joining("; "));
        return new Unknown(
                FileCode.UNKNOWN_TABLE,
                "Neither the name nor the headers say which table this is. Nearest: %s. Upload it to the folder of its table, or see what `kpis inspect --propose` makes of it."
                        .formatted(nearest));
    }

    private static String lacking(ColumnMatch match) {
        return match.missing().stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
