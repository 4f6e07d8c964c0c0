package clientkpis.cli.input;

import clientkpis.cli.words.Words;
import clientkpis.configuration.check.ConfigurationCheck;
import clientkpis.json.Json;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.reading.format.FileFormat;
import clientkpis.receipt.Sentence;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a folder of exports holds: which files are uploaded on which day, in which order, and as which object.
///
/// One class, because each of these depends on the others: a folder's day decides what its files are.
///
/// @param days in order, including the days without an upload; never empty
/// @param leftOut what is in the folder and is not uploaded
public record Exports(List<Day> days, List<LeftOut> leftOut) {
    /// A file or folder that is not uploaded.
    ///
    /// @param path below the folder of exports, with `/`
    public record LeftOut(String path, Sentence why) {}

    /// One day of the replay: its uploads, in the natural order of their paths.
    public record Day(LocalDate date, List<File> uploads) {}

    /// One file, and what is uploaded of it.
    ///
    /// @param path below the folder of exports, with `/`
    /// @param table the folder under `uploads/{tenant}/`: a table, or `auto`; for a file of no known table that is not
    ///     uploaded, the beginning of its own name
    /// @param name what follows the table in the object's key
    public record File(Path file, String path, String table, String name) {
        public String key(String tenant) {
            return switch (table) {
                case CONFIGURATION -> "configuration/" + tenant + ".json";
                case ERASURES -> "erasures/" + tenant + "/" + name;
                default -> "uploads/" + tenant + "/" + table + "/" + name;
            };
        }

        /// Whether it is an upload of a table, known or not.
        boolean isUpload() {
            return !table.equals(CONFIGURATION) && !table.equals(ERASURES);
        }

        /// The same, where intake looks for its table if nothing has said it.
        private File in(Tables tables) {
            return isUpload() && tables.find(table) == null ? new File(file, path, Upload.AUTO, name) : this;
        }

        boolean isSnapshot() {
            return isUpload() && name.startsWith("snapshot/");
        }
    }

    /// Used in place of a table for a file that is not an upload.
    public static final String CONFIGURATION = "/configuration";

    static final String ERASURES = "/erasures";

    private static final String CONTRACTS = "contracts";

    static final String CONFIGURATION_FILE = "configuration.json";
    /// How exports end beside those of [FileFormat]: what is in them shows when they are read.
    private static final List<String> OTHER_EXPORTS = List.of(".xlsx", ".xls", ".ods", ".zip", ".tsv", ".json", ".gz");

    /// Plans the replay of a folder.
    ///
    /// @param asOf the last day; null: the day of the last dated folder or, without dated folders, `today`
    /// @throws UsageException when the folder cannot be replayed as it is
    public static Exports read(Path folder, @Nullable LocalDate asOf, LocalDate today, Tables tables)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    Files.exists(folder) ? Words.of("exports.is_file", folder) : Words.of("exports.missing", folder));
        }
        List<LeftOut> leftOut = new ArrayList<>();
        List<Path> children = children(folder);
        TreeMap<LocalDate, List<Path>> dated = new TreeMap<>();
        List<Path> beside = new ArrayList<>();
        for (Path child : children) {
            LocalDate day = Files.isDirectory(child) ? DayFolders.day(name(child)) : null;
            if (day == null) {
                beside.add(child);
            } else {
                dated.computeIfAbsent(day, d -> new ArrayList<>()).add(child);
            }
        }
        ExportNames names = new ExportNames(tables, configuration(folder));
        List<Day> days = new ArrayList<>();
        if (dated.isEmpty()) {
            days.add(
                    new Day(asOf == null ? today : asOf, in(tables, names.files(folder, "", List.of(), leftOut::add))));
        } else {
            List<File> first = beside(beside, names, leftOut);
            LocalDate last = asOf == null ? dated.lastKey() : asOf;
            if (last.isBefore(dated.lastKey())) {
                throw new UsageException(Words.of(
                        "exports.as_of", last, dated.lastEntry().getValue().getLast()));
            }
            for (LocalDate day = dated.firstKey(); !day.isAfter(last); day = day.plusDays(1)) {
                List<File> files = new ArrayList<>();
                for (Path of : dated.getOrDefault(day, List.of())) {
                    // A second folder of a day may have files of the same names.
                    List<String> above = files.isEmpty() ? List.of() : List.of(name(of));
                    files.addAll(names.files(of, name(of) + "/", above, leftOut::add));
                }
                if (day.equals(dated.firstKey())) {
                    first.stream().filter(File::isUpload).forEach(files::add);
                    first.stream().filter(file -> !file.isUpload()).forEach(files::addFirst);
                }
                days.add(new Day(day, in(tables, files)));
            }
        }
        days.stream().flatMap(day -> day.uploads().stream()).forEach(file -> Unreadable.check(file.file()));
        if (days.stream().allMatch(day -> day.uploads().isEmpty())) {
            throw new UsageException(Words.of(
                    "exports.none",
                    folder,
                    Words.of("exports.or", "contracts.csv", "financeiro-2026-11.jsonl.gz"),
                    leftOut.stream()
                            .map(one -> Words.of("exports.left_out", one.path(), one.why()))
                            .toList()));
        }
        return new Exports(List.copyOf(days), List.copyOf(leftOut));
    }

    private static List<File> in(Tables tables, List<File> files) {
        return files.stream().map(file -> file.in(tables)).toList();
    }

    /// The configuration of a folder of exports, as far as it is valid: whether it is, the run says.
    private static Configuration configuration(Path folder) throws IOException {
        Path file = folder.resolve(CONFIGURATION_FILE);
        return Files.isReadable(file)
                        && ConfigurationCheck.check(Files.readAllBytes(file))
                                instanceof ConfigurationCheck.Result.Accepted accepted
                ? accepted.configuration()
                : Configuration.DEFAULT;
    }

    /// The uploads of the files below a folder, as if all were of one day.
    ///
    /// @param leftOut gets what is not uploaded
    static List<File> below(Path folder, Tables tables, List<LeftOut> leftOut) throws IOException {
        return new ExportNames(tables, Configuration.DEFAULT).files(folder, "", List.of(), leftOut::add);
    }

    /// Files in the order in which they must be uploaded: the files of a wave together, and the next wave once
    /// everything that the wave started has finished.
    public static List<List<File>> waves(List<File> files) {
        List<List<File>> waves = new ArrayList<>();
        // A configuration precedes the files that it applies to. The registry comes first, so that receipts know which
        // clients are registered on that day; then the contracts, whose ids the others are compared with where nothing
        // is registered. Erasures come last and include what the day's files added.
        each(files, file -> file.table().equals(CONFIGURATION), waves);
        together(files, file -> file.table().equals(Tables.REGISTRY) && !file.isSnapshot(), waves);
        together(files, file -> file.table().equals(CONTRACTS) && !file.isSnapshot(), waves);
        together(
                files,
                file -> file.isUpload()
                        && !file.table().equals(Tables.REGISTRY)
                        && !file.table().equals(CONTRACTS)
                        && !file.isSnapshot(),
                waves);
        // One at a time: the guard of a snapshot counts the rows that are stored.
        each(files, File::isSnapshot, waves);
        together(files, file -> file.table().equals(ERASURES), waves);
        return waves;
    }

    private static void each(List<File> files, Predicate<File> which, List<List<File>> waves) {
        files.stream().filter(which).forEach(file -> waves.add(List.of(file)));
    }

    private static void together(List<File> files, Predicate<File> which, List<List<File>> waves) {
        List<File> wave = files.stream().filter(which).toList();
        if (!wave.isEmpty()) {
            waves.add(wave);
        }
    }

    /// The table of a file, by its own name or else its folder's; null when neither begins with the name of a table, or
    /// the folder is `auto`.
    public static @Nullable TableSchema tableOf(Path file, Tables tables) {
        ExportNames names = new ExportNames(tables, Configuration.DEFAULT);
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder != null && name(folder).equals(Upload.AUTO)) {
            return null;
        }
        for (Path named : folder == null ? List.of(file) : List.of(file, folder)) {
            String name = names.tableOf(name(named));
            if (name != null) {
                return tables.find(names.canonical(name));
            }
        }
        return null;
    }

    /// The tenant's configuration after the last day.
    public Configuration configuration() {
        return configurations(days)
                .reduce((before, after) -> after)
                .map(ConfigurationCheck.Result.Accepted::configuration)
                .orElse(Configuration.DEFAULT);
    }

    /// The same as it was written; without members when there is none.
    public JsonNode configurationJson() {
        return configurationJson(days);
    }

    private static JsonNode configurationJson(List<Day> days) {
        return configurations(days)
                .reduce((before, after) -> after)
                .map(ConfigurationCheck.Result.Accepted::json)
                .orElseGet(Json::object);
    }

    /// The same without the days before the first upload.
    public Exports fromFirstUpload() {
        return new Exports(
                days.stream().dropWhile(day -> day.uploads().isEmpty()).toList(), leftOut);
    }

    /// The same with the configuration of the first day changed.
    ///
    /// @param file where the changed one is written
    public Exports reconfigured(UnaryOperator<JsonNode> change, Path file) throws IOException {
        Day first = days.getFirst();
        Files.writeString(file, change.apply(configurationJson(List.of(first))).toString());
        List<File> uploads = new ArrayList<>(first.uploads());
        // After the day's own, which may be wrong and is then rejected as always.
        uploads.add(new File(file, CONFIGURATION_FILE, CONFIGURATION, CONFIGURATION_FILE));
        List<Day> changed = new ArrayList<>(days);
        changed.set(0, new Day(first.date(), uploads));
        return new Exports(changed, leftOut);
    }

    /// The language that the tenant's configuration says, or null.
    public @Nullable Language language() {
        return configurations(days)
                .reduce((before, after) -> after)
                .filter(last -> last.json().has("language"))
                .map(last -> last.configuration().language())
                .orElse(null);
    }

    /// A configuration that is not activated.
    ///
    /// @param path below the folder of exports
    public record RejectedConfiguration(String path, List<ConfigurationCheck.Problem> problems) {}

    public List<RejectedConfiguration> rejectedConfigurations() {
        return configurationFiles(days)
                .flatMap(file -> check(file) instanceof ConfigurationCheck.Result.Rejected rejected
                        ? Stream.of(new RejectedConfiguration(file.path(), rejected.problems()))
                        : Stream.empty())
                .toList();
    }

    private static Stream<File> configurationFiles(List<Day> days) {
        return days.stream()
                .flatMap(day -> day.uploads().stream())
                .filter(file -> file.table().equals(CONFIGURATION));
    }

    private static ConfigurationCheck.Result check(File file) {
        try {
            return ConfigurationCheck.check(Files.readAllBytes(file.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<ConfigurationCheck.Result.Accepted> configurations(List<Day> days) {
        return configurationFiles(days)
                .map(Exports::check)
                .filter(ConfigurationCheck.Result.Accepted.class::isInstance)
                .map(ConfigurationCheck.Result.Accepted.class::cast);
    }

    /// How many files are uploads of tables.
    public int files() {
        return (int) days.stream()
                .flatMap(day -> day.uploads().stream())
                .filter(File::isUpload)
                .count();
    }

    /// An export beside dated folders has no day, and guessing one would change the results of the other days.
    ///
    /// @return the configuration, and the files of no known table, which will be rejected
    private static List<File> beside(List<Path> beside, ExportNames names, List<LeftOut> leftOut) throws IOException {
        List<File> first = new ArrayList<>();
        for (Path child : beside) {
            String name = name(child);
            Sentence litter = Litter.why(child);
            if (litter != null) {
                leftOut.add(new LeftOut(name, litter));
            } else if (name.equals(CONFIGURATION_FILE)) {
                first.add(new File(child, name, CONFIGURATION, CONFIGURATION_FILE));
            } else if (Files.isDirectory(child) && holdsExports(child)) {
                throw new UsageException(Words.of("exports.undated", child, DayFolders.FORMS));
            } else if (names.tableOf(name) != null && !Files.isDirectory(child)) {
                throw new UsageException(Words.of("exports.beside", child));
            } else if (isNamedAsExport(name) && !Files.isDirectory(child)) {
                first.add(new File(child, name, ExportNames.stem(name), name));
            } else {
                // Such as a README.
                leftOut.add(new LeftOut(name, Words.of("exports.not_an_export")));
            }
        }
        return first;
    }

    private static boolean holdsExports(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            return below.anyMatch(path -> Files.isRegularFile(path)
                    && Litter.why(path) == null
                    && (isNamedAsExport(name(path)) || name(path).equals(CONFIGURATION_FILE)));
        } catch (UncheckedIOException e) {
            throw Unreadable.because(folder, Objects.requireNonNull(e.getCause()));
        }
    }

    private static boolean isNamedAsExport(String name) {
        return FileFormat.isNamed(name) || OTHER_EXPORTS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted(Comparator.comparing(Exports::name, NaturalOrder.OF_PATHS))
                    .toList();
        } catch (IOException e) {
            throw Unreadable.because(folder, e);
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
