package clientkpis.store;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Tenant;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.History;
import clientkpis.kpi.configuration.Configuration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ClientItemTest {
    static final LocalDate DAY = LocalDate.of(2026, 9, 30);
    private static final Tenant TENANT = Tenant.of("acme");
    private static final Configuration.Active CONFIGURATION = new Configuration.Active(0, null, Configuration.DEFAULT);
    private static final int UNIT = 1_024;
    private static final int CLIENTS = 20;
    /// The bytes of the mark of the write, `w`.
    private static final int MARK = 9;

    @Test
    void aClientReadsBackAsItWasWritten() {
        Client client = client();

        assertThat(ClientItem.read(ClientItem.write(TENANT, client))).isEqualTo(client);
    }

    @Property(tries = 100)
    void anyClientReadsBackAsItWasWritten(@ForAll("clients") Client client) {
        assertThat(ClientItem.read(ClientItem.write(TENANT, client))).isEqualTo(client);
    }

    @Provide
    static Arbitrary<Client> clients() {
        return AnyClient.clients();
    }

    @Test
    void theItemShowsWhatIsPromisedAndNothingElse() {
        Map<String, AttributeValue> item = ClientItem.write(TENANT, full(new Random(1)));

        assertThat(item)
                .containsOnlyKeys("shard", "client", "version", "asOf", "fields", "format", "packed")
                .containsEntry("asOf", AttributeValue.fromS(DAY.toString()));
        assertThat(item.get("fields").m()).containsOnlyKeys(ClientItem.PROMISED);
        Map<String, AttributeValue> fields =
                ClientItem.write(TENANT, client()).get("fields").m();
        assertThat(fields.get("mrr").n()).isEqualTo("1234.50");
        assertThat(fields.get("renewalOn").s()).isEqualTo("2027-01-31");
        assertThat(fields.get("senseScore").n()).isEqualTo("75.24");
        assertThat(fields).doesNotContainKeys("status", "daysToRenewal", "senseScoreVariation7d");
    }

    /// With full histories: each score changed on each of the days that a history goes back.
    @Test
    void nineOfTenClientsFitOneWriteUnit() {
        Random random = new Random(7);
        List<Client> clients =
                LongStream.range(0, CLIENTS).mapToObj(i -> full(random)).toList();

        assertThat(clients).allSatisfy(client -> {
            assertThat(client.facets()).hasSize(8);
            assertThat(client.scores().senseScoreHistory().points()).hasSizeGreaterThanOrEqualTo(History.DAYS - 5);
            assertThat(client.scores().engagementHistory().points()).hasSizeGreaterThanOrEqualTo(History.DAYS - 5);
        });
        List<Integer> sizes = clients.stream()
                .map(client -> MARK
                        + ClientItem.write(TENANT, client).entrySet().stream()
                                .mapToInt(attribute -> attribute.getKey().length() + size(attribute.getValue()))
                                .sum())
                .sorted()
                .toList();
        assertThat(sizes.get(CLIENTS * 9 / 10 - 1))
                .as("bytes of the items: %s", sizes)
                .isLessThanOrEqualTo(UNIT);
    }

    /// As DynamoDB counts: names and values, three bytes for a map and one for each of its members.
    private static int size(AttributeValue value) {
        if (value.s() != null) {
            return value.s().getBytes(StandardCharsets.UTF_8).length;
        }
        if (value.n() != null) {
            return value.n().length() / 2 + 2;
        }
        if (value.b() != null) {
            return value.b().asByteArrayUnsafe().length;
        }
        return 3
                + value.m().entrySet().stream()
                        .mapToInt(entry -> entry.getKey().length() + size(entry.getValue()) + 1)
                        .sum();
    }

    /// A client with rows in every table, whose uploads and recalculation change it day by day.
    private static Client full(Random random) {
        Client client = Client.unknown("%02d.%03d.%03d/0001-%02d"
                .formatted(random.nextInt(100), random.nextInt(1_000), random.nextInt(1_000), random.nextInt(100)));
        double engagement = random.nextDouble(-60, 60);
        for (int day = 70; day >= 0; day--) {
            LocalDate today = DAY.minusDays(day);
            client = client.uploaded(
                            today, facets(random, today, 71 - day), CONFIGURATION, new Cause.Upload("usage", "u"))
                    .client();
            engagement = Math.clamp(engagement + random.nextGaussian(0, 2), -100, 100);
            client = client.recalculated(today, decimal(engagement), CONFIGURATION, new Cause.Daily())
                    .client();
        }
        return client;
    }

    private static Map<String, Client.Facet> facets(Random random, LocalDate today, int version) {
        TreeMap<LocalDate, Value> actions = new TreeMap<>();
        int left = random.nextInt(200, 400);
        for (int day = 0; day < 30; day++) {
            actions.put(today.plusDays(day), Value.Number.of(left));
            left = Math.max(0, left - random.nextInt(25));
        }
        TreeMap<LocalDate, Value> titles = new TreeMap<>();
        titles.put(today, Value.Number.of(random.nextInt(3)));
        titles.put(today.plusDays(random.nextInt(1, 20)), Value.Number.of(4));
        Map<String, Map<String, Timeline>> tables = Map.of(
                "clients",
                Map.of(
                        "name", text(today, "Padaria São João Nº " + random.nextInt(1_000)),
                        "status", text(today, "Ativo"),
                        "cs", text(today, pick(random, "Ana Conceição", "Bruno Sá", "Carla da Silva")),
                        "csm", text(today, pick(random, "Davi Lima", "Érica Melo", "Fábio Nunes")),
                        "salesperson", text(today, pick(random, "Gil", "Heloísa Prado", "Ivo Rocha")),
                        "plan", text(today, pick(random, "Premium", "Mensal", "Ouro 12x")),
                        "segment", text(today, pick(random, "Comércio varejista", "SaaS", "Indústria")),
                        "stage", text(today, pick(random, "Adoção", "Onboarding")),
                        "size", text(today, pick(random, "Tier 1", "Tech Touch")),
                        "registeredOn", date(today, today.minusDays(random.nextInt(2_000)))),
                "contracts",
                Map.of(
                        "mrr", number(today, decimal(random.nextDouble(100, 90_000))),
                        "licences", number(today, BigDecimal.valueOf(random.nextInt(500))),
                        "renewalOn", date(today, today.plusDays(random.nextInt(400))),
                        "lastPurchaseOn", date(today, today.minusDays(random.nextInt(400)))),
                "billing",
                Map.of(
                        "overdueTitles", Timeline.of(titles),
                        "overdueSince", date(today, today.minusDays(random.nextInt(30))),
                        "tcv", number(today, decimal(random.nextDouble(1_000, 900_000)))),
                "contacts",
                Map.of(
                        "sponsorName", text(today, "Joana Pereira Alves"),
                        "sponsorEmail", text(today, "joana.alves%d@example.com".formatted(random.nextInt(100))),
                        "sponsorPhone", text(today, "(11) 5%07d".formatted(random.nextInt(10_000_000)))),
                "activities",
                Map.of(
                        "pendingActivities", number(today, BigDecimal.valueOf(random.nextInt(9))),
                        "overdueActivities", number(today, BigDecimal.valueOf(random.nextInt(4))),
                        "lastInteractionOn", date(today, today.minusDays(random.nextInt(60)))),
                "nps",
                Map.of("nps", number(today, decimal(random.nextInt(-100, 101)))),
                "support",
                Map.of("ticketsAboveSla", number(today, BigDecimal.valueOf(random.nextInt(4)))),
                "usage",
                Map.of(
                        "actions30d", Timeline.of(actions),
                        "activeUsers", number(today, BigDecimal.valueOf(random.nextInt(1, 40))),
                        "usersWithActivity", number(today, BigDecimal.valueOf(random.nextInt(40, 60)))));
        Map<String, Client.Facet> facets = new TreeMap<>();
        tables.forEach((table, timelines) -> facets.put(
                table,
                new Client.Facet(
                        version,
                        "%sT04%02d%02d-%010x-%s-%s.csv"
                                .formatted(
                                        today.format(DateTimeFormatter.BASIC_ISO_DATE),
                                        random.nextInt(60),
                                        random.nextInt(60),
                                        random.nextLong(1L << 40),
                                        table,
                                        today),
                        timelines)));
        return facets;
    }

    private static String pick(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }

    private static BigDecimal decimal(double number) {
        return BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_UP);
    }

    private static Timeline number(LocalDate from, BigDecimal number) {
        return Timeline.constant(from, new Value.Number(number));
    }

    private static Timeline text(LocalDate from, String text) {
        return Timeline.constant(from, new Value.Text(text));
    }

    private static Timeline date(LocalDate from, LocalDate day) {
        return Timeline.constant(from, new Value.Day(day));
    }

    static Client client() {
        TreeMap<LocalDate, Value> titles = new TreeMap<>();
        titles.put(DAY, Value.Number.of(0));
        titles.put(DAY.plusDays(5), Value.Number.of(1));
        Map<String, Client.Facet> facets = Map.of(
                "contracts",
                new Client.Facet(
                        3,
                        "20260930T040000-0123456789-contratos.csv",
                        Map.of(
                                "mrr",
                                Timeline.constant(DAY, new Value.Number(new BigDecimal("1234.50"))),
                                "renewalOn",
                                Timeline.constant(DAY, new Value.Day(LocalDate.of(2027, 1, 31))),
                                "daysToRenewal",
                                Timeline.constant(DAY, new Value.Countdown(LocalDate.of(2027, 1, 31))))),
                "billing",
                new Client.Facet(
                        1, "20260930T040000-0123456789-financeiro.csv", Map.of("overdueTitles", Timeline.of(titles))),
                "nps",
                new Client.Facet(
                        1,
                        "20260930T040000-0123456789-nps.csv",
                        Map.of("nps", Timeline.constant(DAY, new Value.Number(new BigDecimal("0.00"))))),
                "clients",
                new Client.Facet(
                        1,
                        "20260930T040000-0123456789-clientes.csv",
                        Map.of("name", Timeline.constant(DAY, new Value.Text("Padaria São João")))));
        Cause cause = new Cause.Upload("contracts", "u");
        Client first = Client.unknown("00.038.166/0001-05")
                .uploaded(DAY, facets, CONFIGURATION, cause)
                .client();
        return first.recalculated(DAY, new BigDecimal("42.86"), CONFIGURATION, new Cause.Daily())
                .client();
    }
}
