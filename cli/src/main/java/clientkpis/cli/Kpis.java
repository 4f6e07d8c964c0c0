package clientkpis.cli;

import clientkpis.cli.cloud.LocalSuite;
import clientkpis.cli.input.UsageException;
import clientkpis.kpi.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line. Its commands inherit what the attributes here say, but for the description.
///
/// A new command is a class here, its line in [#commandLine], and its test.
@Command(
        name = "kpis",
        scope = ScopeType.INHERIT,
        description = "Client KPIs on this machine: the same functions, template and AWS APIs as in the cloud.",
        mixinStandardHelpOptions = true,
        versionProvider = Kpis.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the command succeeded", "2:wrong usage", "3:the command failed"})
final class Kpis {
    static final int REJECTED = 1;
    static final int FAILED = 3;

    public static void main(String[] args) {
        System.exit(commandLine(LocalSuite::start, System.out, System.err, Boolean.getBoolean("clientkpis.terminal"))
                .execute(args));
    }

    /// The commands, which print their results to `out` and everything else to `err`.
    ///
    /// @param terminal whether `err` is a terminal
    static CommandLine commandLine(RunCommand.Clouds clouds, PrintStream out, PrintStream err, boolean terminal) {
        return new CommandLine(new Kpis())
                .addSubcommand(new RunCommand(clouds, err, terminal))
                .addSubcommand(new ServeCommand())
                .addSubcommand(new InspectCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new RepublishCommand())
                .addSubcommand(new RestoreCommand())
                .addSubcommand(new RemoveCommand())
                .addSubcommand(new HelpCommand())
                .registerConverter(LocalDate.class, Kpis::date)
                .setOut(new PrintWriter(out, true, java.nio.charset.StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, java.nio.charset.StandardCharsets.UTF_8))
                .setExitCodeExceptionMapper(
                        failure -> failure instanceof UsageException || failure instanceof ParameterException
                                ? CommandLine.ExitCode.USAGE
                                : FAILED)
                .setParameterExceptionHandler((failure, arguments) -> wrongUsage(failure, arguments.length == 0))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(command.getColorScheme().errorText("kpis: " + Failure.message(failure)));
                    return command.getExitCodeExceptionMapper().getExitCode(failure);
                });
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'%s' is not a date of the form yyyy-MM-dd, such as 2026-10-09.".formatted(text));
        }
    }

    /// One line, with what is probably meant. The whole help if nothing was given.
    private static int wrongUsage(ParameterException failure, boolean isEmpty) {
        CommandLine command = failure.getCommandLine();
        String message = String.valueOf(failure.getMessage());
        List<String> path = Stream.iterate(command, Objects::nonNull, CommandLine::getParent)
                .map(CommandLine::getCommandName)
                .toList()
                .reversed();
        String help = path.size() == 1 ? "kpis help" : "kpis help " + path.get(1);
        command.getErr()
                .println(command.getColorScheme()
                        .errorText("kpis: %s%s See %s.".formatted(message, message.endsWith(".") ? "" : ".", help)));
        if (isEmpty) {
            command.usage(command.getErr());
        } else {
            UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }

    /// The folder with the template and the built functions.
    static Path root() {
        String root = System.getProperty("clientkpis.root");
        if (root == null) {
            throw new UsageException("The system property clientkpis.root is not set. Start the program with ./kpis.");
        }
        return Path.of(root);
    }

    static void checkTenant(String tenant) {
        if (!Tenant.isAllowed(tenant)) {
            throw new UsageException(
                    "--tenant %s is not allowed. A tenant's name is 1 to 40 of a-z, 0-9 and -, and does not start with -."
                            .formatted(tenant));
        }
    }

    /// The version, which the build writes into the resources.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties properties = new Properties();
            try (InputStream in = Kpis.class.getResourceAsStream("version.properties")) {
                properties.load(in);
            }
            return new String[] {"kpis " + properties.getProperty("version")};
        }
    }
}
