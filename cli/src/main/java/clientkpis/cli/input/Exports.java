package clientkpis.cli.input;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Texts;
import clientkpis.reading.format.FileFormat;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a folder of exports holds: which files are uploaded on which day, in which order, and as which object.
///
/// @param days in order, from the first to the last, those without an upload too; never empty
public record Exports(List<Day> days) {

    /// One day of the replay: its uploads, in order of their paths.
    public record Day(LocalDate date, List<File> uploads) {}

    /// One file, and what is uploaded of it.
    ///
    /// @param path below the folder of exports, with `/`
    /// @param table the folder under `uploads/{tenant}/`: a table, or where none can be told, what the file calls
    ///     itself
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

    /// What stands in the place of a table for what is none.
    public static final String CONFIGURATION = "/configuration";

    static final String ERASURES = "/erasures";

    private static final String CONFIGURATION_FILE = "configuration.json";
    private static final String ERASURES_FOLDER = "erasures";
    /// A file in `contracts/snapshot/`, and one that is confirmed in `contracts/snapshot/confirm/`.
    private static final List<String> SNAPSHOT_FOLDERS = List.of("snapshot", "confirm");
    private static final String A_DATE = "\\d{4}-\\d{2}-\\d{2}";

    /// Plans the replay of a folder.
    ///
    /// @param asOf the last day, or null for the last dated folder's or, without dated folders, `today`
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
        Plan plan = new Plan(tables);
        List<Day> days = new ArrayList<>();
        if (dated.isEmpty()) {
            days.add(new Day(asOf == null ? today : asOf, plan.files(folder, "")));
        } else {
            List<File> strays = beside(folder, plan);
            LocalDate last = asOf == null ? dated.lastKey() : asOf;
            if (last.isBefore(dated.lastKey())) {
                throw new UsageException("--as-of %s is before the folder %s. Give its date or a later one."
                        .formatted(last, dated.lastEntry().getValue()));
            }
            for (LocalDate day = dated.firstKey(); !day.isAfter(last); day = day.plusDays(1)) {
                Path uploads = dated.get(day);
                List<File> files = new ArrayList<>(uploads == null ? List.of() : plan.files(uploads, day + "/"));
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
            throw new UsageException("%s holds no exports. Put files there that are named after their tables, as %s."
                    .formatted(folder, "contracts.csv or financeiro-2026-11.jsonl.gz"));
        }
        return new Exports(List.copyOf(days));
    }

    /// What would be uploaded of the files below a folder, as on one day.
    static List<File> below(Path folder, Tables tables) throws IOException {
        return new Plan(tables).files(folder, "");
    }

    /// Files in the order in which they mean what they should: those of a wave are uploaded together, and the next when
    /// everything that the wave began has come to its end.
    public static List<List<File>> waves(List<File> files) {
        List<List<File>> waves = new ArrayList<>();
        // A configuration comes before what it reads. The registry arrives first, whatever its time, so that receipts
        // know who is registered on that day; who is to be erased is, with what the day brought.
        each(files, file -> file.table().equals(CONFIGURATION), waves);
        together(files, file -> file.table().equals(Tables.REGISTRY) && !file.isSnapshot(), waves);
        together(files, file -> file.isUpload() && !file.table().equals(Tables.REGISTRY) && !file.isSnapshot(), waves);
        // One at a time: its guard counts what is there.
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

    /// The table that a file is of, as its own name tells it or else its folder's; null when neither does.
    public static @Nullable TableSchema tableOf(Path file, Tables tables) {
        Plan plan = new Plan(tables);
        Path folder = file.toAbsolutePath().normalize().getParent();
        for (Path named : folder == null ? List.of(file) : List.of(file, folder)) {
            String name = plan.tableOf(name(named));
            if (name != null) {
                return tables.find(plan.tableOf.getOrDefault(name, ""));
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

    /// Beside dated folders there is no day for an export, and a guess would change what the other days give.
    ///
    /// @return the files whose table cannot be told, to be rejected
    private static List<File> beside(Path folder, Plan plan) throws IOException {
        List<File> strays = new ArrayList<>();
        for (Path child : visible(folder)) {
            String name = name(child);
            if (!name.equals(CONFIGURATION_FILE) && !name.matches(A_DATE) && plan.tableOf(name) != null) {
                throw new UsageException(
                        child + " stands beside folders that are named by date. Move it into the folder of its day.");
            } else if (Files.isRegularFile(child) && FileFormat.named(name).isPresent()) {
                // Other files beside dated folders, such as a README, are not exports.
                strays.add(new File(child, name, Plan.stem(name), name));
            }
        }
        return strays;
    }

    private static List<Path> visible(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !isHidden(child)).sorted().toList();
        }
    }

    private static boolean isHidden(Path path) {
        return name(path).startsWith(".");
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static final class Plan {
        private final Map<String, String> tableOf = new TreeMap<>();

        Plan(Tables tables) {
            for (TableSchema table : tables.all()) {
                tableOf.put(Texts.fold(table.name()), table.name());
                table.aliases().forEach(alias -> tableOf.put(Texts.fold(alias), table.name()));
            }
        }

        /// The uploads below a folder, in order of their paths.
        List<File> files(Path folder, String before) throws IOException {
            List<String> paths = new ArrayList<>();
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                            return !visited.equals(folder) && isHidden(visited)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                            if (!isHidden(visited)) {
                                paths.add(folder.relativize(visited).toString().replace('\\', '/'));
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
            List<File> files = new ArrayList<>();
            for (String path : paths.stream()
                    .sorted(Comparator.comparing((String path) -> !path.equals(CONFIGURATION_FILE))
                            .thenComparing(path -> path.startsWith(ERASURES_FOLDER + "/"))
                            .thenComparing(path -> path, CodePoints.ORDER))
                    .toList()) {
                files.add(file(folder.resolve(path), before + path, path.split("/")));
            }
            return files;
        }

        /// A folder that is called as a table decides, else the file's own name, else a folder whose name starts with a
        /// table's. What lies below a table's folder keeps its place there; folders above are told in the name, so that
        /// no two files become one object.
        private File file(Path file, String path, String[] parts) {
            int last = parts.length - 1;
            int i = parts[0].equals(ERASURES_FOLDER) && last > 0 ? -1 : deciding(parts);
            if (i >= 0) {
                String table = tableOf.getOrDefault(String.valueOf(tableOf(parts[i])), "");
                // What the folders mean stands first in the key.
                int meant = i + 1;
                for (String folder : SNAPSHOT_FOLDERS) {
                    meant += meant < last && parts[meant].equals(folder) ? 1 : 0;
                }
                String above = String.join("-", List.of(parts).subList(0, i));
                String mode = i == last
                        ? ""
                        : String.join(
                                "",
                                List.of(parts).subList(i + 1, meant).stream()
                                        .map(folder -> folder + "/")
                                        .toList());
                String below = String.join("/", List.of(parts).subList(i == last ? i : meant, last + 1));
                return new File(file, path, table, mode + (above.isEmpty() ? below : above + "-" + below));
            }
            if (path.endsWith(CONFIGURATION_FILE) && last == 0) {
                return new File(file, path, CONFIGURATION, CONFIGURATION_FILE);
            }
            if (parts[0].equals(ERASURES_FOLDER) && last > 0) {
                return new File(
                        file, path, ERASURES, String.join("/", List.of(parts).subList(1, last + 1)));
            }
            return new File(file, path, stem(parts[0]), String.join("-", parts));
        }

        private int deciding(String[] parts) {
            int last = parts.length - 1;
            for (int i = 0; i < last; i++) {
                if (tableOf.containsKey(Texts.fold(Normalizer.normalize(parts[i], Normalizer.Form.NFC)))) {
                    return i;
                }
            }
            if (tableOf(parts[last]) != null) {
                return last;
            }
            for (int i = 0; i < last; i++) {
                if (tableOf(parts[i]) != null) {
                    return i;
                }
            }
            return -1;
        }

        /// The longest name of a table that `name` starts with before something that is no letter, or null.
        @Nullable
        String tableOf(String name) {
            String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
            String found = null;
            int next;
            for (int end = 0; end < composed.length(); end = next) {
                int c = composed.codePointAt(end);
                next = end + Character.charCount(c);
                if (next == composed.length() || !Character.isLetter(composed.codePointAt(next))) {
                    String start = Texts.fold(composed.substring(0, next));
                    found = tableOf.containsKey(start) ? start : found;
                }
            }
            return found;
        }

        private static String stem(String name) {
            int dot = name.indexOf('.');
            return dot > 0 ? name.substring(0, dot) : name;
        }
    }
}
