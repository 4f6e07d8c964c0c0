package clientkpis.cli.output;

import clientkpis.cli.input.UsageException;
import clientkpis.cli.words.Words;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The folder in which a command leaves what it goes on from when it is started again: what its cloud stored, and the
/// files that it has. A file beside it is locked as long as it is in use.
public final class State implements AutoCloseable {
    private static final int FORMAT = 1;
    private static final String HEAD = "state.json";
    private static final String CLOUD = "cloud";

    private final String command;
    private final Path folder;
    private final Output place;
    private final Path lock;
    private final FileChannel locked;
    private final @Nullable JsonNode head;

    private State(String command, Path folder, Output place) throws IOException {
        this.command = command;
        this.folder = folder;
        this.place = place;
        this.lock = place.beside(".lock");
        this.locked = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked()) {
            locked.close();
            throw new UsageException(Words.of("state.in_use", folder));
        }
        try {
            place.mend();
            this.head = head();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Reads what is in a folder, if it exists.
    ///
    /// @param command the one that goes on from it
    /// @param input the folder that the command reads, which the state must not overlap
    /// @throws UsageException when the folder holds something else, or another one uses it
    public static State open(String command, Path folder, Path input) throws IOException {
        return new State(command, folder, Output.at("--state", folder, input, Output.STATE));
    }

    private boolean isLocked() throws IOException {
        try {
            return locked.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private @Nullable JsonNode head() {
        Path file = folder.resolve(HEAD);
        if (!Files.exists(file)) {
            if (Files.exists(folder.resolve(CLOUD)) || Files.exists(folder.resolve(Output.EVENTS))) {
                throw new UsageException(Words.of("state.none", folder, HEAD));
            }
            return null;
        }
        try {
            JsonNode json = Results.JSON.readTree(Files.readAllBytes(file));
            if (json.required("format").asInt() > FORMAT) {
                throw new UsageException(Words.of("state.format", folder));
            }
            String of = json.path("command").asText("run");
            if (!of.equals(command)) {
                throw new UsageException(Words.of("state.command", folder, of, command));
            }
            json.required("files");
            return json;
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    UsageException unreadable(Exception failure) {
        return new UsageException(Words.of("state.unreadable", folder, String.valueOf(failure.getMessage())));
    }

    /// What the command wrote about itself; null if it left nothing so far.
    @Nullable
    JsonNode about() {
        return head;
    }

    /// The files that it has, by name, each with a text that is another one when the file is.
    public SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        if (head != null) {
            head.path("files")
                    .properties()
                    .forEach(one -> files.put(one.getKey(), one.getValue().asText()));
        }
        return files;
    }

    /// Where the cloud saved what it had; null if none did.
    public @Nullable Path cloud() {
        return head == null ? null : folder.resolve(CLOUD);
    }

    /// Writes what the command goes on from. The folder is replaced once it is whole.
    ///
    /// @param about what else the command wants to know
    /// @param cloud writes what the cloud has
    /// @param rest writes what else there is
    public void write(Map<String, String> about, Map<String, String> files, Output.Content cloud, Output.Content rest)
            throws IOException {
        ObjectNode json = Results.JSON.createObjectNode().put("format", FORMAT).put("command", command);
        about.forEach(json::put);
        new TreeMap<>(files).forEach(json.putObject("files")::put);
        place.fill(content -> {
            cloud.write(Files.createDirectory(content.resolve(CLOUD)));
            rest.write(content);
            Files.write(content.resolve(HEAD), Results.JSON.writeValueAsBytes(json));
        });
    }

    @Override
    public void close() throws IOException {
        try (locked) {
            Files.deleteIfExists(lock);
        }
    }
}
