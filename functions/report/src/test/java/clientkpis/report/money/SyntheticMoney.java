package clientkpis.report.money;

import clientkpis.export.Closes;
import clientkpis.json.Json;
import clientkpis.kpi.Shards;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/// The movements of any number of made-up clients in some months: `CLIENTS MONTHS`. All shards have the same ones,
/// which is nothing to what reads them.
final class SyntheticMoney {
    private static final YearMonth FIRST = YearMonth.of(2025, 9);

    private SyntheticMoney() {}

    public static void main(String[] args) throws IOException {
        int clients = Integer.parseInt(args[0]);
        int months = Integer.parseInt(args[1]);
        byte[] shard = shard(clients / Shards.COUNT);
        TreeSet<LocalDate> days = new TreeSet<>();
        IntStream.rangeClosed(0, months)
                .forEach(i -> days.add(FIRST.plusMonths(i).atDay(1)));
        Closes closes = new Closes((day, place) -> new ByteArrayInputStream(shard), days);
        PeriodMoney[] all = new PeriodMoney[months];
        for (int i = 0; i < months; i++) {
            all[i] = new PeriodMoney(FIRST.plusMonths(i).atDay(1), i, i + 1);
        }
        long[] read = new long[1];
        long start = System.nanoTime();
        closes.forEach((client, at) -> {
            read[0]++;
            for (PeriodMoney one : all) {
                one.add(at);
            }
        });
        System.out.printf(
                "%d clients, %d months, %d slices, %d ms%n",
                read[0],
                months,
                all[0].month(new Month(FIRST, FIRST.atDay(1), FIRST.atEndOfMonth()))
                        .path("slices")
                        .size(),
                (System.nanoTime() - start) / 1_000_000);
    }

    private static byte[] shard(int clients) throws IOException {
        Random random = new Random(1);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(lines)) {
            for (int i = 0; i < clients; i++) {
                ObjectNode client = Json.object()
                        .put("tenant", "synthetic")
                        .put("clientId", "%09d/0001".formatted(i))
                        .put("asOf", "2026-09-30")
                        .put("firstMrrOn", "2026-01-0" + (1 + random.nextInt(9)))
                        .put("name", "Padaria " + i)
                        .put("status", "Ativo")
                        .put("cs", "CS " + random.nextInt(12))
                        // As many as there are clients.
                        .put("plan", "Plan " + i)
                        .put("segment", "Segmento " + random.nextInt(6))
                        .put("size", "Tier " + random.nextInt(4))
                        .put("mrr", BigDecimal.valueOf(random.nextInt(1_000_000), 2))
                        .put("senseScore", BigDecimal.valueOf(random.nextInt(10_001), 2));
                ObjectNode sources = client.objectNode();
                client.fieldNames()
                        .forEachRemaining(name -> sources.putObject(name)
                                .put("source", "integration")
                                .put("table", "clients")
                                .put("upload", "20260930T040000-0123456789-clientes.csv"));
                client.set("sources", sources);
                packed.write(Json.bytes(client));
                packed.write('\n');
            }
        }
        return lines.toByteArray();
    }
}
