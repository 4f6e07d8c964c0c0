package clientkpis.cli;

import clientkpis.cli.cloud.Cloud;
import clientkpis.cli.input.Exports;
import clientkpis.cli.input.Unreadable;
import clientkpis.cli.input.UsageException;
import clientkpis.cli.output.ConfigurationProblems;
import clientkpis.cli.output.Output;
import clientkpis.cli.output.Progress;
import clientkpis.cli.output.Results;
import clientkpis.cli.rehearsal.RehearsalText;
import clientkpis.cli.rehearsal.RehearsedExports;
import clientkpis.cli.words.Words;
import clientkpis.configuration.check.ConfigurationCheck;
import clientkpis.configuration.check.ConfigurationCheck.Result.Accepted;
import clientkpis.json.RehearsalJson;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.rehearsal.Rehearsal;
import clientkpis.kpi.rehearsal.replay.Reconstruction;
import clientkpis.kpi.score.Indicator;
import clientkpis.rehearsal.NotRehearsed;
import clientkpis.rehearsal.RehearsalPage;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kpis rehearse`: what a configuration would have said about the clients who left.
@Command(
        name = "rehearse",
        description = {
            "Tries a configuration on the past: would its score have warned of the clients who left, and whom would it"
                    + " move today?",
            "",
            "DIR holds exports as for `kpis run`, in dated folders. The configuration in force on the last day and the"
                    + " candidate are evaluated at the end of every day, and compared with who left (cancelled_on, an"
                    + " inactive status, no MRR). OUT gets a page (index.html) and every figure with its interval"
                    + " (rehearsal.json); of fewer than ten nothing is claimed. Nothing is changed or published.",
            ""
        },
        exitCodeList = {
            "0:the rehearsal was written",
            "1:the candidate or a file of DIR was rejected as a whole",
            "2:wrong usage",
            "3:the rehearsal failed; the log says where"
        })
final class RehearseCommand implements Callable<Integer> {
    private static final String RESULT = "rehearsal.json";
    private static final String PAGE = "index.html";

    private final RunCommand.Clouds clouds;
    private final PrintStream progress;
    private final boolean terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ExportsOptions options = new ExportsOptions(Path.of("rehearsal"));

    @Option(
            names = "--with",
            paramLabel = "FILE",
            description = {
                "The candidate, a whole configuration. Of it count senseScore, situation and rules.",
                "Default: none; only the configuration in force is tested."
            })
    private @Nullable Path with;

    @Option(
            names = "--horizons",
            paramLabel = "DAYS",
            split = ",",
            description = "Within how many days a client leaves, 1 to 365 each. Default: 30,60,90.")
    private List<Integer> horizons = Rehearsal.Question.HORIZONS;

    /// @param progress where the progress is shown
    /// @param terminal whether `progress` is a terminal
    RehearseCommand(RunCommand.Clouds clouds, PrintStream progress, boolean terminal) {
        this.clouds = clouds;
        this.progress = progress;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (!Rehearsal.Question.areHorizons(horizons)) {
            throw new UsageException(Words.of("rehearse.horizons", Rehearsal.Question.LONGEST));
        }
        Exports exports = options.read();
        Words words = Kpis.words(spec, exports.language());
        PrintWriter to = Objects.requireNonNull(spec).commandLine().getOut();
        Accepted candidate = null;
        if (with != null) {
            Unreadable.check(with);
            switch (ConfigurationCheck.check(Files.readAllBytes(with))) {
                case Accepted accepted -> candidate = accepted;
                case ConfigurationCheck.Result.Rejected rejected -> {
                    PrintWriter err = spec.commandLine().getErr();
                    err.println(words.say("rehearse.bad_candidate", with));
                    err.println(ConfigurationProblems.lines(rejected.problems(), words));
                    return Kpis.REJECTED;
                }
            }
        }
        Output output = Output.at("--out", options.out, options.dir, Set.of(RESULT, PAGE));
        RehearsedExports rehearsed = rehearse(exports, candidate == null ? null : candidate.configuration(), words);
        List<String> notRehearsed =
                candidate == null ? List.of() : NotRehearsed.of(exports.configurationJson(), candidate.json());
        JsonNode json = RehearsalJson.write(
                rehearsed.rehearsal(),
                new RehearsalJson.Told(
                        null,
                        null,
                        null,
                        notRehearsed,
                        options.since == null ? Map.of() : unknownUntil(exports, candidate)));
        output.write(folder -> {
            Files.write(
                    folder.resolve(PAGE),
                    RehearsalPage.render(json, rehearsed.rehearsal().names()));
            return Files.writeString(
                    folder.resolve(RESULT),
                    Results.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        });
        new RehearsalText(to, words)
                .print(rehearsed, notRehearsed, options.out.resolve(RESULT), options.out.resolve(PAGE));
        return rehearsed.rejected().isEmpty() ? 0 : Kpis.REJECTED;
    }

    /// On reconstructed days most fields are not known.
    private static Map<String, LocalDate> unknownUntil(Exports exports, @Nullable Accepted candidate) {
        LocalDate observed = exports.days().getFirst().date();
        Map<String, LocalDate> unknown = new HashMap<>();
        Stream.of(exports.configuration(), candidate == null ? exports.configuration() : candidate.configuration())
                .flatMap(configuration -> configuration.scoring().indicators().stream())
                .map(Indicator::field)
                .filter(field -> !Reconstruction.FIELDS.contains(field))
                .forEach(field -> unknown.put(field, observed));
        return unknown;
    }

    private RehearsedExports rehearse(Exports exports, @Nullable Configuration candidate, Words words)
            throws IOException {
        Path log = Files.createTempFile("kpis-", ".log");
        RehearsedExports rehearsed;
        try (Cloud cloud = clouds.start(Kpis.root(), log, null)) {
            int days = (int) exports.days().stream()
                    .filter(day -> !day.uploads().isEmpty())
                    .count();
            try (Progress shown = new Progress(progress, terminal, days, words)) {
                rehearsed = RehearsedExports.of(
                        cloud, "local", exports, options.since, horizons, exports.configuration(), candidate, shown);
                shown.finished();
            }
        } catch (RuntimeException | IOException | Error e) {
            throw new IllegalStateException(words.say("rehearse.failed", Failure.message(e, words), log), e);
        }
        Files.delete(log);
        return rehearsed;
    }
}
