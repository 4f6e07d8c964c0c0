package clientkpis.cli.output;

import clientkpis.cli.words.Words;
import clientkpis.configuration.check.ConfigurationCheck.Problem;
import java.util.List;
import java.util.stream.Collectors;

/// What is wrong with a configuration, a problem per line.
public final class ConfigurationProblems {
    private ConfigurationProblems() {}

    public static String lines(List<Problem> problems, Words words) {
        return problems.stream()
                .map(problem -> "  %s%s"
                        .formatted(
                                problem.pointer().isEmpty() ? "" : Terminal.safe(problem.pointer()) + ": ",
                                Terminal.safe(words.say(problem.message()))))
                .collect(Collectors.joining("\n"));
    }
}
