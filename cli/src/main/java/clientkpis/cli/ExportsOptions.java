package clientkpis.cli;

import clientkpis.cli.input.Exports;
import clientkpis.cli.input.UsageException;
import clientkpis.cli.rehearsal.ReconstructedDays;
import clientkpis.cli.words.Words;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The arguments that the commands share which replay a folder of exports.
final class ExportsOptions {
    @Parameters(paramLabel = "DIR", description = "The folder of exports.")
    Path dir = Path.of("");

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = {
                "The first day, yyyy-MM-dd. The days before the first folder are reconstructed from the dates in its"
                        + " rows, as far as they say what was then.",
                "Default: that of the first dated folder or, without dated folders, the last day."
            })
    @Nullable
    LocalDate since;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = {
                "The last day, yyyy-MM-dd. Default: that of the last dated folder or, without dated folders, today.",
                "The days after the last dated folder are recalculated, up to this one."
            })
    private @Nullable LocalDate asOf;

    @Option(
            names = "--out",
            paramLabel = "OUT",
            description = "The folder to write; what an earlier one wrote is replaced. Default: ${DEFAULT-VALUE}.")
    Path out;

    /// @param out the folder to write by default
    ExportsOptions(Path out) {
        this.out = out;
    }

    /// The exports of DIR. Their first day is the one before which days are reconstructed.
    Exports read() throws IOException {
        Exports exports = Exports.read(
                dir, asOf, LocalDate.now(Configuration.DEFAULT.formats().timeZone()), Tables.load());
        if (since == null) {
            return exports;
        }
        Exports uploaded = exports.fromFirstUpload();
        LocalDate observed = uploaded.days().getFirst().date();
        if (!since.isBefore(observed)) {
            throw new UsageException(Words.of("exports.since", since, observed));
        }
        LocalDate earliest = observed.minusDays(ReconstructedDays.MOST);
        if (since.isBefore(earliest)) {
            throw new UsageException(Words.of("exports.since_too_early", since, ReconstructedDays.MOST, earliest));
        }
        return uploaded;
    }
}
