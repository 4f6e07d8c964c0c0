package clientkpis.reading;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.format.FileFormat;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.HeaderLine;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import clientkpis.tables.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which table a file, or each sheet of a workbook, is, where nothing but the file says it: the one whose required
/// columns are all there and that it fits better than any other, by a margin.
public final class FoundTable {
    /// How much better the best table fits than the next one.
    private static final int MARGIN = 10;
    private static final int NEAREST = 2;

    private FoundTable() {}

    public sealed interface Result permits Found, Unknown {}

    public record Found(TableSchema table) implements Result {}

    /// @param message what is wrong, where, and what to do about it
    public record Unknown(FileCode code, String message) implements Result {}

    /// A sheet, or the file where it has none or cannot be read.
    ///
    /// @param number of the sheet; 0 of the file
    /// @param name of the sheet; null of the file
    /// @param format as far as it is known; null when the bytes could not be read
    public record Sheet(int number, @Nullable String name, Receipt.@Nullable Format format, Result result) {
        /// The whole file.
        public static Sheet ofFile(Result result) {
            return new Sheet(0, null, null, result);
        }
    }

    /// @param objectName the object's name
    /// @return one for each sheet that is not hidden and has rows; never empty
    public static List<Sheet> of(Path file, String objectName, Configuration configuration) throws IOException {
        Receipt.Format known = null;
        try {
            Source source = TableMatches.source(file, objectName, configuration);
            Receipt.Format format = source.format();
            known = format;
            return FileFormat.of(source)
                    .matches(source, TableMatches.columns(TableMatches.candidates(), configuration))
                    .stream()
                    .map(sheet -> new Sheet(
                            sheet.number(),
                            sheet.name(),
                            format.onSheet(sheet.name()),
                            best(TableMatches.sorted(sheet), configuration.language())))
                    .toList();
        } catch (FileRejectedException e) {
            return List.of(
                    new Sheet(0, null, known, new Unknown(e.code(), e.sentence().in(configuration.language()))));
        }
    }

    private static Result best(List<ColumnMatch> matches, Language language) {
        for (ColumnMatch match : matches) {
            if (match.source() != null) {
                return new Found(match.columns().table());
            }
        }
        if (matches.isEmpty()) {
            return unknown(Sentence.of("unknown_table.no_header"), language);
        }
        ColumnMatch best = matches.getFirst();
        if (HeaderLine.isData(best.scores().row().sample())) {
            return new Unknown(
                    FileCode.UNKNOWN_TABLE, Sentence.of("unknown_table.data").in(language));
        }
        int next = matches.size() == 1 ? Integer.MIN_VALUE / 2 : matches.get(1).fit();
        if (best.isComplete() && best.fit() - next >= MARGIN) {
            return new Found(best.columns().table());
        }
        String nearest = matches.stream()
                .limit(NEAREST)
                .map(match -> match.isComplete()
                        ? match.columns().table().toString()
                        : Sentence.of("unknown_table.lacks", match.columns().table(), lacking(match))
                                .in(language))
                .collect(Collectors.joining("; "));
        return unknown(Sentence.of("unknown_table.nearest", nearest), language);
    }

    private static Unknown unknown(Sentence why, Language language) {
        return new Unknown(
                FileCode.UNKNOWN_TABLE, Sentence.of("unknown_table.file", why).in(language));
    }

    private static String lacking(ColumnMatch match) {
        return match.missing().stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
