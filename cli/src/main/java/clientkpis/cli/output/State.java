package clientkpis.cli.output;

import clientkpis.cli.cloud.Cloud;
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
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The folder in which a run leaves what the next one goes on from: the tables and objects of its cloud, the events so
/// far, and the files of the days that are replayed.
public final class State {
    private static final int FORMAT = 1;
    private static final String HEAD = "state.json";
    private static final String CLOUD = "cloud";

    private final Path folder;
    private final Output place;
    private final @Nullable Head head;

    /// @param last the last day that was replayed
    /// @param files path below the exports to the SHA-256 of its bytes
    private record Head(int format, String tenant, LocalDate last, SortedMap<String, String> files) {
        private Head {
            files = new TreeMap<>(files);
        }
    }

    private State(Path folder, Output place, @Nullable Head head) {
        this.folder = folder;
        this.place = place;
        this.head = head;
    }

    /// Reads what is in a folder, if it exists, and checks that some exports go on from it.
    ///
    /// @throws UsageException when they do not, or the folder holds something else
    public static State read(Path folder, Path dir, Exports exports, String tenant) throws IOException {
        Output place = Output.at("--state", folder, dir, Output.STATE);
        Path file = folder.resolve(HEAD);
        if (!Files.exists(file)) {
            return new State(folder, place, null);
        }
        Head head = head(folder, file);
        if (!head.tenant.equals(tenant)) {
            throw new UsageException(Words.of("state.tenant", folder, head.tenant, tenant));
        }
        LocalDate last = exports.days().getLast().date();
        if (last.isBefore(head.last)) {
            throw new UsageException(Words.of("state.ends", folder, head.last, last));
        }
        SortedMap<String, String> now = files(exports, head.last);
        for (var before : head.files.entrySet()) {
            if (!before.getValue().equals(now.remove(before.getKey()))) {
                throw new UsageException(Words.of("state.changed", folder, before.getKey(), folder));
            }
        }
        if (!now.isEmpty()) {
            throw new UsageException(Words.of("state.late", folder, head.last, now.firstKey(), folder));
        }
        return new State(folder, place, head);
    }

    private static Head head(Path folder, Path file) {
        try {
            JsonNode json = Results.JSON.readTree(Files.readAllBytes(file));
            if (json.path("format").asInt() > FORMAT) {
                throw new UsageException(Words.of("state.format", folder));
            }
            SortedMap<String, String> files = new TreeMap<>();
            json.required("files")
                    .properties()
                    .forEach(one -> files.put(one.getKey(), one.getValue().asText()));
            return new Head(
                    FORMAT,
                    json.required("tenant").asText(),
                    LocalDate.parse(json.required("last").asText()),
                    files);
        } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new UsageException(Words.of("state.unreadable", folder, String.valueOf(e.getMessage())));
        }
    }

    /// The last day that was replayed; null if none was.
    public @Nullable LocalDate last() {
        return head == null ? null : head.last;
    }

    /// Where the cloud saved what it had; null if none did.
    public @Nullable Path cloud() {
        return head == null ? null : folder.resolve(CLOUD);
    }

    /// The events that were published so far.
    public List<String> events() throws IOException {
        return head == null ? List.of() : Files.readAllLines(folder.resolve(Output.EVENTS));
    }

    /// Writes what the next run goes on from. The folder is replaced once it is whole.
    public void write(Cloud cloud, String tenant, Exports exports, List<String> events) throws IOException {
        LocalDate last = exports.days().getLast().date();
        var json = Results.JSON
                .createObjectNode()
                .put("format", FORMAT)
                .put("tenant", tenant)
                .put("last", last.toString());
        files(exports, last).forEach(json.putObject("files")::put);
        place.write(content -> {
            cloud.save(Files.createDirectory(content.resolve(CLOUD)));
            Files.write(content.resolve(Output.EVENTS), events);
            Files.write(content.resolve(HEAD), Results.JSON.writeValueAsBytes(json));
            return Objects.requireNonNull(last);
        });
    }

    private static SortedMap<String, String> files(Exports exports, LocalDate last) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (Exports.Day day : exports.days()) {
            if (!day.date().isAfter(last)) {
                for (Exports.File file : day.uploads()) {
                    files.put(file.path(), sha256(file.file()));
                }
            }
        }
        return files;
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
