package clientkpis.cli.output;

import clientkpis.cli.cloud.Cloud;
import clientkpis.cli.input.Exports;
import clientkpis.cli.words.SaidException;
import clientkpis.cli.words.Words;
import clientkpis.export.ClientsCsv;
import clientkpis.export.PortfolioCount;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.configuration.Language;
import clientkpis.receipt.Receipt;
import clientkpis.tables.ClientField;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/// Fetches the results of a replay from the cloud and writes them as files.
public final class Results {
    /// Numbers keep their scale.
    public static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Cloud cloud;
    private final String tenant;
    private final Exports exports;
    private final List<String> events;

    /// @param events what a subscriber of the bus received, one envelope each
    public Results(Cloud cloud, String tenant, Exports exports, List<String> events) {
        this.cloud = cloud;
        this.tenant = tenant;
        this.exports = exports;
        this.events = events;
    }

    /// Writes all files into a folder.
    ///
    /// @throws SaidException when an upload or the last day was not finished
    public RunSummary write(Path folder) throws IOException {
        List<RunSummary.ReceiptFile> receipts = receipts(folder);
        int changes = events(folder, receipts);
        boolean isReported = report(folder, receipts);
        List<JsonNode> clients = clients(folder);
        new MoneyFiles(cloud, tenant).write(folder, exports.configuration().language());
        Files.writeString(folder.resolve(Output.TENANT), JSON.writeValueAsString(tenant()) + "\n");
        return new RunSummary(
                exports,
                receipts,
                exports.rejectedConfigurations(),
                erasures(folder),
                PortfolioCount.of(clients),
                suggested(folder, clients),
                changes,
                isReported);
    }

    /// What [ClientPage] needs of the tenant's configuration.
    private ObjectNode tenant() {
        ObjectNode tenant = JSON.createObjectNode()
                .put("currency", exports.configuration().currency().getCurrencyCode());
        Language said = exports.language();
        return said == null ? tenant : tenant.put("language", said.tag());
    }

    private List<RunSummary.ReceiptFile> receipts(Path folder) throws IOException {
        Files.createDirectory(folder.resolve(Output.RECEIPTS));
        List<RunSummary.ReceiptFile> receipts = new ArrayList<>();
        for (String key : cloud.keys(Output.RECEIPTS + "/")) {
            Path file = folder.resolve(key).normalize();
            if (!file.startsWith(folder)) {
                throw new SaidException(Words.of("run.receipt_outside", key));
            }
            Files.createDirectories(file.getParent());
            try (InputStream in = cloud.open(key)) {
                Files.copy(in, file);
            }
            if (key.endsWith(".json") && isOfAnUpload(key)) {
                receipts.add(new RunSummary.ReceiptFile(key, Receipt.parse(Files.readString(file))));
            }
        }
        // Each sheet of a workbook may be an upload of its own.
        long finished = receipts.stream()
                .map(RunSummary.ReceiptFile::receipt)
                .filter(receipt -> receipt.status() != Receipt.Status.APPLYING)
                .map(receipt -> receipt.object() + " " + receipt.objectVersion())
                .distinct()
                .count();
        if (finished != exports.files()) {
            throw new SaidException(Words.of("run.unfinished_files", exports.files(), finished));
        }
        return receipts;
    }

    /// @return whether there is a report. There is none if no file was applied, because nothing was recalculated
    private boolean report(Path folder, List<RunSummary.ReceiptFile> receipts) throws IOException {
        String key = "reports/%s/%s/index.html"
                .formatted(tenant, exports.days().getLast().date());
        boolean isReported = cloud.keys(key).contains(key);
        if (!isReported && receipts.stream().anyMatch(RunSummary.ReceiptFile::isApplied)) {
            throw new SaidException(Words.of("run.unfinished_report"));
        }
        if (isReported) {
            Path file = folder.resolve(Output.REPORT).resolve("index.html");
            Files.createDirectories(file.getParent());
            try (InputStream in = cloud.open(key)) {
                Files.copy(in, file);
            }
        }
        return isReported;
    }

    /// The receipts of configurations and erasures are of another kind.
    private boolean isOfAnUpload(String key) {
        String receipts = Output.RECEIPTS + "/" + tenant + "/";
        return !key.equals(receipts + "configuration.json") && !key.startsWith(receipts + "erasures/");
    }

    /// @return how many changes of situation were published
    private int events(Path folder, List<RunSummary.ReceiptFile> receipts) throws IOException {
        LocalDate last = exports.days().getLast().date();
        boolean recalculated = receipts.stream().noneMatch(RunSummary.ReceiptFile::isApplied);
        Set<String> changes = new HashSet<>();
        try (Writer out = Files.newBufferedWriter(folder.resolve(Output.EVENTS))) {
            for (String event : events) {
                out.append(event).append('\n');
                JsonNode envelope = JSON.readTree(event);
                JsonNode detail = envelope.path("detail");
                switch (envelope.path("detail-type").asText()) {
                    case "SituationChanged" -> changes.add(detail.path("id").asText());
                    case "RecalculationCompleted" ->
                        recalculated |= detail.path("day").asText().equals(last.toString());
                    default -> {}
                }
            }
        }
        if (!recalculated) {
            throw new SaidException(Words.of("run.unfinished_day", last));
        }
        return changes.size();
    }

    /// What became of the lists of clients to erase.
    private List<RunSummary.Erasure> erasures(Path folder) throws IOException {
        List<RunSummary.Erasure> erasures = new ArrayList<>();
        for (String key : cloud.keys("%s/%s/erasures/".formatted(Output.RECEIPTS, tenant))) {
            JsonNode receipt = JSON.readTree(Files.readString(folder.resolve(key)));
            erasures.add(new RunSummary.Erasure(
                    key,
                    receipt.path("listed").asLong(),
                    receipt.path("erased").asLong(),
                    receipt.path("reason").textValue()));
        }
        return erasures;
    }

    private List<JsonNode> clients(Path folder) throws IOException {
        List<String> lines = exported("clients");
        List<JsonNode> clients = new ArrayList<>();
        SortedSet<String> others = new TreeSet<>(CodePoints.ORDER);
        for (String line : lines) {
            JsonNode client = parse(line);
            clients.add(client);
            client.fieldNames().forEachRemaining(name -> {
                if (ClientField.isOpen(name)) {
                    others.add(name);
                }
            });
        }
        Files.write(folder.resolve(Output.CLIENTS), lines);
        Files.write(folder.resolve(Output.DETAILS), exported("details"));
        records(folder, clients);
        try (Writer sheet = Files.newBufferedWriter(folder.resolve(Output.CLIENTS_CSV))) {
            ClientsCsv csv = new ClientsCsv(
                    Tables.load(), others, exports.configuration().language(), sheet);
            for (JsonNode client : clients) {
                csv.add(client);
            }
        }
        return clients;
    }

    /// The records behind the fields of each client, a client per line.
    private void records(Path folder, List<JsonNode> clients) throws IOException {
        Map<String, LocalDate> days = new LinkedHashMap<>();
        for (JsonNode client : clients) {
            days.put(
                    client.path("clientId").asText(),
                    LocalDate.parse(client.path("asOf").asText()));
        }
        Map<String, ArrayNode> found = cloud.records(tenant, days);
        try (Writer out = Files.newBufferedWriter(folder.resolve(Output.RECORDS))) {
            for (String clientId : days.keySet()) {
                ArrayNode own = found.get(clientId);
                if (own != null) {
                    ObjectNode line = JSON.createObjectNode().put("clientId", clientId);
                    out.append(JSON.writeValueAsString(line.set("records", own)))
                            .append('\n');
                }
            }
        }
    }

    private static SuggestedAliases suggested(Path folder, List<JsonNode> clients) throws IOException {
        SuggestedAliases suggested = SuggestedAliases.of(clients);
        if (!suggested.aliases().isEmpty()) {
            Map<String, String> names = new HashMap<>();
            clients.forEach(client -> names.put(
                    client.path("clientId").asText(), client.path("name").asText()));
            suggested.write(folder.resolve(Output.SUGGESTED_ALIASES), client -> names.getOrDefault(client, ""));
        }
        return suggested;
    }

    /// The lines of an export of the last day, by client id.
    private List<String> exported(String name) throws IOException {
        record Line(String clientId, String text) {}
        List<Line> lines = new ArrayList<>();
        LocalDate last = exports.days().getLast().date();
        for (String key : cloud.keys("exports/%s/%s/%s-".formatted(tenant, last, name))) {
            try (BufferedReader in = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(cloud.open(key)), StandardCharsets.UTF_8))) {
                for (String text = in.readLine(); text != null; text = in.readLine()) {
                    lines.add(new Line(parse(text).path("clientId").asText(), text));
                }
            }
        }
        return lines.stream()
                .sorted(Comparator.comparing(Line::clientId, CodePoints.ORDER))
                .map(Line::text)
                .toList();
    }

    private static JsonNode parse(String line) throws JsonProcessingException {
        return JSON.readTree(line);
    }
}
