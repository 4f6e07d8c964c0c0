package clientkpis.cli;

import clientkpis.cli.cloud.Beginning;
import clientkpis.cli.cloud.Cloud;
import clientkpis.cli.cloud.Replay;
import clientkpis.cli.input.Exports;
import clientkpis.cli.input.UsageException;
import clientkpis.cli.output.Output;
import clientkpis.cli.output.Progress;
import clientkpis.cli.output.Results;
import clientkpis.cli.output.RunState;
import clientkpis.cli.output.RunSummary;
import clientkpis.cli.rehearsal.ReconstructedDays;
import clientkpis.cli.words.Words;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kpis run`: turns a folder of exports into a client table, day after day.
@Command(
        name = "run",
        description = {
            "Replays a folder of exports and writes the client table as of the last day.",
            "",
            "DIR holds exports named after their tables (contracts.csv, financeiro-2026-11.jsonl.gz, or a folder nps/"
                    + " with any files), or folders named by date (2026-09-01/) that hold exports. Dated folders are"
                    + " replayed day by day, including the days between them.",
            "",
            "A configuration.json in DIR, or in a dated folder, is the tenant's configuration from then on. A file in"
                    + " a table's folder snapshot/ replaces the whole table. erasures/LIST.csv in a dated folder lists"
                    + " clients to erase.",
            ""
        },
        exitCodeList = {
            "0:every file was applied; some rows may have been rejected",
            "1:a file was rejected whole; its receipt says why",
            "2:wrong usage",
            "3:the run failed; the log says where"
        })
final class RunCommand implements Callable<Integer> {
    /// Starts a cloud from the template in a folder.
    interface Clouds {
        /// @param log where the cloud and its functions log
        /// @param saved what an earlier one saved, to begin with; null: nothing
        Cloud start(Path root, Path log, @Nullable Path saved) throws IOException;
    }

    private final Clouds clouds;
    private final PrintStream progress;
    private final boolean terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ExportsOptions options = new ExportsOptions(Path.of("out"));

    @Option(
            names = "--tenant",
            paramLabel = "T",
            description = "The tenant of the exports: 1 to 40 of a-z, 0-9 and -. Default: ${DEFAULT-VALUE}.")
    private String tenant = "local";

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = {
                "A folder to go on from: the days that it has are not replayed again, and it is written with the new"
                        + " ones. It is made by the first run that names it.",
                "The files of those days must still be there, and be the same."
            })
    private @Nullable Path state;

    /// @param progress where the progress of the replay is shown
    /// @param terminal whether `progress` is a terminal
    RunCommand(Clouds clouds, PrintStream progress, boolean terminal) {
        this.clouds = clouds;
        this.progress = progress;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        Kpis.checkTenant(tenant);
        Exports exports = options.read();
        Words words = Kpis.words(spec, exports.language());
        try (RunState before = state == null ? null : RunState.read(state, options.dir, exports, tenant)) {
            return run(start, exports, words, before);
        }
    }

    private int run(long start, Exports exports, Words words, @Nullable RunState before) throws IOException {
        Output output = Output.at(options.out, options.dir);
        LocalDate replayed = before == null ? null : before.replayed();
        LocalDate since = options.since;
        if (since != null && replayed != null) {
            throw new UsageException(Words.of("state.since", String.valueOf(state)));
        }

        Path log = Files.createTempFile("kpis-", ".log");
        RunSummary summary;
        try {
            Beginning beginning = since == null ? null : beginning(exports, since, log);
            // Without a row that has a date before the first day.
            since = beginning == null || beginning.clients().isEmpty() ? null : since;
            try (Cloud cloud = clouds.start(Kpis.root(), log, before == null ? null : before.cloud())) {
                List<String> events = new ArrayList<>(before == null ? List.of() : before.events());
                try (Progress shown =
                        new Progress(progress, terminal, exports.days().size(), words)) {
                    events.addAll(new Replay(cloud, tenant).run(exports, replayed, beginning, shown));
                    shown.finished();
                }
                summary = output.write(folder -> new Results(cloud, tenant, exports, events).write(folder));
                if (before != null) {
                    before.write(cloud::save, events);
                }
            }
        } catch (RuntimeException | IOException | Error e) {
            // Errors too: the JVM would exit with 1, which means that a file was rejected.
            throw new IllegalStateException(words.say("run.failed", options.out, Failure.message(e, words), log), e);
        }
        Files.delete(log);
        if (spec != null) {
            summary.print(
                    spec.commandLine().getOut(),
                    options.out,
                    since,
                    Duration.ofNanos(System.nanoTime() - start),
                    words);
        }
        return summary.hasRejectedFiles() ? Kpis.REJECTED : 0;
    }

    private Beginning beginning(Exports exports, LocalDate since, Path log) throws IOException {
        try (Cloud cloud = clouds.start(Kpis.root(), log, null)) {
            return ReconstructedDays.of(cloud, tenant, exports, since);
        }
    }
}
