package clientkpis.cli.output;

import clientkpis.cli.cloud.Cloud;
import clientkpis.export.Close;
import clientkpis.export.ClosedClient;
import clientkpis.export.Closes;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.configuration.Language;
import clientkpis.kpi.money.Movement;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How the portfolio's MRR moved in each closed month, as a run leaves it: for programs, for spreadsheets, and client
/// by client.
public final class MoneyFiles {
    private static final List<String> DIMENSIONS = List.of("cs", "segment", "plan", "size");

    private final Cloud cloud;
    private final String tenant;

    public MoneyFiles(Cloud cloud, String tenant) {
        this.cloud = cloud;
        this.tenant = tenant;
    }

    /// Writes them, empty before the first month is closed.
    ///
    /// @param language of the spreadsheet
    public void write(Path folder, Language language) throws IOException {
        List<JsonNode> months = new ArrayList<>();
        for (String key : cloud.keys("summaries/%s/money/".formatted(tenant))) {
            try (InputStream in = cloud.open(key)) {
                months.add(Results.JSON.readTree(in));
            }
        }
        List<JsonNode> lines = lines(months);
        try (Writer out = Files.newBufferedWriter(folder.resolve(Output.MONEY))) {
            for (JsonNode line : lines) {
                out.append(Results.JSON.writeValueAsString(line)).append('\n');
            }
        }
        try (Writer out = Files.newBufferedWriter(folder.resolve(Output.MONEY_CSV))) {
            MoneyCsv csv = new MoneyCsv(language, out);
            for (JsonNode line : lines) {
                csv.add(line);
            }
        }
        try (Writer out = Files.newBufferedWriter(folder.resolve(Output.MOVEMENTS))) {
            for (JsonNode movement : movements(months)) {
                out.append(Results.JSON.writeValueAsString(movement)).append('\n');
            }
        }
    }

    /// The months, ascending; then the same by each value of each field.
    private static List<JsonNode> lines(List<JsonNode> months) {
        List<JsonNode> lines = new ArrayList<>();
        List<JsonNode> slices = new ArrayList<>();
        for (JsonNode month : months) {
            lines.add(month.path("total"));
            month.path("slices").forEach(slices::add);
        }
        slices.sort(Comparator.comparingInt(
                        (JsonNode line) -> DIMENSIONS.indexOf(line.path("by").asText()))
                .thenComparing(line -> line.path("of").asText(), CodePoints.ORDER)
                .thenComparing(line -> line.path("month").asText()));
        lines.addAll(slices);
        return lines;
    }

    /// Where a month lies among the closes that are read.
    private record Ends(String month, LocalDate start, int from, int to) {}

    private List<JsonNode> movements(List<JsonNode> months) throws IOException {
        NavigableSet<LocalDate> days = new TreeSet<>();
        for (JsonNode month : months) {
            days.add(LocalDate.parse(month.path("from").asText()));
            days.add(LocalDate.parse(month.path("to").asText()));
        }
        Closes closes = new Closes(
                (day, shard) -> cloud.open("exports/%s/%s/clients-%02d.jsonl.gz".formatted(tenant, day, shard)), days);
        List<Ends> all = new ArrayList<>();
        for (JsonNode month : months) {
            LocalDate from = LocalDate.parse(month.path("from").asText());
            LocalDate to = LocalDate.parse(month.path("to").asText());
            all.add(new Ends(month.path("month").asText(), from, closes.place(from), closes.place(to)));
        }
        List<JsonNode> lines = new ArrayList<>();
        closes.forEach((client, at) -> {
            for (Ends ends : all) {
                Close first = at.get(ends.from());
                Close last = at.get(ends.to());
                Movement movement = movement(first, last, ends.start());
                if (movement != null) {
                    lines.add(line(client, ends.month(), movement, first.mrr(), last.mrr()));
                }
            }
        });
        lines.sort(Comparator.comparing(line -> line.path("clientId").asText(), CodePoints.ORDER));
        return lines;
    }

    private static @Nullable Movement movement(Close first, Close last, LocalDate start) {
        ClosedClient client = last.client();
        LocalDate firstMrrOn = client == null ? null : client.firstMrrOn();
        return Movement.of(first.mrr(), last.mrr(), firstMrrOn != null && firstMrrOn.isBefore(start));
    }

    private static ObjectNode line(String client, String month, Movement movement, BigDecimal start, BigDecimal end) {
        return Results.JSON
                .createObjectNode()
                .put("clientId", client)
                .put("month", month)
                .put("movement", movement.label())
                .put("start", start)
                .put("end", end)
                .put("amount", end.subtract(start).abs());
    }
}
