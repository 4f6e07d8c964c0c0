package clientkpis.cli.output;

import clientkpis.cli.input.UsageException;
import clientkpis.cli.words.Words;
import clientkpis.reading.TempFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder that a run writes. It is written beside its place and moved there once it is complete, so it is never
/// incomplete. An older one is replaced.
public final class Output {
    public static final String CLIENTS = "clients.jsonl";
    static final String CLIENTS_CSV = "clients.csv";
    /// Only where there is something to suggest.
    static final String SUGGESTED_ALIASES = "aliases-suggested.csv";

    /// How the tenant's people read it.
    public static final String TENANT = "tenant.json";

    public static final String DETAILS = "details.jsonl";
    public static final String RECORDS = "records.jsonl";
    public static final String EVENTS = "events.jsonl";
    static final String MONEY = "money.jsonl";
    static final String MONEY_CSV = "money.csv";
    public static final String MOVEMENTS = "movements.jsonl";
    static final String RECEIPTS = "receipts";
    static final String REPORT = "report";

    private static final Set<String> CONTENT = Set.of(
            CLIENTS,
            CLIENTS_CSV,
            SUGGESTED_ALIASES,
            DETAILS,
            RECORDS,
            EVENTS,
            MONEY,
            MONEY_CSV,
            MOVEMENTS,
            TENANT,
            RECEIPTS,
            REPORT);

    /// Writes the content of a folder.
    public interface Writer<T> {
        T write(Path folder) throws IOException;
    }

    /// The same where nothing is to be known of it.
    public interface Content {
        void write(Path folder) throws IOException;
    }

    /// What a command that goes on finds again.
    public static final Set<String> STATE = Set.of("state.json", EVENTS, "cloud");

    private static final String OPTION = "--out";
    private static final String BEFORE = ".before-";

    private final Path place;

    private Output(Path place) {
        this.place = place;
    }

    /// A folder that may be written: it does not exist, is empty, or holds only what an earlier run wrote.
    ///
    /// @param exports the folder that is read, which the output must not overlap
    /// @throws UsageException when the folder may not be written
    public static Output at(Path out, Path exports) throws IOException {
        return at(OPTION, out, exports, CONTENT);
    }

    /// The same for a folder with other content.
    ///
    /// @param option that names the folder
    /// @param content the names of what an earlier run may have written
    public static Output at(String option, Path out, Path exports, Set<String> content) throws IOException {
        Path place = real(out);
        Path source = real(exports);
        if (place.startsWith(source) || source.startsWith(place)) {
            throw new UsageException(Words.of("out.inside", option, out, exports));
        }
        if (Files.exists(place)) {
            if (!Files.isDirectory(place)) {
                throw new UsageException(Words.of("out.not_folder", option, out));
            }
            for (String name : names(place)) {
                if (!content.contains(name) && !name.equals(".DS_Store")) {
                    throw new UsageException(Words.of("out.holds", option, out, name));
                }
            }
        }
        Path parent = place.getParent();
        if (parent == null) {
            throw new UsageException(Words.of("out.irreplaceable", option, out));
        }
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw new UsageException(Words.of("out.not_created", option, out, parent));
        }
        if (!Files.isWritable(parent)) {
            throw new UsageException(Words.of("out.not_written", option, out, parent));
        }
        return new Output(place);
    }

    /// Writes the folder. When the writer fails, nothing changes.
    public <T> T write(Writer<T> writer) throws IOException {
        try (TempFolder staging = TempFolder.create(parent(), name() + ".partial-")) {
            // Only its owner can read a temporary folder; this one has the usual permissions.
            Path content = Files.createDirectory(staging.resolve(name()));
            T result = writer.write(content);
            replace(content);
            return result;
        }
    }

    /// The same where nothing is to be known of it.
    public void fill(Content content) throws IOException {
        write(folder -> {
            content.write(folder);
            return folder;
        });
    }

    private void replace(Path content) throws IOException {
        Path before = beside(BEFORE + ProcessHandle.current().pid());
        boolean replaces = Files.exists(place);
        if (replaces) {
            Files.move(place, before, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(content, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (replaces) {
                Files.move(before, place, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        TempFolder.delete(before);
    }

    /// Moves back what was moved away by a replacement that was killed before it put the new one there.
    void mend() throws IOException {
        if (Files.exists(place)) {
            return;
        }
        for (String name : names(parent())) {
            if (name.matches(Pattern.quote(name() + BEFORE) + "\\d+")) {
                Files.move(place.resolveSibling(name), place, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
        }
    }

    /// A path beside the folder, with a name that begins with its name.
    Path beside(String end) {
        return parent().resolve(name() + end);
    }

    private Path parent() {
        Path parent = place.getParent();
        return parent == null ? place : parent;
    }

    private String name() {
        return String.valueOf(place.getFileName());
    }

    /// The path without links, as far as it exists.
    private static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        for (@Nullable Path there = absolute; there != null; there = there.getParent()) {
            if (Files.exists(there)) {
                return there.toRealPath().resolve(there.relativize(absolute)).normalize();
            }
        }
        return absolute;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> String.valueOf(child.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
