package clientkpis.cli;

import clientkpis.cli.cloud.LocalSuite;
import clientkpis.cli.input.UsageException;
import clientkpis.cli.words.Words;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

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

    @Option(
            names = "--lang",
            paramLabel = "L",
            scope = ScopeType.INHERIT,
            description = "The language of what is printed: pt-BR or en. Default: the tenant's, else that of LANG.")
    private @Nullable Language language;

    private Words words = Words.of(System.getenv(), Locale.getDefault());

    /// The words of a command.
    ///
    /// @param spec of the command
    static Words words(@Nullable CommandSpec spec) {
        return words(spec, null);
    }

    /// @param ofTenant the language that the tenant's configuration says, or null
    static Words words(@Nullable CommandSpec spec, @Nullable Language ofTenant) {
        Kpis kpis = (Kpis) Objects.requireNonNull(spec).root().userObject();
        if (kpis.language != null) {
            kpis.words = new Words(kpis.language);
        } else if (ofTenant != null) {
            kpis.words = new Words(ofTenant);
        }
        return kpis.words;
    }

    private static Language language(String tag) {
        try {
            return Language.of(tag);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'%s' is not a language: give pt-BR or en.".formatted(tag));
        }
    }

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
                .addSubcommand(new RehearseCommand(clouds, err, terminal))
                .addSubcommand(new ServeCommand())
                .addSubcommand(new InspectCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new RepublishCommand())
                .addSubcommand(new RestoreCommand())
                .addSubcommand(new RemoveCommand())
                .addSubcommand(new HelpCommand())
                .registerConverter(LocalDate.class, Kpis::date)
                .registerConverter(Language.class, Kpis::language)
                .setExecutionStrategy(Kpis::execute)
                .setOut(new PrintWriter(out, true, java.nio.charset.StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, java.nio.charset.StandardCharsets.UTF_8))
                .setExitCodeExceptionMapper(
                        failure -> failure instanceof UsageException || failure instanceof ParameterException
                                ? CommandLine.ExitCode.USAGE
                                : FAILED)
                .setParameterExceptionHandler((failure, arguments) -> WrongUsage.print(failure, arguments))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr()
                            .println(command.getColorScheme()
                                    .errorText("kpis: " + Failure.message(failure, words(command.getCommandSpec()))));
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

    private static int execute(ParseResult parsed) {
        CommandLine all = parsed.commandSpec().commandLine();
        Help.in(words(all.getCommandSpec()), all);
        return new RunLast().execute(parsed);
    }

    /// The folder with the template and the built functions.
    static Path root() {
        String root = System.getProperty("clientkpis.root");
        if (root == null) {
            throw new UsageException(Words.of("root.not_set"));
        }
        return Path.of(root);
    }

    static void checkTenant(String tenant) {
        if (!Tenant.isAllowed(tenant)) {
            throw new UsageException(Words.of("tenant.not_allowed", tenant));
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
