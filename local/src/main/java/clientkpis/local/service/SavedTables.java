package clientkpis.local.service;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// The items of tables as files of lines, each an item as it is on the wire.
final class SavedTables {
    /// As many as a request may write.
    private static final int BATCH = 25;

    private final URI endpoint;
    private final String credential;
    private final HttpClient http = HttpClient.newHttpClient();

    SavedTables(String endpoint, String region) {
        this.endpoint = URI.create(endpoint);
        // Nobody verifies it; DynamoDB Local wants it to be there.
        this.credential = "AWS4-HMAC-SHA256 Credential=local/20260101/" + region
                + "/dynamodb/aws4_request, SignedHeaders=host, Signature=0";
    }

    private static Path file(Path folder, String table) {
        return folder.resolve(table + ".jsonl.gz");
    }

    void save(String table, Path folder) throws IOException {
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file(folder, table))), StandardCharsets.UTF_8)) {
            JsonNode start = null;
            do {
                ObjectNode scan = Json.object().put("TableName", table).put("ConsistentRead", true);
                if (start != null) {
                    scan.set("ExclusiveStartKey", start);
                }
                JsonNode page = call("Scan", scan);
                for (JsonNode item : page.path("Items")) {
                    out.append(item.toString()).append('\n');
                }
                start = page.get("LastEvaluatedKey");
            } while (start != null);
        }
    }

    void load(String table, Path folder) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file(folder, table))), StandardCharsets.UTF_8))) {
            ArrayNode batch = Json.array();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                batch.addObject().putObject("PutRequest").set("Item", Json.parse(line));
                if (batch.size() == BATCH) {
                    write(table, batch);
                    batch = Json.array();
                }
            }
            if (!batch.isEmpty()) {
                write(table, batch);
            }
        }
    }

    private void write(String table, ArrayNode batch) throws IOException {
        ObjectNode request = Json.object();
        request.putObject("RequestItems").set(table, batch);
        JsonNode left = call("BatchWriteItem", request).path("UnprocessedItems");
        if (!left.isEmpty()) {
            throw new IOException("DynamoDB Local did not take all items of " + table);
        }
    }

    private JsonNode call(String operation, JsonNode body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Authorization", credential)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(
                        operation + " was answered with " + response.statusCode() + ": " + response.body());
            }
            return Json.parse(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
