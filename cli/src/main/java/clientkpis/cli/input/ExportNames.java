package clientkpis.cli.input;

import clientkpis.kpi.Texts;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.FoundTable;
import clientkpis.receipt.Sentence;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Upload;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which table and which object a file's path means.
final class ExportNames {
    private static final String ERASURES_FOLDER = "erasures";
    /// A snapshot is in `contracts/snapshot/`, a confirmed one in `contracts/snapshot/confirm/`.
    private static final List<String> SNAPSHOT_FOLDERS = List.of("snapshot", "confirm");

    private final Map<String, String> tableOf = new TreeMap<>();

    private final Configuration configuration;

    /// @param configuration with which files whose names say no table are looked at
    ExportNames(Tables tables, Configuration configuration) {
        this.configuration = configuration;
        tableOf.put(Upload.AUTO, Upload.AUTO);
        for (TableSchema table : tables.all()) {
            tableOf.put(Texts.fold(table.name()), table.name());
            table.aliases().forEach(alias -> tableOf.put(Texts.fold(alias), table.name()));
        }
    }

    /// The uploads below a folder, in the natural order of their paths.
    ///
    /// @param before precedes their paths in what a run prints
    /// @param above folders that precede their names in the objects' keys
    /// @param leftOut receives what is not uploaded
    List<Exports.File> files(Path folder, String before, List<String> above, Consumer<Exports.LeftOut> leftOut)
            throws IOException {
        List<String> paths = new ArrayList<>();
        Files.walkFileTree(
                folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                        return visited.equals(folder) || isTaken(visited)
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                        if (isTaken(visited)) {
                            paths.add(path(visited));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path visited, IOException failure) {
                        throw Unreadable.because(visited, failure);
                    }

                    private boolean isTaken(Path visited) {
                        Sentence why = Litter.why(visited);
                        if (why != null) {
                            leftOut.accept(new Exports.LeftOut(before + path(visited), why));
                        }
                        return why == null;
                    }

                    private String path(Path visited) {
                        return folder.relativize(visited).toString().replace('\\', '/');
                    }
                });
        List<Exports.File> files = new ArrayList<>();
        for (String path : paths.stream()
                .sorted(Comparator.comparing((String path) -> !path.equals(Exports.CONFIGURATION_FILE))
                        .thenComparing(path -> path.startsWith(ERASURES_FOLDER + "/"))
                        .thenComparing(path -> path, NaturalOrder.OF_PATHS))
                .toList()) {
            files.add(file(folder.resolve(path), before + path, path.split("/"), above));
        }
        return files;
    }

    /// A folder that has the name of a table, or of `auto`, decides, else the file's own name, else a folder whose name
    /// begins with that of a table, else what the file itself says: a workbook of several tables goes to `auto`. The
    /// path below a table's folder is kept in the object's key; the folders above become a prefix of the name, so that
    /// no two files become one object.
    private Exports.File file(Path file, String path, String[] parts, List<String> outside) throws IOException {
        int last = parts.length - 1;
        int i = parts[0].equals(ERASURES_FOLDER) && last > 0 ? -1 : deciding(parts);
        if (i >= 0) {
            String table = canonical(String.valueOf(tableOf(parts[i])));
            // Folders with a meaning are first in the key.
            int meant = i + 1;
            for (String folder : SNAPSHOT_FOLDERS) {
                meant += meant < last && parts[meant].equals(folder) ? 1 : 0;
            }
            String above = prefixed(outside, String.join("-", List.of(parts).subList(0, i)));
            String mode = i == last
                    ? ""
                    : String.join(
                            "",
                            List.of(parts).subList(i + 1, meant).stream()
                                    .map(folder -> folder + "/")
                                    .toList());
            String below = String.join("/", List.of(parts).subList(i == last ? i : meant, last + 1));
            return new Exports.File(file, path, table, mode + (above.isEmpty() ? below : above + "-" + below));
        }
        if (path.endsWith(Exports.CONFIGURATION_FILE) && last == 0) {
            return new Exports.File(file, path, Exports.CONFIGURATION, Exports.CONFIGURATION_FILE);
        }
        if (parts[0].equals(ERASURES_FOLDER) && last > 0) {
            return new Exports.File(
                    file,
                    path,
                    Exports.ERASURES,
                    prefixed(outside, String.join("/", List.of(parts).subList(1, last + 1))));
        }
        Unreadable.check(file);
        return new Exports.File(
                file, path, found(file, parts[last], parts[0]), prefixed(outside, String.join("-", parts)));
    }

    /// @param first part of the path
    private String found(Path file, String name, String first) throws IOException {
        List<FoundTable.Sheet> sheets = FoundTable.of(file, name, configuration);
        if (sheets.stream().noneMatch(sheet -> sheet.result() instanceof FoundTable.Found)) {
            return stem(first);
        }
        return sheets.size() == 1 && sheets.getFirst().result() instanceof FoundTable.Found(TableSchema table)
                ? table.name()
                : Upload.AUTO;
    }

    private static String prefixed(List<String> folders, String name) {
        return Stream.concat(folders.stream(), Stream.of(name))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("-"));
    }

    /// The table's own name for one of its folded names or aliases; empty for another text.
    String canonical(String folded) {
        return tableOf.getOrDefault(folded, "");
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

    /// The longest name of a table that `name` begins with, followed by anything but a letter; null if there is none.
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

    static String stem(String name) {
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
