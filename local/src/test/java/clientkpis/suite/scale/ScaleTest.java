package clientkpis.suite.scale;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.Shards;
import clientkpis.store.Keys;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Much at once settles without a lost row, with the time limits of the template. `./dev scale` runs it at full size;
/// `-Dscale=0.01`, a hundredth, is what the tests run.
@Tag("slow")
class ScaleTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final double SCALE = Double.parseDouble(System.getProperty("scale", "0.01"));
    private static final Duration LONG = Duration.ofHours(3);
    private static final String TITLES = "client_id;title_id;value;due_on\n";

    /// Tables with the columns that a row needs, besides its client and its own key.
    private static final List<String> TABLES = List.of(
            "billing/%s;client_id;title_id;value;due_on;c%d;k%d;1,00;2026-10-01",
            "support/%s;client_id;ticket_id;sla_on;;c%d;k%d;2026-10-01;",
            "nps/%s;client_id;answer_id;score;answered_on;c%d;k%d;9;2026-09-01",
            "activities/%s;client_id;activity_id;due_on;;c%d;k%d;2026-10-01;");

    @RegisterExtension
    static final Suite suite = Suite.start();

    private static int scaled(int full) {
        return (int) Math.max(1, full * SCALE);
    }

    private static void print(long began, String figures) {
        System.out.printf(Locale.ROOT, "Scale: %s in %,.0f s%n", figures, (System.nanoTime() - began) / 1e9);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64, 256})
    void files(int full) {
        int files = SCALE < 1 ? Math.min(full, 16) : full;
        Company company = suite.company();
        suite.cloud().requests().reset();
        long began = System.nanoTime();
        for (int file = 0; file < files; file++) {
            company.upload(
                    DAY.atTime(8, 0).plusSeconds(file),
                    "billing/f" + file + ".csv",
                    bytes(TITLES + "c1;t" + file + ";1,00;2026-10-01\nc1;all;" + file + ",00;2026-10-01\n"));
        }
        suite.settle(LONG);

        long applications = suite.cloud()
                .requests()
                .count(request -> request.function().equals("billingFunction")
                        && request.operation().equals("GetObject")
                        && request.accesses().stream()
                                .anyMatch(access -> access.key().startsWith("parts/" + company.tenant())
                                        && access.key().endsWith(".jsonl.gz")));
        print(began, "%d files of one table at once, %d applications of parts".formatted(files, applications));
        assertThat(company.rows("billing")).hasSize(files + 1);
        assertThat(company.rows("billing").get("c1 all")).containsEntry("value", files - 1 + ".00");
        assertThat(applications).isBetween((long) files, 3L * files);
    }

    @Test
    void uploads() {
        int uploads = scaled(1_000);
        Company company = suite.company();
        long began = System.nanoTime();
        for (int upload = 0; upload < uploads; upload++) {
            String[] table = TABLES.get(upload % TABLES.size()).split(";", -1);
            String header =
                    String.join(";", table[1], table[2], table[3], table[4]).replaceAll(";$", "");
            String row =
                    String.join(";", table[5], table[6], table[7], table[8]).replaceAll(";$", "");
            company.upload(
                    DAY.atTime(8, 0).plusSeconds(upload),
                    table[0].formatted("u" + upload + ".csv"),
                    bytes(header + "\n" + row.formatted(upload % 7, upload) + "\n" + row.formatted(0, 0) + "\n"));
        }
        suite.settle(LONG);

        long rows = 0;
        for (String table : TABLES) {
            rows += company.rows(table.substring(0, table.indexOf('/'))).size();
        }
        print(began, "%d uploads over %d tables at once, %d rows".formatted(uploads, TABLES.size(), rows));
        // Each has a row of its own, and one that all of its table have: the first upload's own.
        assertThat(rows).isEqualTo(uploads + Math.min(uploads, TABLES.size()) - 1);
        assertThat(company.receipts().values())
                .hasSize(uploads)
                .allMatch(receipt -> receipt.path("status").asText().equals("applied"));
    }

    @Test
    void rows() {
        int clients = scaled(10_000);
        int each = 500;
        Company company = suite.company();
        StringBuilder csv = new StringBuilder("client_id;user_id;used_on;actions\n");
        for (int row = 0; row < clients * each; row++) {
            int of = row / clients;
            csv.append('c').append(row % clients).append(";u").append(of / 20).append(";2026-08-");
            csv.append(10 + of % 20).append(";1\n");
        }
        byte[] file = bytes(csv.toString());
        csv.setLength(0);
        csv.trimToSize();
        long began = System.nanoTime();
        company.upload(DAY.atTime(8, 0), "usage/rows.csv", file);
        suite.settle(LONG);

        JsonNode receipt = company.receiptOf("usage/rows.csv");
        long stored = suite.records().countOlder(company.tenant(), "usage", "\uffff");
        print(began, "%,d rows of %,d clients in one upload of %,d bytes".formatted(stored, clients, file.length));
        assertThat(receipt.at("/rows/stored").asLong()).isEqualTo((long) clients * each);
        assertThat(receipt.at("/clients/seen").asLong()).isEqualTo(clients);
        assertThat(stored).isEqualTo((long) clients * each);
    }

    @Test
    void clients() throws IOException {
        int clients = scaled(200_000);
        Company company = suite.company();
        StringBuilder names = new StringBuilder("client_id;name;status\n");
        StringBuilder titles = new StringBuilder(TITLES);
        for (int client = 0; client < clients; client++) {
            names.append('c').append(client).append(";Padaria ").append(client).append(";Ativo\n");
            titles.append('c').append(client).append(";t;100,00;2026-08-01\n");
        }
        long began = System.nanoTime();
        company.upload(DAY.atTime(1, 0), "clients/c.csv", bytes(names.toString()));
        company.upload(DAY.atTime(1, 1), "billing/b.csv", bytes(titles.toString()));
        suite.settle(LONG);
        print(began, "%,d clients of two tables uploaded".formatted(clients));
        suite.cloud().requests().reset();
        long recalculation = System.nanoTime();
        suite.clock(DAY.atTime(23, 0));
        suite.cloud()
                .tick(DAY.atTime(23, 0).atZone(ZoneId.of("America/Sao_Paulo")).toInstant());
        suite.settle(LONG);

        Set<String> exported = new HashSet<>();
        long lines = 0;
        for (String key : company.keys("exports/%s/%s/clients-".formatted(company.tenant(), DAY))) {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(new ByteArrayInputStream(company.object(key))), StandardCharsets.UTF_8))) {
                String line;
                while ((line = text.readLine()) != null) {
                    exported.add(Json.parse(line).path("clientId").asText());
                    lines++;
                }
            }
        }
        print(recalculation, "the first recalculation of %,d clients, %,d exported lines".formatted(clients, lines));
        assertThat(lines).isEqualTo(clients);
        assertThat(exported).hasSize(clients);
        assertThat(company.events("RecalculationCompleted")).isNotEmpty();
    }

    /// A rehearsal of many clients on many days. Their exports are copies of what a few clients gave, each with another
    /// id and, on some days, with more overdue titles.
    @Test
    void days() throws IOException {
        int clients = scaled(2_500);
        int days = SCALE < 1 ? 100 : 400;
        Company company = suite.company();
        exportedOnce(company);
        List<ObjectNode> few = new ArrayList<>();
        company.exported(DAY).forEach(line -> few.add((ObjectNode) line));
        Random random = new Random(1);
        for (int day = 0; day < days; day++) {
            export(company, DAY.minusDays(day), few, clients, random);
        }
        suite.dynamo.updateItem(update -> update.tableName(suite.cloud().table("Tenants"))
                .key(Map.of("tenant", AttributeValue.fromS(company.tenant().name())))
                .updateExpression("SET clients = :c")
                .expressionAttributeValues(Map.of(":c", AttributeValue.fromN(Integer.toString(clients)))));
        suite.settle(LONG);
        suite.cloud().requests().reset();
        long began = System.nanoTime();
        company.rehearse(
                DAY.plusDays(1).atTime(9, 0),
                "many",
                "{\"candidate\": {\"senseScore\": {\"bands\": {\"green\": 80, \"yellow\": 60}}}}");
        suite.settle(LONG);

        JsonNode completed = company.events("RehearsalCompleted").getFirst();
        print(
                began,
                "%,d days of clients rehearsed with %,d requests"
                        .formatted(
                                (long) clients * days,
                                suite.cloud().requests().count(r -> r.function().equals("rehearsalFunction"))));
        assertThat(completed.path("clients").asInt()).isEqualTo(clients);
        assertThat(completed.path("from").asText())
                .isEqualTo(DAY.minusDays(days - 1L).toString());
        assertThat(completed.path("moved").asInt()).isPositive();
    }

    private static void exportedOnce(Company company) {
        StringBuilder names = new StringBuilder("client_id;name;status;cs\n");
        StringBuilder contracts = new StringBuilder("client_id;contract_id;model;value;status;ends_on\n");
        StringBuilder titles = new StringBuilder(TITLES);
        StringBuilder usage = new StringBuilder("client_id;user_id;used_on;actions\n");
        for (int client = 0; client < 50; client++) {
            names.append("c%d;Padaria %d;Ativo;Ana%n".formatted(client, client));
            contracts.append("c%d;k;MRR;%d,00;Ativo;2027-01-31%n".formatted(client, 100 + client));
            titles.append("c%d;t;100,00;2026-%s-01%n".formatted(client, client % 3 == 0 ? "08" : "12"));
            usage.append("c%d;u;2026-09-01;%d%n".formatted(client, 1 + client));
        }
        company.upload(DAY.atTime(1, 0), "clients/c.csv", bytes(names.toString()));
        company.upload(DAY.atTime(1, 1), "contracts/k.csv", bytes(contracts.toString()));
        company.upload(DAY.atTime(1, 2), "billing/b.csv", bytes(titles.toString()));
        company.upload(DAY.atTime(1, 3), "usage/u.csv", bytes(usage.toString()));
        suite.settle(LONG);
        suite.recalculate(DAY);
    }

    private static void export(Company company, LocalDate day, List<ObjectNode> few, int clients, Random random)
            throws IOException {
        List<StringBuilder> shards =
                Stream.generate(StringBuilder::new).limit(Shards.COUNT).toList();
        for (int client = 0; client < clients; client++) {
            String id = "r%07d".formatted(client);
            ObjectNode line = few.get(client % few.size()).deepCopy();
            line.put("clientId", id).put("asOf", day.toString());
            if (random.nextInt(4) == 0) {
                line.put("overdueTitles", random.nextInt(4));
            }
            shards.get(Shards.of(id)).append(Json.text(line)).append('\n');
        }
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(bytes(shards.get(shard).toString()));
            }
            String key = Keys.export(company.tenant(), day, shard);
            suite.s3.putObject(put -> put.bucket(suite.bucket()).key(key), RequestBody.fromBytes(packed.toByteArray()));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
