package clientkpis.cli.input;

import clientkpis.cli.words.Words;
import clientkpis.kpi.Tenant;
import clientkpis.receipt.Sentence;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Upload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder to put exports into. Each file is uploaded once it is fully written, and again whenever it has changed. It
/// stays where it is.
public final class Inbox {
    /// A file that did not change for this long is fully written.
    private static final Duration REST = Duration.ofSeconds(1);
    /// How browsers and other programs name a file that is still being written.
    private static final String PARTIAL = "(?i).*(\\.(part|partial|crdownload|download|tmp)|~)";

    /// Where the files go.
    public interface Uploads {
        void upload(String key, Path file);

        /// Waits until everything that is under way has finished.
        void settle() throws InterruptedException;
    }

    private record State(long size, FileTime modified) {
        static State of(Path file) throws IOException {
            return new State(Files.size(file), Files.getLastModifiedTime(file));
        }

        @Override
        public String toString() {
            return size + " bytes of " + modified;
        }
    }

    private static final class Seen {
        private final State state;
        private final Instant since;
        private boolean isDone;
        private boolean isUploaded;

        Seen(State state, Instant since, boolean isUploaded) {
            this.state = state;
            this.since = since;
            this.isDone = isUploaded;
            this.isUploaded = isUploaded;
        }
    }

    private final Path folder;
    private final @Nullable String tenant;
    private final Tables tables;
    private final Uploads uploads;
    private final Consumer<Sentence> report;
    private final InstantSource clock;
    private final Set<Path> odd = new HashSet<>();
    private Map<Path, Seen> seen = new HashMap<>();
    private Map<String, String> before;

    /// @param tenant the tenant of all files; null: each tenant has its own folder
    /// @param before what an earlier one left with [#uploaded]: as they were then, these files are not uploaded again
    /// @param report receives one line about each file
    public Inbox(
            Path folder,
            @Nullable String tenant,
            Map<String, String> before,
            Tables tables,
            Uploads uploads,
            Consumer<Sentence> report,
            InstantSource clock) {
        this.folder = folder;
        this.tenant = tenant;
        this.before = before;
        this.tables = tables;
        this.uploads = uploads;
        this.report = report;
        this.clock = clock;
    }

    /// Uploads the files that were written since the last call.
    public void look() throws IOException, InterruptedException {
        Map<Path, Seen> found = new HashMap<>();
        if (tenant == null) {
            for (Path child : children()) {
                String name = String.valueOf(child.getFileName());
                Sentence litter = Litter.why(child);
                if (litter != null) {
                    leaveOut(found, child, litter);
                } else if (!Files.isDirectory(child)) {
                    ignore(found, child, Words.of("inbox.no_tenant"));
                } else if (!Tenant.isAllowed(name)) {
                    ignore(found, child, Words.of("inbox.bad_tenant"));
                } else {
                    take(found, child, name);
                }
            }
        } else {
            take(found, folder, tenant);
        }
        seen = found;
        // From now on a file that comes back is a new one.
        before = Map.of();
    }

    /// The files that were uploaded and are there: tenant and path to size and time.
    public Map<String, String> uploaded() {
        Map<String, String> uploaded = new HashMap<>(before);
        seen.forEach((path, one) -> {
            if (one.isUploaded) {
                uploaded.put(name(path), one.state.toString());
            }
        });
        return uploaded;
    }

    private String name(Path file) {
        String path = folder.relativize(file).toString().replace(File.separatorChar, '/');
        return tenant == null ? path : tenant + "/" + path;
    }

    private List<Path> children() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !String.valueOf(child.getFileName()).matches(PARTIAL))
                    .sorted()
                    .toList();
        }
    }

    private void take(Map<Path, Seen> found, Path from, String of) throws IOException, InterruptedException {
        List<Exports.File> written = new ArrayList<>();
        List<Exports.LeftOut> leftOut = new ArrayList<>();
        List<Exports.File> files = Exports.below(from, tables, leftOut);
        for (Exports.LeftOut left : leftOut) {
            if (!left.path().matches(PARTIAL)) {
                leaveOut(found, from.resolve(left.path()), left.why());
            }
        }
        for (Exports.File file : files) {
            if (file.path().matches(PARTIAL) || isOdd(file.file())) {
                continue;
            }
            if (file.isUpload()
                    && tables.find(file.table()) == null
                    && !file.table().equals(Upload.AUTO)) {
                ignore(
                        found,
                        file.file(),
                        Words.of(
                                "inbox.no_table",
                                tables.all().stream().map(TableSchema::name).toList()));
            } else if (isWritten(found, file.file())) {
                written.add(file);
            }
        }
        List<List<Exports.File>> waves = Exports.waves(written);
        for (List<Exports.File> wave : waves) {
            for (Exports.File file : wave) {
                uploads.upload(file.key(of), file.file());
                Seen now = seen(found, file.file());
                now.isDone = true;
                now.isUploaded = true;
                report.accept(Words.of("inbox.uploaded", file.file(), file.key(of)));
            }
            if (!wave.equals(waves.getLast())) {
                uploads.settle();
            }
        }
    }

    /// Whether it cannot be opened as a file, such as a pipe or a file whose name has another encoding.
    private boolean isOdd(Path file) {
        if (Files.isRegularFile(file)) {
            return false;
        }
        if (odd.add(file)) {
            report.accept(Words.of("inbox.ignored", file, Words.of("inbox.odd")));
        }
        return true;
    }

    private void leaveOut(Map<Path, Seen> found, Path path, Sentence why) throws IOException {
        ignore(found, path, Words.of("inbox.left_out", why));
    }

    private void ignore(Map<Path, Seen> found, Path path, Sentence why) throws IOException {
        if (isWritten(found, path)) {
            seen(found, path).isDone = true;
            report.accept(Words.of("inbox.ignored", path, why));
        }
    }

    /// Whether it has not changed for long enough, and was not handled in this state.
    private boolean isWritten(Map<Path, Seen> found, Path path) throws IOException {
        Seen now = seen(found, path);
        return !now.isDone && !now.since.plus(REST).isAfter(clock.instant());
    }

    private Seen seen(Map<Path, Seen> found, Path path) throws IOException {
        Seen known = found.get(path);
        if (known == null) {
            State state = State.of(path);
            Seen last = seen.get(path);
            known = last != null && last.state.equals(state)
                    ? last
                    : new Seen(state, clock.instant(), state.toString().equals(before.get(name(path))));
            found.put(path, known);
        }
        return known;
    }
}
