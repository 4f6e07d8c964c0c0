package clientkpis.cli;

import clientkpis.cli.input.UsageException;
import clientkpis.cli.words.Words;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kpis help`: prints what `--help` prints.
@Command(
        name = "help",
        aliases = "ajuda",
        description = {"Prints the help of a command, or of all.", ""},
        exitCodeList = {"0:the command succeeded", "2:wrong usage"})
final class HelpCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command. Default: all.")
    private @Nullable String command;

    @Override
    public Integer call() {
        CommandLine all = Objects.requireNonNull(spec).commandLine().getParent();
        CommandLine of = command == null ? all : all.getSubcommands().get(command);
        if (of == null) {
            throw new UsageException(Words.of(
                    "help.no_command",
                    String.valueOf(command),
                    List.copyOf(all.getSubcommands().keySet())));
        }
        of.usage(all.getOut());
        return 0;
    }
}
