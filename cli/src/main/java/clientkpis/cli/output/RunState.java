package clientkpis.cli.output;

import clientkpis.cli.input.Exports;
import clientkpis.cli.input.UsageException;
import clientkpis.cli.words.Words;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a run leaves and the next one goes on from: the state of its cloud, the events so far, and the files of the
/// days that are replayed.
public final class RunState implements AutoCloseable {
    private static final String TENANT = "tenant";
    private static final String LAST = "last";

    private final State state;
    private final Path folder;
    private final String tenant;
    /// The last day of the exports.
    private final LocalDate end;
    /// The last day that was replayed.
    private final @Nullable LocalDate last;
    /// Path below the exports to the SHA-256 of its bytes, of all days, as they were before the replay.
    private final SortedMap<String, String> files = new TreeMap<>();

    private RunState(State state, Path folder, Exports exports, String tenant) throws IOException {
        this.state = state;
        this.folder = folder;
        this.tenant = tenant;
        this.end = exports.days().getLast().date();
        this.last = last();
        SortedMap<String, String> now = new TreeMap<>();
        for (Exports.Day day : exports.days()) {
            for (Exports.File file : day.uploads()) {
                String digest = sha256(file.file());
                files.put(file.path(), digest);
                if (last != null && !day.date().isAfter(last)) {
                    now.put(file.path(), digest);
                }
            }
        }
        for (var before : state.files().entrySet()) {
            if (!before.getValue().equals(now.remove(before.getKey()))) {
                throw new UsageException(Words.of("state.changed", folder, before.getKey(), folder));
            }
        }
        if (last != null && !now.isEmpty()) {
            throw new UsageException(Words.of("state.late", folder, last, now.firstKey(), folder));
        }
    }

    /// Reads what is in a folder, if it exists, and checks that some exports go on from it.
    ///
    /// @throws UsageException when they do not, or the folder holds something else
    public static RunState read(Path folder, Path dir, Exports exports, String tenant) throws IOException {
        State state = State.open("run", folder, dir);
        try {
            return new RunState(state, folder, exports, tenant);
        } catch (IOException | RuntimeException e) {
            state.close();
            throw e;
        }
    }

    private @Nullable LocalDate last() {
        JsonNode about = state.about();
        if (about == null) {
            return null;
        }
        try {
            String of = about.required(TENANT).asText();
            LocalDate until = LocalDate.parse(about.required(LAST).asText());
            if (!of.equals(tenant)) {
                throw new UsageException(Words.of("state.tenant", folder, of, tenant));
            }
            if (end.isBefore(until)) {
                throw new UsageException(Words.of("state.ends", folder, until, end));
            }
            return until;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw state.unreadable(e);
        }
    }

    /// The last day that was replayed; null if none was.
    public @Nullable LocalDate replayed() {
        return last;
    }

    /// Where the cloud saved what it had; null if none did.
    public @Nullable Path cloud() {
        return state.cloud();
    }

    /// The events that were published so far.
    public List<String> events() throws IOException {
        return last == null ? List.of() : Files.readAllLines(folder.resolve(Output.EVENTS));
    }

    /// Writes what the next run goes on from.
    ///
    /// @param cloud writes what the cloud has
    public void write(Output.Content cloud, List<String> events) throws IOException {
        state.write(
                Map.of(TENANT, tenant, LAST, end.toString()),
                files,
                cloud,
                content -> Files.write(content.resolve(Output.EVENTS), events));
    }

    @Override
    public void close() throws IOException {
        state.close();
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
