package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.Attributes;
import clientkpis.kpi.Shards;
import clientkpis.local.Options;
import clientkpis.local.invoke.Faults;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.suite.Company;
import clientkpis.suite.Opened;
import clientkpis.suite.Suite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/// The erasure of most clients of a tenant with many daily objects, killed again and again: `./dev erasure`.
@Tag("scale")
class LargeErasureTest {
    private static final int CLIENTS = Integer.getInteger("erasure.clients", 50_000);
    private static final int DAYS = Integer.getInteger("erasure.days", 365);
    private static final long SEED = Long.getLong("erasure.seed", 20_260_910L);
    /// Every this many clients one stays.
    private static final int STAYS = 100;
    /// How many of the listed clients a newer upload brings back.
    private static final int RETURNING = 100;
    private static final int REQUESTS_OF_A_LIFE = 5_000;
    private static final LocalDate TODAY = LocalDate.of(2026, 9, 10);
    private static final LocalDateTime LIST = TODAY.atTime(12, 0);
    private static final Duration LONGEST = Duration.ofHours(3);
    private static final Pattern ID = Pattern.compile("CLI-\\d+");

    private final Killer killer = new Killer();

    /// Kills invocations of erasure at random.
    private static final class Killer implements Faults {
        private final Random random = new Random(SEED);
        private final AtomicLong requests = new AtomicLong();
        private final AtomicLong invocations = new AtomicLong();
        private final AtomicLong kills = new AtomicLong();

        @Override
        public Fault decide(Request request) {
            if (!request.function().equals("erasureFunction")) {
                return Fault.NONE;
            }
            requests.incrementAndGet();
            if (request.operation().equals("GetItem")
                    && request.accesses().getFirst().key().contains("erasure#")) {
                invocations.incrementAndGet();
            }
            synchronized (random) {
                if (random.nextInt(REQUESTS_OF_A_LIFE) > 0) {
                    return Fault.NONE;
                }
            }
            kills.incrementAndGet();
            return Fault.KILLED;
        }
    }

    @Test
    void itEndsAndLeavesNothingButWhatANewerUploadBrought(@TempDir Path folder) throws Exception {
        try (Suite suite = Suite.start(template(folder), Options.defaults().withFaults(killer))) {
            Company company = suite.company();
            long begun = System.nanoTime();
            seed(suite, company);
            System.out.printf("%,d clients, %,d objects made in %,d s%n", CLIENTS, objects(suite), seconds(begun));
            long from = System.nanoTime();
            killer.requests.set(0);
            company.erase(
                    LIST,
                    "list.csv",
                    Stream.concat(Stream.of("client_id"), listed()).toArray(String[]::new));
            Map<String, Long> looks = new ConcurrentSkipListMap<>();
            Thread following = Thread.ofPlatform().daemon().start(() -> follow(suite, company, looks));
            suite.cloud().settle(LONGEST);
            following.join();
            suite.settle();

            System.out.printf(
                    "erased in %,d s: %,d requests, %,d invocations, of which %,d were killed (seed %d)%n",
                    seconds(from), killer.requests.get(), killer.invocations.get(), killer.kills.get(), SEED);
            System.out.printf(
                    "  first look: %,d s, %,.0f clients/s; second look: %,d s%n",
                    looks.getOrDefault("1", 0L) / 1_000,
                    CLIENTS * 1e3 / looks.getOrDefault("1", 1L),
                    looks.getOrDefault("2", 0L) / 1_000);
            List<String> left = left(suite, company);
            System.out.println("  left of erased clients: " + left.size() + " items and objects");
            long rows = company.rows("contracts").keySet().stream()
                    .filter(key -> key.endsWith(" newer"))
                    .count();
            System.out.println("  rows of the newer upload kept: " + rows + " of " + RETURNING);

            assertThat(left).isEmpty();
            assertThat(rows).isEqualTo(RETURNING);
            assertThat(company.rows("contracts").keySet().stream().filter(key -> key.endsWith(" k")))
                    .hasSize(CLIENTS / STAYS);
            assertThat(company.events("ErasureCompleted")).hasSize(1);
        }
    }

    /// Erasure hands itself on after 20 seconds, and no message is given up.
    private static Path template(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("template.yaml"),
                Suite.template()
                        .replaceAll("maxReceiveCount: \\d+", "maxReceiveCount: 100")
                        .replaceFirst("(\n  erasureFunction:(?:\n {4}.*)*?\n {6}Timeout: )\\d+", "$1620"));
    }

    private static String id(int number) {
        return "CLI-%06d".formatted(number);
    }

    private static Stream<String> listed() {
        return IntStream.range(0, CLIENTS).filter(i -> i % STAYS != 0).mapToObj(LargeErasureTest::id);
    }

    private static void seed(Suite suite, Company company) throws InterruptedException {
        company.upload(LIST.minusDays(1), "clients/all.csv", lines("client_id;name", i -> id(i) + ";Nome " + i));
        company.upload(
                LIST.minusDays(1),
                "contracts/all.csv",
                lines("client_id;contract_id;model;value;status", i -> id(i) + ";k;MRR;1,00;Ativo"));
        suite.cloud().settle(LONGEST);
        suite.cloud().requests().reset();
        Map<Integer, List<String>> shards =
                IntStream.range(0, CLIENTS).mapToObj(LargeErasureTest::id).collect(Collectors.groupingBy(Shards::of));
        Map<Integer, byte[]> exports = new LinkedHashMap<>();
        Map<Integer, byte[]> surveys = new LinkedHashMap<>();
        shards.forEach((shard, ids) -> {
            exports.put(
                    shard,
                    gzip(ids.stream()
                            .map(id -> "{\"clientId\":\"" + id + "\",\"situation\":\"neutral\"}\n")
                            .collect(Collectors.joining())));
            surveys.put(
                    shard,
                    gzip("{\"clients\":1,\"counts\":{},\"actions\":{"
                            + ids.stream().map(id -> "\"" + id + "\":1").collect(Collectors.joining(",")) + "}}"));
        });
        for (int day = 1; day <= DAYS; day++) {
            LocalDate date = TODAY.minusDays(day);
            String folder = company.tenant() + "/" + date + "/";
            exports.forEach((shard, bytes) -> {
                put(suite, "exports/" + folder + "clients-%02d.jsonl.gz".formatted(shard), bytes);
                put(suite, "exports/" + folder + "details-%02d.jsonl.gz".formatted(shard), bytes);
                put(suite, "surveys/" + folder + "%02d.json.gz".formatted(shard), surveys.get(shard));
            });
            put(suite, "exports/" + folder + "csv/clients.csv", id(1).getBytes(StandardCharsets.UTF_8));
            put(suite, "reports/" + folder + "index.html", id(1).getBytes(StandardCharsets.UTF_8));
            for (int file = 0; file < 11; file++) {
                String stamp = date.toString().replace("-", "") + "T080000-%010x".formatted(file);
                put(
                        suite,
                        "receipts/" + company.tenant() + "/usage/" + stamp + "-u.csv.json",
                        ("{\"problems\":{\"first\":[{\"cell\":\"" + id(day) + "\"}]}}")
                                .getBytes(StandardCharsets.UTF_8));
            }
        }
        // Originals: only their names count, so these are not uploads that are read.
        for (int day = 1; day <= DAYS; day++) {
            put(suite, "uploads/" + company.tenant() + "/archive-" + day, gzip(id(day) + "\n"));
        }
        suite.cloud().settle(LONGEST);
        suite.cloud().requests().reset();
    }

    /// Uploads something newer when some clients are erased.
    ///
    /// @param looks how many milliseconds each takes
    private static void follow(Suite suite, Company company, Map<String, Long> looks) {
        boolean isUploaded = false;
        String phase = "";
        long before = System.nanoTime();
        long end = before + LONGEST.toNanos();
        while (!phase.equals("DONE") && System.nanoTime() < end) {
            LockSupport.parkNanos(200_000_000);
            Map<String, AttributeValue> entry = suite
                    .dynamo
                    .query(q -> q.tableName(suite.cloud().table("Runs"))
                            .keyConditionExpression("tenant = :t AND begins_with(run, :r)")
                            .expressionAttributeValues(Map.of(
                                    ":t", Attributes.text(company.tenant().name()), ":r", Attributes.text("erasure#"))))
                    .items()
                    .stream()
                    .findFirst()
                    .orElse(Map.of());
            long time = System.nanoTime();
            looks.merge(entry.containsKey("ended") ? "2" : "1", (time - before) / 1_000_000, Long::sum);
            before = time;
            phase = entry.isEmpty() ? "" : Attributes.required(entry, "phase");
            if (!isUploaded && !phase.isEmpty() && Attributes.number(entry, "step") > 0) {
                isUploaded = true;
                company.upload(
                        LIST.plusMinutes(1),
                        "contracts/newer.csv",
                        Stream.concat(
                                        Stream.of("client_id;contract_id;model;value;status"),
                                        listed().limit(RETURNING).map(id -> id + ";newer;MRR;2,00;Ativo"))
                                .toArray(String[]::new));
            }
            suite.cloud().requests().reset();
        }
    }

    /// What names a listed client that no newer upload brought.
    private static List<String> left(Suite suite, Company company) {
        List<String> returning = listed().limit(RETURNING).toList();
        List<String> left = new ArrayList<>();
        for (String table : List.of("Clients", "Records", "SituationChanges", "Runs")) {
            company.items(table).stream()
                    .filter(item -> names(item.toString(), returning))
                    .forEach(item -> left.add(table));
        }
        for (ObjectVersion version : suite.s3
                .listObjectVersionsPaginator(l -> l.bucket(suite.bucket()))
                .versions()) {
            if (!version.key().startsWith("uploads/")) {
                byte[] bytes = suite.s3
                        .getObjectAsBytes(
                                g -> g.bucket(suite.bucket()).key(version.key()).versionId(version.versionId()))
                        .asByteArray();
                if (names(Opened.text(bytes), returning)) {
                    left.add(version.key());
                }
            }
        }
        return left;
    }

    private static boolean names(String text, List<String> returning) {
        return ID.matcher(text)
                .results()
                .map(found -> found.group())
                .anyMatch(id -> Integer.parseInt(id.substring(4)) % STAYS != 0 && !returning.contains(id));
    }

    private static String[] lines(String header, IntFunction<String> line) {
        return Stream.concat(Stream.of(header), IntStream.range(0, CLIENTS).mapToObj(line))
                .toArray(String[]::new);
    }

    private static long objects(Suite suite) {
        return suite.s3.listObjectsV2Paginator(l -> l.bucket(suite.bucket())).contents().stream()
                .count();
    }

    private static long seconds(long from) {
        return Duration.ofNanos(System.nanoTime() - from).toSeconds();
    }

    private static void put(Suite suite, String key, byte[] bytes) {
        suite.s3.putObject(p -> p.bucket(suite.bucket()).key(key), RequestBody.fromBytes(bytes));
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
