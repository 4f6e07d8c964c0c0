package clientkpis.cli;

import clientkpis.cli.words.Words;
import clientkpis.kpi.configuration.Language;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What a person reads whose arguments no command takes: one line, with what is probably meant.
final class WrongUsage {
    private WrongUsage() {}

    /// @param arguments all of them; where there are none, the whole help follows
    static int print(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        Words words = words(command, arguments);
        List<String> path = Stream.iterate(command, Objects::nonNull, CommandLine::getParent)
                .map(CommandLine::getCommandName)
                .toList()
                .reversed();
        String help = path.size() == 1 ? "kpis help" : "kpis help " + path.get(1);
        String message = words.language() == Language.ENGLISH ? english(failure) : said(failure, words);
        command.getErr().println(command.getColorScheme().errorText(words.say("usage.see", message, help)));
        if (arguments.length == 0) {
            Help.in(words, command);
            command.usage(command.getErr());
        } else if (words.language() == Language.ENGLISH) {
            UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        } else if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            command.getErr().println(words.say("usage.possible", unmatched.getSuggestions()));
        }
        return CommandLine.ExitCode.USAGE;
    }

    /// The arguments were not all read, so the language is looked for in them.
    private static Words words(CommandLine command, String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String tag = arguments[i].startsWith("--lang=")
                    ? arguments[i].substring("--lang=".length())
                    : arguments[i].equals("--lang") && i + 1 < arguments.length ? arguments[i + 1] : "";
            for (Language language : Language.values()) {
                if (language.tag().equals(tag)) {
                    return new Words(language);
                }
            }
        }
        return Kpis.words(command.getCommandSpec());
    }

    private static String english(ParameterException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    private static String said(ParameterException failure, Words words) {
        return switch (failure) {
            case MissingParameterException missing ->
                words.say(
                        "usage.missing",
                        missing.getMissing().stream().map(WrongUsage::name).toList());
            case UnmatchedArgumentException unmatched ->
                words.say(
                        unmatched.isUnknownOption() ? "usage.unknown_option" : "usage.unmatched",
                        unmatched.getUnmatched().stream()
                                .map(one -> "'" + one + "'")
                                .collect(Collectors.joining(", ")));
            default -> {
                ArgSpec argument = failure.getArgSpec();
                String value = failure.getValue();
                if (argument == null || value == null) {
                    yield words.say(failure.getCommandLine().getParent() == null ? "usage.no_command" : "usage.wrong");
                }
                yield argument.type() == LocalDate.class
                        ? words.say("usage.not_a_date", value)
                        : argument.type() == Language.class
                                ? words.say("usage.not_a_language", value)
                                : words.say("usage.value", name(argument), "'" + value + "'.");
            }
        };
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
