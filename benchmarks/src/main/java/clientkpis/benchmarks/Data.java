package clientkpis.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes data sets for trying and measuring by hand.
public final class Data {

    private static final String USAGE = """
        Usage: Data mixed SEED CLIENTS DAYS FOLDER   every dialect, faulty rows; FOLDER/data and FOLDER/expected.json
               Data broken SEED CLIENTS DAYS FOLDER  the same with files that are rejected whole among them
               Data day CLIENTS ROWS FOLDER          one large day, plain
               Data days CLIENTS DAYS FOLDER         many days, mixed
        """;

    private Data() {}

    /// Writes FOLDER/data and FOLDER/expected.json, or prints the usage.
    public static void main(String[] args) throws IOException {
        DataPortfolio portfolio = switch (args.length == 0 ? "" : args[0] + " " + args.length) {
            case "mixed 5", "broken 5" ->
                DataPortfolio.mixed(
                        Long.parseLong(args[1]), number(args[2]), number(args[3]), args[0].equals("broken"));
            case "day 4" -> DataPortfolio.day(number(args[1]), number(args[2]));
            case "days 4" -> DataPortfolio.days(number(args[1]), number(args[2]));
            default -> null;
        };
        if (portfolio == null) {
            System.err.print(USAGE);
            System.exit(2);
            return;
        }
        Path folder = Path.of(args[args.length - 1]);
        portfolio.writeTo(folder.resolve("data"));
        Files.writeString(folder.resolve("expected.json"), portfolio.expected().json());
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }
}
