package clientkpis.erasure;

import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.reading.format.FileFormat;
import clientkpis.receipt.RowCode;
import clientkpis.receipt.WarningCode;
import clientkpis.upload.Upload;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Removes clients from the objects that the suite writes. Pure.
final class Scrubber {
    private static final String ERASED = "(erased)";

    /// The warnings whose samples are texts of rows.
    private static final Set<String> OF_ROWS = Stream.of(
                    WarningCode.CONFLICTING,
                    WarningCode.SKIPPED_TOTALS,
                    WarningCode.REPEATED_HEADERS,
                    WarningCode.STRAY_QUOTES,
                    WarningCode.MIXED_ENCODINGS,
                    WarningCode.DOUBTFUL_ENCODING,
                    WarningCode.MANGLED_TEXT)
            .map(WarningCode::label)
            .collect(Collectors.toSet());

    private final ListedClients clients;
    private final String order;

    /// @param order of the list
    Scrubber(ListedClients clients, String order) {
        this.clients = clients;
        this.order = order;
    }

    /// Parts (`client_id`) and exports (`clientId`): lines of JSON, compressed.
    ///
    /// @return the object without the clients' lines; empty when it has none of them, or is a part of a newer upload
    Optional<byte[]> lines(byte[] object) throws IOException {
        boolean changed = false;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(new ByteArrayInputStream(object)), StandardCharsets.UTF_8));
                GZIPOutputStream kept = new GZIPOutputStream(out)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode json = Json.parse(line);
                if (isNewer(json.path("upload"))) {
                    return Optional.empty();
                }
                if (clients.has(json.path("client_id").asText())
                        || clients.has(json.path("clientId").asText())) {
                    changed = true;
                } else if (json.has("item") && clients.isNamedIn(line)) {
                    // A row without a client, in which somebody's words name one.
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

    /// @param upload in the first line of a part
    private boolean isNewer(JsonNode upload) {
        return upload.isObject()
                && CodePoints.ORDER.compare(Json.read(upload, Upload.class).order(), order) > 0;
    }

    /// What a survey measured per client; its counts name nobody.
    Optional<byte[]> survey(byte[] object) throws IOException {
        JsonNode json;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object))) {
            json = Json.parse(in.readAllBytes());
        }
        ObjectNode actions = json.path("actions").isObject() ? (ObjectNode) json.path("actions") : Json.object();
        if (!actions.properties().removeIf(client -> clients.has(client.getKey()))) {
            return Optional.empty();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream kept = new GZIPOutputStream(out)) {
            kept.write(Json.bytes(json));
        }
        return Optional.of(out.toByteArray());
    }

    /// A receipt: loses its samples of the clients, every text that has an id of theirs, and texts of rows that are
    /// kept nowhere else, so that nobody knows whose they are.
    ///
    /// @param blankCells whether a rejected row of the upload is a client's, so that any cell may be too
    Optional<byte[]> receipt(byte[] object, boolean blankCells) {
        JsonNode json = Json.parse(object);
        JsonNode before = json.deepCopy();
        withoutSamples(json.path("clients").path("samples"));
        for (JsonNode problem : json.path("problems").path("first")) {
            if (blankCells || problem.path("code").asText().equals(RowCode.CONFLICTING.label())) {
                ((ObjectNode) problem).put("cell", ERASED);
            }
        }
        for (JsonNode warning : json.path("warnings")) {
            if (OF_ROWS.contains(warning.path("code").asText())) {
                ((ObjectNode) warning).putArray("samples");
            }
        }
        blankNames(json.path("warnings"));
        blankNames(json.path("words"));
        blankNames(json.path("problems"));
        blankNames(json.path("format"));
        blankNames(json.path("columns"));
        blankNames(json.path("reason"));
        return json.equals(before) ? Optional.empty() : Optional.of(Json.bytes(json));
    }

    /// Samples of unregistered clients: those that name a client are left out.
    Optional<byte[]> samples(byte[] object) {
        JsonNode json = Json.parse(object);
        int before = json.size();
        withoutSamples(json);
        return json.size() == before ? Optional.empty() : Optional.of(Json.bytes(json));
    }

    private void withoutSamples(JsonNode json) {
        if (json instanceof ArrayNode samples) {
            List<JsonNode> kept = new ArrayList<>();
            samples.forEach(sample -> {
                if (!clients.has(sample.path("clientId").asText())
                        && !clients.has(sample.path("probably").asText())) {
                    kept.add(sample);
                }
            });
            samples.removeAll();
            samples.addAll(kept);
        }
    }

    /// Texts that somebody wrote: loses those that have a client's id.
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
                if (object.get(name) instanceof TextNode text && clients.isNamedIn(text.asText())) {
                    object.put(name, ERASED);
                } else {
                    blankNames(object.path(name));
                }
            }
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof TextNode text && clients.isNamedIn(text.asText())) {
                    array.set(i, TextNode.valueOf(ERASED));
                } else {
                    blankNames(array.get(i));
                }
            }
        }
    }

    /// The rejected rows of an upload.
    ///
    /// @param name of the object, which says its format
    /// @return the file without the rows that name a client; empty when none does
    Optional<byte[]> rejectedRows(byte[] object, String name) throws IOException {
        String text = new String(object, StandardCharsets.UTF_8);
        if (!clients.isNamedIn(text)) {
            return Optional.empty();
        }
        return Optional.of(FileFormat.ofRejectedRows(name).without(object, clients::isNamedIn));
    }
}
