package clientkpis.benchmarks;

import clientkpis.benchmarks.DataColumn.Kind;
import clientkpis.benchmarks.DataColumn.Use;
import clientkpis.benchmarks.DataUpload.Form;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The systems of a made-up company, day by day, and what they export.
///
/// Clients come, use the product more and less in waves, pay well and badly, have troubles and lose patience, leave and
/// return. Exports overlap, repeat keys, correct and blank cells of earlier days, and hold rows that must be rejected.
///
/// What the specification leaves open does not occur: no key is in two files of a day whose order of paths depends on
/// how paths are compared, no two respondents differ by case or accents alone, no money has more than two decimals, no
/// client's accesses are taken back, no usage arrives that is past the retention.
///
/// It is long because all its systems share one state: who is a client on which day.
final class DataCompany {

    private static final List<String> STRANGE_IDS = List.of(
            "007",
            "7",
            "0",
            "acme-1",
            "ACME-1",
            "Ação 7",
            "A\u0303ção 7",
            "😀-3",
            "～3",
            "a|b;c,d\te",
            "q\"uote\"",
            "x#y/z%41",
            "nulo",
            "12.345.678/0001-90",
            "123.456.789-09",
            "00123456789",
            "1.234",
            "2026-01-01",
            "Ç".repeat(100),
            "z".repeat(256));
    private static final List<String> NAMES = List.of(
            "Padaria \"Pão de Ló\"; filial 2",
            "Ação & Cia, Ltda",
            "Loja 5\" Telas",
            "José\nIrmãos",
            "João\r\nFilhos",
            "東京商店",
            "😀 Felicidade S.A.",
            "=SOMA(A1:A9)",
            "-Traço",
            "@arroba",
            "+55 Distribuidora",
            "Com\ttabulação",
            "\"Entre aspas\"",
            "Preço € 5 – “bom”",
            "Silva | Souza",
            "O'Hara \\ Filhos",
            "{\"json\": true}",
            "NULL");
    private static final List<String> PEOPLE =
            List.of("Ana Conceição", "Bruno Sá", "Carla, da Silva", "Davi; Lima", "Érica \"Kika\" Melo", "Zoë 😀");

    private final SplittableRandom random;
    private final LocalDate first;
    private final int days;
    private final List<Client> clients = new ArrayList<>();
    private final Map<Table, List<Entry>> entries = new EnumMap<>(Table.class);
    private int serial;

    DataCompany(long seed, int clients, LocalDate first, int days) {
        this.random = new SplittableRandom(seed);
        this.first = first;
        this.days = days;
        for (int i = 0; i < clients; i++) {
            this.clients.add(new Client(i));
        }
    }

    /// A row of the company's own systems, with what the next export must say of it.
    private static final class Entry {
        final Table table;
        final Map<String, Object> values = new HashMap<>();
        boolean dirty = true;

        Entry(Table table, String client) {
            this.table = table;
            values.put("client_id", client);
        }

        Entry with(String column, @Nullable Object value) {
            if (value == null) {
                values.remove(column);
            } else {
                values.put(column, value);
            }
            dirty = true;
            return this;
        }

        boolean has(String column) {
            return values.containsKey(column);
        }
    }

    /// What drives a client: waves from -1 to 1, each of its own length.
    private final class Client {
        final String id;
        final Set<Table> tables;
        final int joins;
        final int stopsUsing;
        final int users;
        final double base;
        final boolean accesses;
        final double[] lengths = {between(18, 90), between(20, 70), between(15, 60), between(25, 90)};
        final double[] phases = {random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble()};
        final int leaves;
        final int returns;
        final Map<Table, List<Entry>> own = new EnumMap<>(Table.class);

        @Nullable
        Entry registered;

        Client(int index) {
            id = index < STRANGE_IDS.size()
                    ? STRANGE_IDS.get(index)
                    : switch (index % 4) {
                        case 0 -> "%05d".formatted(index);
                        case 1 ->
                            "%02d.%03d.%03d/0001-%02d".formatted(index % 90 + 10, index, 999 - index % 900, index % 97);
                        case 2 -> "Cliente nº " + index;
                        default -> Integer.toString(4000 + index);
                    };
            Table[] all = Table.values();
            if (index % 7 == 6) {
                tables = EnumSet.of(all[index / 7 % all.length]);
            } else if (index % 7 == 5) {
                tables = EnumSet.of(all[random.nextInt(all.length)], all[random.nextInt(all.length)], Table.USAGE);
            } else {
                tables = EnumSet.allOf(Table.class);
            }
            joins = chance(0.25) ? random.nextInt(days) : 0;
            stopsUsing = chance(0.15) ? random.nextInt(days) : Integer.MAX_VALUE;
            users = 1 + random.nextInt(5);
            base = between(1, 12);
            accesses = chance(0.7);
            leaves = chance(0.2) ? random.nextInt(days) : Integer.MAX_VALUE;
            returns = leaves == Integer.MAX_VALUE || chance(0.3) ? Integer.MAX_VALUE : leaves + 3 + random.nextInt(20);
        }

        double wave(int which, int day) {
            return Math.sin(2 * Math.PI * (day / lengths[which] + phases[which]));
        }
    }

    /// Every file of every day.
    ///
    /// @param broken whether files that must be rejected whole are among them
    List<DataUpload> uploads(boolean broken) {
        List<DataUpload> uploads = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            live(day);
            boolean edge = day == 0 || day == days - 1;
            if (edge || chance(0.9)) {
                for (Table table : Table.values()) {
                    if (edge || table == Table.USAGE || chance(0.45)) {
                        uploads.addAll(export(table, day));
                    }
                }
                if (broken && chance(0.3)) {
                    uploads.add(broken(day));
                }
            }
        }
        return uploads;
    }

    // What happens on a day

    private void live(int day) {
        for (Client client : clients) {
            if (day == client.joins) {
                join(client, day);
            }
            if (day >= client.joins) {
                for (Table table : client.tables) {
                    live(client, table, day);
                }
            }
        }
        entries.forEach((table, all) -> {
            if (table != Table.CLIENTS) {
                all.forEach(this::change);
            }
        });
    }

    private void join(Client client, int day) {
        if (client.tables.contains(Table.CLIENTS)) {
            client.registered = add(Table.CLIENTS, client)
                    .with("name", pick(NAMES))
                    .with("status", maybe(0.9, pick(List.of("Ativo", "ativo", "ATIVA", "Active", "em implantação"))))
                    .with("cs", maybe(0.8, pick(PEOPLE)))
                    .with("csm", maybe(0.5, pick(PEOPLE)))
                    .with("salesperson", maybe(0.5, pick(PEOPLE)))
                    .with("plan", maybe(0.8, pick(List.of("Mensal", "Anual", "Premium", "1.234", "01/02/2026"))))
                    .with("segment", maybe(0.8, pick(List.of("SaaS", "Indústria", "Comércio; varejo", "sim"))))
                    .with("stage", maybe(0.6, pick(List.of("Onboarding", "Adoção", "Engajamento"))))
                    .with("size", maybe(0.6, pick(List.of("Tier 1", "High", "Tech, Touch"))))
                    .with("registered_on", maybe(0.8, first.minusDays(random.nextInt(4000))));
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            client.tables.stream()
                    .filter(table -> table != Table.CLIENTS && table != Table.USAGE)
                    .forEach(table -> begin(client, table, day, true));
        }
        if (client.tables.contains(Table.USAGE)) {
            for (int back = 1 + random.nextInt(25); back > 0; back--) {
                use(client, day, first.plusDays(day - back));
            }
        }
    }

    private void live(Client client, Table table, int day) {
        switch (table) {
            case CLIENTS -> {
                if (client.registered != null) {
                    if (day == client.leaves) {
                        client.registered.with("status", pick(List.of("Inativo", "CANCELADA", "churned", "Encerrado")));
                    } else if (day == client.returns) {
                        client.registered.with("status", maybe(0.8, "Ativo"));
                    } else if (chance(0.02)) {
                        client.registered.with("cs", maybe(0.7, pick(PEOPLE))).with("stage", maybe(0.7, "Adoção"));
                    }
                }
            }
            case USAGE -> {
                use(client, day, first.plusDays(day));
                if (chance(0.03)) {
                    use(client, day, first.plusDays(day + 1 + random.nextInt(20)));
                }
            }
            case CONTRACTS, CONTACTS, ACTIVITIES, NPS -> {
                if (chance(0.05)) {
                    begin(client, table, day, false);
                }
            }
            case BILLING -> {
                if (chance(0.15)) {
                    begin(client, table, day, false);
                }
                boolean pays = client.wave(1, day) > -0.2;
                for (Entry title : own(client, Table.BILLING)) {
                    if (!title.has("paid_on") && chance(pays ? 0.4 : 0.01)) {
                        title.with("paid_on", first.plusDays(day + (chance(0.1) ? random.nextInt(10) : 0)));
                    }
                }
            }
            case SUPPORT -> {
                boolean trouble = client.wave(2, day) < -0.3;
                if (chance(trouble ? 0.3 : 0.05)) {
                    begin(client, table, day, false);
                }
                for (Entry ticket : own(client, Table.SUPPORT)) {
                    if (!ticket.has("closed_on") && chance(trouble ? 0.03 : 0.4)) {
                        ticket.with("closed_on", first.plusDays(day));
                    }
                }
            }
        }
    }

    private void begin(Client client, Table table, int day, boolean past) {
        LocalDate today = first.plusDays(day - (past ? random.nextInt(40) : 0));
        switch (table) {
            case CONTRACTS ->
                add(table, client)
                        .with("contract_id", number("C-"))
                        .with("model", pick(List.of("MRR", "mrr", "Mrr", "Setup", "Avulso", "MRR anual")))
                        .with("value", money(2_500_000))
                        .with("status", pick(List.of("Ativo", "ATIVA", "active", "Vigente", "Em vigor", "Encerrado")))
                        .with("starts_on", maybe(0.8, today.plusDays(random.nextInt(-700, 60))))
                        .with("ends_on", maybe(0.8, today.plusDays(random.nextInt(-30, 120))))
                        .with("licences", maybe(0.7, random.nextInt(chance(0.1) ? 5000 : 60)))
                        .with("recurring", maybe(0.6, chance(0.6)));
            case BILLING ->
                add(table, client)
                        .with("title_id", number(""))
                        .with("value", chance(0.05) ? money(100_000).negate() : money(900_000))
                        .with("due_on", today.plusDays(random.nextInt(0, 12)))
                        .with("issued_on", maybe(0.7, today.plusDays(random.nextInt(-10, 15))))
                        .with(
                                "status",
                                maybe(
                                        0.7,
                                        pick(List.of(
                                                "Aberto", "pago", "a vencer", "Cancelado", "em aberto", "Rascunho"))));
            case SUPPORT ->
                add(table, client)
                        .with("ticket_id", number("#"))
                        .with("opened_on", maybe(0.8, today))
                        .with("sla_on", maybe(0.9, today.plusDays(random.nextInt(1, 5))));
            case NPS -> {
                double mood = client.wave(3, day);
                int score = (int) Math.round(7.5 + 3 * mood + random.nextDouble(-2, 2));
                add(table, client)
                        .with("answer_id", chance(0.3) ? strange() : number("R"))
                        .with("respondent", maybe(0.7, "respondente" + random.nextInt(6) + "@exemplo.com"))
                        .with("score", Math.clamp(score, 0, 10))
                        .with("answered_on", today.plusDays(chance(0.05) ? 9 : 0));
            }
            case ACTIVITIES ->
                add(table, client)
                        .with("activity_id", number("A"))
                        .with("due_on", maybe(0.8, today.plusDays(random.nextInt(-3, 20))))
                        .with("completed_on", maybe(0.2, today))
                        .with("status", maybe(0.6, pick(List.of("Pendente", "Concluída", "feito", "em andamento"))));
            case CONTACTS ->
                add(table, client)
                        .with("contact_id", chance(0.3) ? strange() : number("P"))
                        .with("name", pick(PEOPLE) + " " + serial)
                        .with("email", maybe(0.8, "pessoa" + serial + "@exemplo.com.br"))
                        .with("phone", maybe(0.8, pick(List.of("+55 11 9" + serial, "(11) 5555-0000", "1155550000"))))
                        .with("role", maybe(0.9, pick(List.of("Sponsor", "SPONSOR", "sponsor", "Usuário", "Decisor"))))
                        .with("active", maybe(0.8, chance(0.7)))
                        .with("registered_on", maybe(0.7, first.minusDays(random.nextInt(30))));
            case CLIENTS, USAGE -> throw new IllegalArgumentException(table.english);
        }
    }

    private void use(Client client, int day, LocalDate date) {
        if (day > client.stopsUsing) {
            return;
        }
        double level = client.base * (1 + 0.9 * client.wave(0, day));
        List<Entry> earlier = own(client, Table.USAGE);
        for (int user = 0; user < client.users; user++) {
            String id = "u" + user;
            boolean first = earlier.isEmpty() && user == 0;
            if ((first || chance(0.75))
                    && earlier.stream()
                            .noneMatch(row ->
                                    id.equals(row.values.get("user_id")) && date.equals(row.values.get("used_on")))) {
                add(Table.USAGE, client)
                        .with("user_id", id)
                        .with("used_on", date)
                        .with("actions", chance(0.1) ? 0 : (int) Math.round(level * random.nextDouble(2)))
                        .with("accesses", client.accesses && (first || chance(0.8)) ? random.nextInt(4) : null);
            }
        }
    }

    /// Corrections of single rows, at any time.
    private void change(Entry row) {
        if (!chance(row.table == Table.USAGE ? 0.002 : 0.01)) {
            return;
        }
        switch (row.table) {
            case CONTRACTS -> {
                switch (random.nextInt(4)) {
                    case 0 -> row.with("status", pick(List.of("Cancelado", "Ativo", "vigente")));
                    case 1 -> row.with("value", money(2_000_000));
                    case 2 -> row.with("ends_on", first.plusDays(random.nextInt(-20, 200)));
                    default -> row.with("licences", null).with("recurring", null);
                }
            }
            case BILLING -> {
                switch (random.nextInt(3)) {
                    case 0 -> row.with("status", pick(List.of("CANCELADA", "cancelled", "Aberto", "Recebido", "void")));
                    case 1 -> row.with("paid_on", null);
                    default -> row.with("value", money(500_000)).with("issued_on", null);
                }
            }
            case SUPPORT -> row.with("closed_on", null);
            case NPS -> row.with("score", random.nextInt(11));
            case USAGE -> row.with("actions", random.nextInt(chance(0.05) ? 3000 : 20));
            case ACTIVITIES -> {
                // A cancelled activity that has a day of completion is left out: whether it counts is not said.
                if (chance(0.2) && !row.has("completed_on")) {
                    row.with("status", "Cancelada");
                } else if (chance(0.5)) {
                    row.with("completed_on", null);
                } else {
                    row.with("status", "Concluída").with("completed_on", first.plusDays(random.nextInt(days + 5)));
                }
            }
            case CONTACTS -> {
                row.with("active", maybe(0.7, chance(0.5)));
                row.with("role", maybe(0.8, "Sponsor"));
            }
            case CLIENTS -> throw new IllegalArgumentException("clients change with their lives");
        }
    }

    // What is exported

    /// A row of a file, and where in the file it wants to stand.
    private record Line(DataRow row, double place) {}

    private List<DataUpload> export(Table table, int day) {
        List<Line> lines = new ArrayList<>();
        double again = chance(0.05) ? 1 : chance(0.5) ? 0.02 : 0;
        boolean all = table != Table.USAGE && day == days / 2;
        for (Entry entry : entries.getOrDefault(table, List.of())) {
            if (all || entry.dirty || chance(table == Table.USAGE ? Math.min(again, 0.05) : again)) {
                entry.dirty = false;
                double place = random.nextDouble();
                lines.add(new Line(new DataRow(table, entry.values, true), place));
                if (chance(0.05)) {
                    lines.add(new Line(
                            new DataRow(table, altered(table, entry.values), true), place * random.nextDouble()));
                }
                if (chance(0.03)) {
                    lines.add(new Line(new DataRow(table, altered(table, entry.values), false), random.nextDouble()));
                }
                if (chance(0.01)) {
                    Map<String, Object> ghost = altered(table, entry.values);
                    ghost.put("client_id", "fantasma " + random.nextInt(1000));
                    lines.add(new Line(new DataRow(table, ghost, false), random.nextDouble()));
                }
                // The next export says again what this one blanked.
                if (chance(0.01)) {
                    lines.add(new Line(new DataRow(table, altered(table, entry.values), true), place));
                    entry.dirty = true;
                }
            }
        }
        if (lines.isEmpty()) {
            return List.of();
        }
        lines.sort(Comparator.comparingDouble(Line::place));
        return files(table, first.plusDays(day), lines.stream().map(Line::row).toList());
    }

    /// A version of the row that differs where it shows, of the same key, and with nothing of its accesses changed.
    private Map<String, Object> altered(Table table, Map<String, Object> values) {
        Map<String, Object> altered = new HashMap<>(values);
        for (DataColumn column : table.columns) {
            if (column.use() == Use.OPTIONAL
                    && column.kind() != Kind.BOOLEAN
                    && !column.name().equals("accesses")) {
                if (chance(0.5)) {
                    altered.remove(column.name());
                }
            } else if (column.use() == Use.REQUIRED && chance(0.7)) {
                switch (column.kind()) {
                    case MONEY -> altered.put(column.name(), money(5_000_000));
                    case WHOLE -> altered.put(column.name(), random.nextInt(11));
                    default -> {}
                }
            }
        }
        return altered;
    }

    private List<DataUpload> files(Table table, LocalDate date, List<DataRow> rows) {
        String name = pick(List.of(table.english, table.portuguese));
        int count = rows.size() > 3 && chance(0.4) ? 2 + random.nextInt(2) : 1;
        List<List<DataRow>> parts = new ArrayList<>();
        List<String> stems = new ArrayList<>();
        if (count > 1 && chance(0.5)) {
            // In any order: a key is in one file only.
            List<String> free = new ArrayList<>(
                    List.of(table.english + "/todos", table.portuguese + "-1", capital(table.portuguese) + " (2)"));
            Collections.rotate(free, random.nextInt(3));
            for (int i = 0; i < count; i++) {
                int part = i;
                int of = count;
                parts.add(rows.stream()
                        .filter(row -> Math.floorMod(row.key().hashCode(), of) == part)
                        .toList());
                stems.add(free.get(i));
            }
        } else {
            String pattern = pick(List.of("%s-%d", "%s_%d", "%s (%d)", "%s/parte %d", "%s março %d"));
            for (int i = 0; i < count; i++) {
                parts.add(rows.subList(rows.size() * i / count, rows.size() * (i + 1) / count));
                stems.add(pattern.formatted(name, i + 1));
            }
            if (count == 1) {
                String month = "%02d".formatted(date.getMonthValue());
                stems.set(
                        0,
                        pick(List.of(
                                name,
                                capital(name),
                                name.toUpperCase(Locale.ROOT),
                                name + "-2026-" + month,
                                capital(name) + " (1)",
                                name + "2026",
                                name + "/exportação",
                                name + "_setembro")));
            }
        }
        List<DataUpload> uploads = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).isEmpty()) {
                String type = pick(List.of(".csv", ".csv", ".csv", ".csv", ".csv", ".jsonl", ".json", ".xlsx"));
                String packed = type.equals(".xlsx") ? "" : pick(List.of("", "", "", ".gz", ".zip"));
                String path = stems.get(i) + type + packed;
                uploads.add(new DataUpload(date, path, table, parts.get(i), Form.MIXED));
            }
        }
        return uploads;
    }

    /// A file that must change nothing, full of rows that would show.
    private DataUpload broken(int day) {
        List<DataRow> rows = new ArrayList<>();
        List<Entry> all = entries.getOrDefault(Table.BILLING, List.of());
        for (int i = 0; i < 20; i++) {
            Map<String, Object> values = altered(Table.BILLING, all.get(random.nextInt(all.size())).values);
            values.put("value", money(90_000_000));
            values.put("due_on", first.plusDays(random.nextInt(30)).withDayOfMonth(13 + random.nextInt(15)));
            rows.add(new DataRow(Table.BILLING, values, true));
        }
        Form form = pick(List.of(
                Form.TRUNCATED_GZIP,
                Form.UNCLOSED_QUOTE,
                Form.COLUMNS_MISSING,
                Form.DUPLICATE_COLUMN,
                Form.NO_ROWS,
                Form.DATE_ORDER));
        String path = "financeiro quebrado.csv" + (form == Form.TRUNCATED_GZIP ? ".gz" : "");
        return new DataUpload(first.plusDays(day), path, Table.BILLING, rows, form);
    }

    // Small things

    private Entry add(Table table, Client client) {
        var entry = new Entry(table, client.id);
        entries.computeIfAbsent(table, key -> new ArrayList<>()).add(entry);
        client.own.computeIfAbsent(table, key -> new ArrayList<>()).add(entry);
        return entry;
    }

    private static List<Entry> own(Client client, Table table) {
        return client.own.getOrDefault(table, List.of());
    }

    private String number(String prefix) {
        serial++;
        return prefix + (chance(0.5) ? "%06d".formatted(serial) : Integer.toString(serial));
    }

    /// An id whose place differs by code point and by UTF-16 unit.
    private String strange() {
        serial++;
        return pick(List.of("😀", "～", "Ω", "z")) + serial % 3 + "-" + serial;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private BigDecimal money(int cents) {
        return BigDecimal.valueOf(chance(0.1) ? random.nextInt(cents) / 100 * 100L : random.nextInt(cents), 2);
    }

    private <T> @Nullable T maybe(double chance, T value) {
        return chance(chance) ? value : null;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(double chance) {
        return random.nextDouble() < chance;
    }

    private double between(double low, double high) {
        return random.nextDouble(low, high);
    }
}
