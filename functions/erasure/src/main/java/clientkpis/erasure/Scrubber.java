package clientkpis.erasure;

import clientkpis.json.Json;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.RawFile;
import clientkpis.reading.ReadingOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/// Takes clients out of the objects that the suite writes. Pure.
final class Scrubber {
    private static final String ERASED = "(erased)";

    private final Set<String> ids;

    Scrubber(Set<String> ids) {
        this.ids = ids;
    }

    /// Parts (`client_id`) and exports (`clientId`): lines of JSON, compressed.
    ///
    /// @return the object without the clients' lines; empty when it has none
    Optional<byte[]> lines(byte[] object) throws IOException {
        boolean changed = false;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(new ByteArrayInputStream(object)), StandardCharsets.UTF_8));
                GZIPOutputStream kept = new GZIPOutputStream(out)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode json = Json.parse(line);
                if (ids.contains(json.path("client_id").asText())
                        || ids.contains(json.path("clientId").asText())) {
                    changed = true;
                } else if (json.has("item") && isNamedIn(line)) {
                    // A row of no client, in which somebody's words name one.
                    changed = true;
                    blankNames(json);
                    kept.write(Json.bytes(json));
                    kept.write('\n');
                } else {
                    kept.write(line.getBytes(StandardCharsets.UTF_8));
                    kept.write('\n');
                }
            }
        }
        return changed ? Optional.of(out.toByteArray()) : Optional.empty();
    }

    /// What a survey measured of each client; the counts have no names.
    Optional<byte[]> survey(byte[] object) throws IOException {
        JsonNode json;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object))) {
            json = Json.parse(in.readAllBytes());
        }
        ObjectNode actions = json.path("actions").isObject() ? (ObjectNode) json.path("actions") : Json.object();
        int before = actions.size();
        actions.remove(ids);
        if (actions.size() == before) {
            return Optional.empty();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream kept = new GZIPOutputStream(out)) {
            kept.write(Json.bytes(json));
        }
        return Optional.of(out.toByteArray());
    }

    /// A receipt: samples go, and every text that has a client's id.
    ///
    /// @param blankCells whether a rejected row of the upload is a client's, so that any cell may be
    Optional<byte[]> receipt(byte[] object, boolean blankCells) {
        JsonNode json = Json.parse(object);
        JsonNode before = json.deepCopy();
        if (json.path("clients").path("samples") instanceof ArrayNode samples) {
            List<JsonNode> kept = new ArrayList<>();
            samples.forEach(sample -> {
                if (!ids.contains(sample.path("clientId").asText())
                        && !ids.contains(sample.path("probably").asText())) {
                    kept.add(sample);
                }
            });
            samples.removeAll();
            samples.addAll(kept);
        }
        for (JsonNode problem : json.path("problems").path("first")) {
            if (blankCells) {
                ((ObjectNode) problem).put("cell", ERASED);
            }
        }
        blankNames(json.path("problems"));
        blankNames(json.path("format"));
        blankNames(json.path("columns"));
        blankNames(json.path("reason"));
        return json.equals(before) ? Optional.empty() : Optional.of(Json.bytes(json));
    }

    /// Texts that somebody wrote: those that have a client's id go.
    Optional<byte[]> texts(byte[] object) {
        JsonNode json = Json.parse(object);
        JsonNode before = json.deepCopy();
        blankNames(json);
        return json.equals(before) ? Optional.empty() : Optional.of(Json.bytes(json));
    }

    private void blankNames(JsonNode json) {
        if (json instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (object.get(name) instanceof TextNode text && isNamedIn(text.asText())) {
                    object.put(name, ERASED);
                } else {
                    blankNames(object.path(name));
                }
            }
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof TextNode text && isNamedIn(text.asText())) {
                    array.set(i, TextNode.valueOf(ERASED));
                } else {
                    blankNames(array.get(i));
                }
            }
        }
    }

    /// The rejected rows of an upload.
    ///
    /// @param name of the object, which tells its format
    /// @return the file without the rows that name a client; empty when none does
    Optional<byte[]> rejectedRows(byte[] object, String name) throws IOException {
        String text = new String(object, StandardCharsets.UTF_8);
        if (!isNamedIn(text)) {
            return Optional.empty();
        }
        if (name.endsWith(".jsonl")) {
            List<String> kept = text.lines().filter(line -> !isNamedIn(line)).toList();
            return Optional.of((String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.createTempFile("rejected", ".csv");
        try {
            Files.write(file, object);
            StringBuilder out = new StringBuilder("\uFEFF");
            if (RawFile.read(file, "rejected.csv", null, ReadingOptions.of(Configuration.DEFAULT, null))
                    instanceof RawFile.Read read) {
                try (CSVPrinter csv =
                        CSVFormat.DEFAULT.builder().setDelimiter(';').get().print(out)) {
                    csv.printRecord(read.header());
                    for (List<String> row : read.rows()) {
                        if (row.stream().noneMatch(this::isNamedIn)) {
                            csv.printRecord(row);
                        }
                    }
                }
            }
            return Optional.of(out.toString().getBytes(StandardCharsets.UTF_8));
        } finally {
            Files.delete(file);
        }
    }

    /// Whether a text has one of the ids, not as a part of a longer word or number.
    boolean isNamedIn(String text) {
        for (String id : ids) {
            for (int at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
                int end = at + id.length();
                if ((at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                        && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                    return true;
                }
            }
        }
        return false;
    }
}
