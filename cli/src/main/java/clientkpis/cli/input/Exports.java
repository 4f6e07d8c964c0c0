package clientkpis.cli.input;

import clientkpis.reading.format.FileFormat;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a folder of exports holds: which files are uploaded on which day, in which order, and as which object.
///
/// @param days in order, including the days without an upload; never empty
public record Exports(List<Day> days) {

    /// One day of the replay: its uploads, in order of their paths.
    public record Day(LocalDate date, List<File> uploads) {}

    /// One file, and what is uploaded of it.
    ///
    /// @param path below the folder of exports, with `/`
    /// @param table the folder under `uploads/{tenant}/`: a table or, for a file of no known table, the beginning of
    ///     its own name
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

        boolean isSnapshot() {
            return isUpload() && name.startsWith("snapshot/");
        }
    }

    /// Used in place of a table for a file that is not an upload.
    public static final String CONFIGURATION = "/configuration";

    static final String ERASURES = "/erasures";

    static final String CONFIGURATION_FILE = "configuration.json";
    private static final String A_DATE = "\\d{4}-\\d{2}-\\d{2}";

    /// Plans the replay of a folder.
    ///
    /// @param asOf the last day; null: the day of the last dated folder or, without dated folders, `today`
    /// @throws UsageException when the folder cannot be replayed as it is
    public static Exports read(Path folder, @Nullable LocalDate asOf, LocalDate today, Tables tables)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    Files.exists(folder)
                            ? folder + " is a file. Give the folder that holds the exports."
                            : folder + " does not exist. Give the folder that holds the exports.");
        }
        TreeMap<LocalDate, Path> dated = datedFolders(folder);
        ExportNames names = new ExportNames(tables);
        List<Day> days = new ArrayList<>();
        if (dated.isEmpty()) {
            days.add(new Day(asOf == null ? today : asOf, names.files(folder, "")));
        } else {
            List<File> strays = beside(folder, names);
            LocalDate last = asOf == null ? dated.lastKey() : asOf;
            if (last.isBefore(dated.lastKey())) {
                throw new UsageException("--as-of %s is before the folder %s. Give its date or a later one."
                        .formatted(last, dated.lastEntry().getValue()));
            }
            for (LocalDate day = dated.firstKey(); !day.isAfter(last); day = day.plusDays(1)) {
                Path uploads = dated.get(day);
                List<File> files = new ArrayList<>(uploads == null ? List.of() : names.files(uploads, day + "/"));
                if (day.equals(dated.firstKey())) {
                    files.addAll(strays);
                    Path configuration = folder.resolve(CONFIGURATION_FILE);
                    if (Files.isRegularFile(configuration)) {
                        files.addFirst(new File(configuration, CONFIGURATION_FILE, CONFIGURATION, CONFIGURATION_FILE));
                    }
                }
                days.add(new Day(day, List.copyOf(files)));
            }
        }
        if (days.stream().allMatch(day -> day.uploads().isEmpty())) {
            throw new UsageException(
                    "%s holds no exports. Put files there that are named after their tables, such as %s."
                            .formatted(folder, "contracts.csv or financeiro-2026-11.jsonl.gz"));
        }
        return new Exports(List.copyOf(days));
    }

    /// The uploads of the files below a folder, as if all were of one day.
    static List<File> below(Path folder, Tables tables) throws IOException {
        return new ExportNames(tables).files(folder, "");
    }

    /// Files in the order in which they must be uploaded: the files of a wave together, and the next wave once
    /// everything that the wave started has finished.
    public static List<List<File>> waves(List<File> files) {
        List<List<File>> waves = new ArrayList<>();
        // A configuration precedes the files that it applies to. The registry comes first, so that receipts know which
        // clients are registered on that day. Erasures come last and include what the day's files added.
        each(files, file -> file.table().equals(CONFIGURATION), waves);
        together(files, file -> file.table().equals(Tables.REGISTRY) && !file.isSnapshot(), waves);
        together(files, file -> file.isUpload() && !file.table().equals(Tables.REGISTRY) && !file.isSnapshot(), waves);
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

    /// The table of a file, by its own name or else its folder's; null when neither begins with the name of a table.
    public static @Nullable TableSchema tableOf(Path file, Tables tables) {
        ExportNames names = new ExportNames(tables);
        Path folder = file.toAbsolutePath().normalize().getParent();
        for (Path named : folder == null ? List.of(file) : List.of(file, folder)) {
            String name = names.tableOf(name(named));
            if (name != null) {
                return tables.find(names.canonical(name));
            }
        }
        return null;
    }

    /// How many files are uploads of tables.
    public int files() {
        return (int) days.stream()
                .flatMap(day -> day.uploads().stream())
                .filter(File::isUpload)
                .count();
    }

    private static TreeMap<LocalDate, Path> datedFolders(Path folder) throws IOException {
        TreeMap<LocalDate, Path> dated = new TreeMap<>();
        for (Path child : visible(folder)) {
            String name = name(child);
            if (Files.isDirectory(child) && name.matches(A_DATE)) {
                try {
                    dated.put(LocalDate.parse(name), child);
                } catch (DateTimeException e) {
                    throw new UsageException(child + " is not a date that exists. Rename the folder, yyyy-MM-dd.");
                }
            }
        }
        return dated;
    }

    /// An export beside dated folders has no day, and guessing one would change the results of the other days.
    ///
    /// @return the files of no known table, which will be rejected
    private static List<File> beside(Path folder, ExportNames names) throws IOException {
        List<File> strays = new ArrayList<>();
        for (Path child : visible(folder)) {
            String name = name(child);
            if (!name.equals(CONFIGURATION_FILE) && !name.matches(A_DATE) && names.tableOf(name) != null) {
                throw new UsageException(
                        child + " is beside folders that are named by date. Move it into the folder of its day.");
            } else if (Files.isRegularFile(child) && FileFormat.named(name).isPresent()) {
                // Other files beside dated folders, such as a README, are not exports.
                strays.add(new File(child, name, ExportNames.stem(name), name));
            }
        }
        return strays;
    }

    private static List<Path> visible(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !isHidden(child)).sorted().toList();
        }
    }

    static boolean isHidden(Path path) {
        return name(path).startsWith(".");
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
