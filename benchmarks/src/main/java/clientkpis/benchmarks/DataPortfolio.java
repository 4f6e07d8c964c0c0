package clientkpis.benchmarks;

import clientkpis.benchmarks.DataUpload.Form;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// The exports of a made-up company, in folders named by date: the same seed gives the same bytes.
///
/// @param seed what everything follows from
/// @param uploads the files, by day
/// @param asOf the last day
public record DataPortfolio(long seed, List<DataUpload> uploads, LocalDate asOf) {

    private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);

    /// Where the company is: instants are read there.
    static final String ZONE = "America/Sao_Paulo";

    /// All eight tables in every dialect, with all that happens to clients, and rows that must be rejected.
    ///
    /// @param broken whether files that must be rejected whole are among them
    public static DataPortfolio mixed(long seed, int clients, int days, boolean broken) {
        return new DataPortfolio(
                seed, new DataCompany(seed, clients, FIRST, days).uploads(broken), FIRST.plusDays(days - 1L));
    }

    /// The measured shape of many days: mixed, without broken files.
    public static DataPortfolio days(int clients, int days) {
        return mixed(1, clients, days, false);
    }

    /// The measured shape of one large day: eight plain files, each client in every table, most rows of usage.
    public static DataPortfolio day(int clients, int rows) {
        var random = new SplittableRandom(clients);
        Map<Table, List<DataRow>> tables = new HashMap<>();
        for (int i = 0; i < rows; i++) {
            int round = i / clients;
            Table table = round == 0
                    ? Table.CLIENTS
                    : switch (round % 20) {
                        case 0 -> Table.CONTRACTS;
                        case 1, 2 -> Table.BILLING;
                        case 3 -> Table.SUPPORT;
                        case 4 -> Table.NPS;
                        case 5, 6 -> Table.ACTIVITIES;
                        case 7 -> Table.CONTACTS;
                        default -> Table.USAGE;
                    };
            tables.computeIfAbsent(table, key -> new ArrayList<>())
                    .add(new DataRow(table, plain(table, round, "%06d".formatted(i % clients), random), true));
        }
        return new DataPortfolio(
                clients,
                tables.values().stream()
                        .map(all -> new DataUpload(
                                FIRST,
                                all.getFirst().table().portuguese + ".csv",
                                all.getFirst().table(),
                                all,
                                Form.PLAIN))
                        .toList(),
                FIRST);
    }

    private static Map<String, Object> plain(Table table, int round, String client, SplittableRandom random) {
        Map<String, Object> values = new HashMap<>();
        for (DataColumn column : table.columns) {
            Object value = switch (column.kind()) {
                case ID ->
                    switch (column.name()) {
                        case "client_id" -> client;
                        case "user_id" -> "u" + round % 5;
                        default -> "n" + round;
                    };
                case TEXT ->
                    switch (column.name()) {
                        case "status" -> "Ativo";
                        case "model" -> "MRR";
                        case "role" -> "Sponsor";
                        default -> column.name() + " " + round % 50;
                    };
                case DATE ->
                    column.name().equals("used_on")
                            ? FIRST.minusDays(round / 5 % 30)
                            : FIRST.plusDays(random.nextInt(-200, 100));
                case MONEY -> BigDecimal.valueOf(random.nextInt(1_000_000), 2);
                case WHOLE -> random.nextInt(11);
                case BOOLEAN -> random.nextBoolean();
            };
            boolean left = column.use() == DataColumn.Use.OPTIONAL && random.nextInt(3) == 0;
            if (!left) {
                values.put(column.name(), value);
            }
        }
        return values;
    }

    /// What must come out of it.
    Expected expected() {
        return Oracle.expected(uploads, asOf);
    }

    /// Writes the dated folders.
    ///
    /// @throws IOException when a file cannot be written
    public void writeTo(Path data) throws IOException {
        for (DataUpload upload : uploads) {
            Path file = data.resolve(upload.day().toString()).resolve(upload.path());
            Files.createDirectories(file.getParent());
            Files.write(file, new Dialect(seed, upload).bytes());
        }
        Files.writeString(data.resolve(".hidden.csv"), "passed over");
        Files.writeString(data.resolve(asOf.toString()).resolve(".contratos.csv"), "passed over");
    }
}
