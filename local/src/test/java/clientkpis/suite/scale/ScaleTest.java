package clientkpis.suite.scale;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.Shards;
import clientkpis.store.Keys;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Much at once settles with a bounded number of requests. `./dev scale` runs it at full size; `-Dscale=0.01`, a
/// hundredth, is what the tests run.
@Tag("slow")
class ScaleTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);

    @RegisterExtension
    static final Suite suite = Suite.start();

    @ParameterizedTest
    @ValueSource(ints = {16, 64, 256})
    void files(int full) {
        int files = Scale.SCALE < 1 ? Math.min(full, 16) : full;
        Company company = suite.company();
        suite.cloud().requests().reset();
        long began = System.nanoTime();
        for (int file = 0; file < files; file++) {
            company.upload(
                    DAY.atTime(8, 0).plusSeconds(file),
                    "billing/f" + file + ".csv",
                    Scale.bytes(
                            Scale.TITLES + "c1;t" + file + ";1,00;2026-10-01\nc1;all;" + file + ",00;2026-10-01\n"));
        }
        suite.settle(Scale.LONG);

        long applications = suite.cloud()
                .requests()
                .count(request -> request.function().equals("billingFunction")
                        && request.operation().equals("GetObject")
                        && request.accesses().stream()
                                .anyMatch(access -> access.key().startsWith("parts/" + company.tenant())
                                        && access.key().endsWith(".jsonl.gz")));
        Scale.print(began, "%d files of one table at once, %d applications of parts".formatted(files, applications));
        assertThat(company.rows("billing")).hasSize(files + 1);
        assertThat(company.rows("billing").get("c1 all")).containsEntry("value", files - 1 + ".00");
        assertThat(applications).isBetween((long) files, 3L * files);
    }

    /// A rehearsal of many clients on many days. Their exports are copies of what a few clients gave, each with another
    /// id and, on some days, with more overdue titles.
    @Test
    void days() throws IOException {
        int clients = Scale.scaled(2_500);
        int days = Scale.SCALE < 1 ? 100 : 400;
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
        suite.settle(Scale.LONG);
        suite.cloud().requests().reset();
        long began = System.nanoTime();
        company.rehearse(
                DAY.plusDays(1).atTime(9, 0),
                "many",
                "{\"candidate\": {\"senseScore\": {\"bands\": {\"green\": 80, \"yellow\": 60}}}}");
        suite.settle(Scale.LONG);

        JsonNode completed = company.events("RehearsalCompleted").getFirst();
        Scale.print(
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
        StringBuilder titles = new StringBuilder(Scale.TITLES);
        StringBuilder usage = new StringBuilder("client_id;user_id;used_on;actions\n");
        for (int client = 0; client < 50; client++) {
            names.append("c%d;Padaria %d;Ativo;Ana%n".formatted(client, client));
            contracts.append("c%d;k;MRR;%d,00;Ativo;2027-01-31%n".formatted(client, 100 + client));
            titles.append("c%d;t;100,00;2026-%s-01%n".formatted(client, client % 3 == 0 ? "08" : "12"));
            usage.append("c%d;u;2026-09-01;%d%n".formatted(client, 1 + client));
        }
        company.upload(DAY.atTime(1, 0), "clients/c.csv", Scale.bytes(names.toString()));
        company.upload(DAY.atTime(1, 1), "contracts/k.csv", Scale.bytes(contracts.toString()));
        company.upload(DAY.atTime(1, 2), "billing/b.csv", Scale.bytes(titles.toString()));
        company.upload(DAY.atTime(1, 3), "usage/u.csv", Scale.bytes(usage.toString()));
        suite.settle(Scale.LONG);
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
                out.write(Scale.bytes(shards.get(shard).toString()));
            }
            String key = Keys.export(company.tenant(), day, shard);
            suite.s3.putObject(put -> put.bucket(suite.bucket()).key(key), RequestBody.fromBytes(packed.toByteArray()));
        }
    }
}
