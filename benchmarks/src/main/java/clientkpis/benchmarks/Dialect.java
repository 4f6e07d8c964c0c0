package clientkpis.benchmarks;

import clientkpis.benchmarks.DataColumn.Kind;
import clientkpis.benchmarks.DataColumn.Use;
import clientkpis.benchmarks.DataUpload.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// How one file is written: encoding, separator, headers, spellings of dates and numbers, all drawn from its seed.
///
/// It is long because it is a catalogue of spellings, with one short method for each.
final class Dialect {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final ZoneId ZONE = ZoneId.of(DataPortfolio.ZONE);
    private static final List<String> UNKNOWN_COLUMNS =
            List.of("Observação", "Filial", "Região", "Cód. Externo", "Atualizado por", "Carteira");
    private static final List<String> PREAMBLE = List.of(
            "Relatório de exportação",
            "Gerado em 01/09/2026 02:00; uso interno",
            "Empresa Fictícia S.A., São Paulo",
            "Página 1 | Sistema\tERP",
            "ÚLTIMA ATUALIZAÇÃO;05/12/2026 02:00");

    private final DataUpload upload;
    private final Table table;
    private final Random random;
    private final boolean plain;
    private final boolean json;
    private final List<DataColumn> columns;
    private final List<String> headers;
    private final List<String> unknown;
    private final Map<String, Integer> dateStyles = new HashMap<>();
    private final NumberFormats numberFormats;
    private final boolean provenEnglish;
    private final char separator;
    private final String lineEnd;
    private final boolean escaped;

    /// Whether the first row has one cell more than the header, so that others may have it too while it is blank.
    private final boolean trailing;

    Dialect(long seed, DataUpload upload) {
        this.upload = upload;
        this.table = upload.table();
        this.random = new Random(
                31 * (31 * seed + upload.day().toEpochDay()) + upload.path().hashCode());
        this.plain = upload.form() == Form.PLAIN;
        this.json = upload.path().contains(".json");
        this.columns = new ArrayList<>(table.columns);
        if (!plain) {
            columns.removeIf(column -> column.use() == Use.OPTIONAL
                    && chance(0.6)
                    && upload.rows().stream().noneMatch(row -> row.values().containsKey(column.name())));
            Collections.shuffle(columns, random);
        }
        this.headers = columns.stream()
                .map(column -> plain ? column.name() : spelled(pick(column.headers())))
                .toList();
        this.unknown = plain || chance(0.6) ? List.of() : List.of(pick(UNKNOWN_COLUMNS), "Extra " + random.nextInt(9));
        for (DataColumn column : columns) {
            dateStyles.put(column.name(), plain ? 1 : random.nextInt(DATE_STYLES));
        }
        this.numberFormats = plain ? NumberFormats.BRAZILIAN : pick(List.of(NumberFormats.values()));
        this.provenEnglish = !json
                && upload.rows().stream()
                        .filter(DataRow::valid)
                        .map(row -> row.values().get("value"))
                        .anyMatch(value -> value instanceof BigDecimal money && !isWhole(money));
        this.separator = plain ? ';' : ",;\t|".charAt(random.nextInt(4));
        this.lineEnd = plain || chance(0.5) ? "\n" : "\r\n";
        this.escaped = chance(0.3);
        this.trailing = !plain && chance(0.3);
    }

    /// The file.
    byte[] bytes() {
        String path = upload.path();
        if (path.endsWith(".xlsx")) {
            return workbook();
        }
        byte[] bytes = encoded(!json ? csv() : path.contains(".jsonl") ? jsonLines() : jsonArray());
        if (path.endsWith(".zip")) {
            return Packed.zip(Map.of(path.substring(path.lastIndexOf('/') + 1, path.length() - 4), bytes));
        }
        if (!path.endsWith(".gz")) {
            return bytes;
        }
        byte[] zipped = gzip(bytes);
        return upload.form() == Form.TRUNCATED_GZIP ? Arrays.copyOf(zipped, zipped.length - 5) : zipped;
    }

    // Workbooks

    private byte[] workbook() {
        WorkbookWriter writer = new WorkbookWriter();
        for (int lines = chance(0.3) ? 1 + random.nextInt(4) : 0; lines > 0; lines--) {
            writer.row(List.of(pick(PREAMBLE)));
        }
        List<Object> head = new ArrayList<>(headers);
        head.addAll(unknown);
        writer.row(head);
        for (DataRow row : upload.rows()) {
            Map<String, Object> values = new HashMap<>(row.values());
            if (!row.valid()) {
                Map<String, String> texts = texts(row);
                String spoiled = spoil(texts);
                values.put(spoiled, Objects.requireNonNull(texts.get(spoiled)));
            }
            List<Object> cells = new ArrayList<>();
            for (DataColumn column : columns) {
                Object value = values.get(column.name());
                cells.add(value == null ? nothing() : typed(column, value));
            }
            unknown.forEach(header -> cells.add(pick(List.of("", "x", new BigDecimal("1.5"), true, upload.day()))));
            writer.row(cells);
            if (chance(0.02)) {
                writer.row(List.of());
            }
        }
        return writer.bytes();
    }

    /// A value as a spreadsheet holds it, or as somebody typed it as text.
    private Object typed(DataColumn column, Object value) {
        if (value instanceof String id
                && column.kind() == DataColumn.Kind.ID
                && id.matches("[1-9][0-9]{0,8}")
                && chance(0.3)) {
            return new BigDecimal(id);
        }
        return value instanceof String || chance(0.8) ? value : text(column, value);
    }

    // Comma-separated values

    private String csv() {
        var text = new StringBuilder();
        if (!plain) {
            for (int lines = chance(0.3) ? 1 + random.nextInt(4) : 0; lines > 0; lines--) {
                text.append(pick(PREAMBLE)).append(lineEnd);
            }
        }
        List<String> head = new ArrayList<>(headers);
        switch (upload.form()) {
            case COLUMNS_MISSING -> head.set(index(Use.REQUIRED), "Campo 17");
            case DUPLICATE_COLUMN -> head.add(table.keyColumns().getFirst());
            default -> {}
        }
        head.addAll(unknown);
        text.append(head.stream()
                        .map(header -> cell(header, !plain && chance(0.1)))
                        .collect(Collectors.joining(separator())))
                .append(lineEnd);
        if (upload.form() == Form.NO_ROWS) {
            return text.toString();
        }
        boolean first = true;
        for (DataRow row : upload.rows()) {
            if (!plain && chance(0.02)) {
                text.append(lineEnd);
            }
            text.append(line(row, first)).append(lineEnd);
            first = false;
        }
        if (upload.form() == Form.UNCLOSED_QUOTE) {
            text.append('"').append("sem fim").append(lineEnd).append("x");
        } else if (!plain && chance(0.3)) {
            text.setLength(text.length() - lineEnd.length());
        }
        return text.toString();
    }

    private String line(DataRow row, boolean first) {
        Map<String, String> texts = texts(row);
        boolean extra = false;
        boolean blank = false;
        if (!row.valid()) {
            extra = !first && chance(0.15);
            blank = !first && !trailing && chance(0.1);
            if (!extra && !blank) {
                spoil(texts);
            }
        }
        List<String> cells = new ArrayList<>();
        for (DataColumn column : columns) {
            cells.add(padded(Objects.requireNonNull(texts.get(column.name()))));
        }
        unknown.forEach(header ->
                cells.add(pick(List.of("", "x", "a;b,c|d\te", "12,5", "31/12/2025", "\"dito\"", "dois\ntextos"))));
        if (extra) {
            cells.add("a mais");
        } else if (blank || (trailing && (first || chance(0.3)))) {
            cells.add(" ");
        } else if (!plain && chance(0.3)) {
            while (cells.size() > 1 && cells.getLast().isBlank()) {
                cells.removeLast();
            }
        }
        return cells.stream().map(cell -> cell(cell, !plain && chance(0.1))).collect(Collectors.joining(separator()));
    }

    private String separator() {
        return String.valueOf(separator);
    }

    private String cell(String text, boolean quoted) {
        boolean must = text.indexOf(separator) >= 0
                || text.indexOf('\n') >= 0
                || text.indexOf('\r') >= 0
                || text.strip().startsWith("\"");
        // A quote inside an unquoted cell is a character.
        return must || quoted || (text.indexOf('"') >= 0 && chance(0.5))
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    private String padded(String text) {
        // Blanks before a quoted cell would make it unquoted, so they are inside the quotes or absent.
        return !plain && chance(0.05) ? " " + text + "  " : text;
    }

    // JSON lines

    private String jsonLines() {
        var text = new StringBuilder();
        for (DataRow row : upload.rows()) {
            if (chance(0.02)) {
                text.append(lineEnd);
            }
            text.append(object(row)).append(lineEnd);
        }
        return text.toString();
    }

    private String jsonArray() {
        boolean pretty = chance(0.5);
        return upload.rows().stream()
                .map(this::object)
                .collect(Collectors.joining(
                        pretty ? "," + lineEnd + "  " : ",", pretty ? "[" + lineEnd + "  " : "[", "]"));
    }

    private String object(DataRow row) {
        Map<String, String> texts = texts(row);
        Map<String, String> members = new LinkedHashMap<>();
        boolean bad = false;
        Set<String> spoiled = new HashSet<>();
        if (!row.valid()) {
            bad = chance(0.3);
            if (!bad) {
                spoiled.add(spoil(texts));
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            DataColumn column = columns.get(i);
            String text = Objects.requireNonNull(texts.get(column.name()));
            String value = spoiled.contains(column.name())
                    ? quoted(text)
                    : value(column, row.values().get(column.name()), text);
            if (value != null) {
                members.put(headers.get(i), value);
            }
        }
        // What no column is read from may be anything.
        unknown.forEach(
                header -> members.put(header, pick(List.of("null", "1.5", "true", "\"x\"", "{\"a\": 1}", "[1, 2]"))));
        if (bad) {
            // One element that is not an object makes the whole array a rejected file.
            switch (random.nextInt(upload.path().contains(".jsonl") ? 4 : 2)) {
                case 0 -> members.put(headers.get(index(Use.KEY)), "[{\"a\": 1}]");
                case 1 -> members.put(headers.get(index(Use.KEY)), "[1, 2]");
                case 2 -> {
                    return "[" + String.join(", ", members.values()) + "]";
                }
                default -> {
                    return "\"" + "nenhum objeto" + "\"";
                }
            }
        }
        List<String> order = new ArrayList<>(members.keySet());
        if (chance(0.2)) {
            Collections.shuffle(order, random);
        }
        return order.stream()
                .map(key -> quoted(key) + (chance(0.5) ? ":" : ": ") + members.get(key))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /// The member's value, or null when it is left out.
    private @Nullable String value(DataColumn column, @Nullable Object value, String text) {
        if (value == null) {
            return pick(Arrays.asList(null, "null", "\"\"", "\"  \""));
        }
        return switch (value) {
            case BigDecimal money when chance(0.6) -> money.toPlainString();
            case Integer whole when chance(0.6) -> whole + (chance(0.2) ? ".0" : "");
            case Boolean flag when chance(0.6) -> flag.toString();
            case String id when column.kind() == Kind.ID && id.matches("[1-9][0-9]{0,8}") && chance(0.3) -> id;
            default -> quoted(padded(text));
        };
    }

    private String quoted(String text) {
        return JsonWriter.quoted(text, unit -> escaped && unit > 126);
    }

    // Cells

    private Map<String, String> texts(DataRow row) {
        Map<String, String> texts = new HashMap<>();
        for (DataColumn column : table.columns) {
            Object value = row.values().get(column.name());
            texts.put(column.name(), value == null ? nothing() : text(column, value));
        }
        return texts;
    }

    /// A blank optional cell: nothing, or a word for it.
    private String nothing() {
        return plain || chance(0.9) ? "" : pick(List.of("-", "N/A", "N/D", "#N/D", "NULL", "null", "n/a"));
    }

    private String text(DataColumn column, Object value) {
        boolean usual = plain || chance(0.8);
        return switch (value) {
            case String text -> text;
            case Boolean flag -> plain ? (flag ? "sim" : "não") : flag(flag);
            case LocalDate date ->
                date(date, usual ? Objects.requireNonNull(dateStyles.get(column.name())) : random.nextInt(DATE_STYLES));
            case BigDecimal money -> money(money);
            case Integer whole -> plain ? whole.toString() : whole(whole);
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    private String flag(boolean flag) {
        return pick(
                flag
                        ? List.of("sim", "Sim", "S", "yes", "Y", "true", "TRUE", "1")
                        : List.of("não", "NAO", "N", "no", "n", "false", "False", "0"));
    }

    private String whole(int whole) {
        if (whole >= 1000 && chance(0.5)) {
            return grouped(whole, "#,##0", '.', ',');
        }
        return whole + pick(List.of("", "", "", ".0", ",0"));
    }

    /// What the numbers of a file's money column prove. An ambiguous number, such as 1.234, is written where the rest
    /// of the column says how to read it.
    private enum NumberFormats {
        BRAZILIAN,
        ENGLISH,
        BOTH
    }

    private String money(BigDecimal money) {
        boolean brazilian = switch (numberFormats) {
            case BRAZILIAN -> true;
            case ENGLISH -> false;
            case BOTH -> random.nextBoolean();
        };
        if (plain) {
            return grouped(money, "#,##0.00", '.', ',');
        }
        if (isWhole(money) && chance(0.3)) {
            if (numberFormats == NumberFormats.BRAZILIAN) {
                return grouped(money, chance(0.5) ? "0" : "#,##0", '.', ',');
            }
            if (numberFormats == NumberFormats.ENGLISH && provenEnglish) {
                return grouped(money, "#,##0", ',', '.');
            }
        }
        String pattern = pick(List.of("0.00", "#,##0.00", "0.0#"));
        BigDecimal shown = money.abs();
        String digits = brazilian ? grouped(shown, pattern, '.', ',') : grouped(shown, pattern, ',', '.');
        if (money.signum() < 0) {
            return chance(0.5) ? "(" + digits + ")" : "-" + digits;
        }
        return chance(0.8) ? digits : pick(List.of("R$ ", "R$", "BRL ", "R$\u00a0")) + digits;
    }

    private static boolean isWhole(BigDecimal money) {
        return money.remainder(BigDecimal.ONE).signum() == 0;
    }

    private static String grouped(Number number, String pattern, char group, char decimal) {
        var symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setGroupingSeparator(group);
        symbols.setDecimalSeparator(decimal);
        symbols.setMinusSign('-');
        return new DecimalFormat(pattern, symbols).format(number);
    }

    private static final int DATE_STYLES = 12;

    private String date(LocalDate date, int style) {
        if (upload.form() == Form.DATE_ORDER) {
            return date.format(DateTimeFormatter.ofPattern("MM/dd/yyyy"));
        }
        return switch (style) {
            case 0 -> date.toString();
            case 1 -> date.format(DateTimeFormatter.ofPattern("dd/MM/yyyy"));
            case 2 -> date.format(DateTimeFormatter.ofPattern("yyyy/MM/dd"));
            case 3 -> date.format(DateTimeFormatter.ofPattern("dd-MM-yyyy"));
            case 4 -> date.format(DateTimeFormatter.ofPattern("d/M/yyyy"));
            case 5 -> date.format(DateTimeFormatter.ofPattern("d-M-yyyy"));
            case 6 -> date.format(DateTimeFormatter.ofPattern("yyyy-M-d"));
            case 7 ->
                date.format(DateTimeFormatter.ofPattern("dd/MM/yyyy")) + pick(List.of(" 0:00", " 02:00", " 23:59:59"));
            case 8 -> date + pick(List.of(" 00:00:00.000", " 02:00:00.000", " 23:30"));
            case 9 -> date.format(DateTimeFormatter.ofPattern("yyyy/M/d")) + " 2:00";
            case 10 -> instant(date, pick(List.of("-03:00", "+00:00", "+09:00", "-05:00")));
            default -> instant(date, "Z");
        };
    }

    /// An instant of the day in the tenant's zone, often of another day where the offset is.
    private String instant(LocalDate date, String offset) {
        var time = pick(
                List.of(LocalTime.of(1, 30), LocalTime.of(12, 30), LocalTime.of(21, 0, 1), LocalTime.of(23, 59, 59)));
        var there = ZonedDateTime.of(date, time, ZONE).withZoneSameInstant(ZoneOffset.of(offset));
        return there.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss" + (chance(0.3) ? ".SSS" : "")))
                + offset;
    }

    /// Gives a row one fault that must reject it, and returns the column that has it.
    private String spoil(Map<String, String> texts) {
        DataColumn column = pick(columns);
        boolean required = column.use() != Use.OPTIONAL;
        List<String> faults = switch (column.kind()) {
            case ID -> List.of("", "-", "null", "N/A", "#N/D", "1,23E+10", "x".repeat(300), "a\u0001b", "c\u0000d");
            case TEXT -> required ? List.of("", "y".repeat(5000), "a\u0002b") : List.of("y".repeat(5000), "a\u001bb");
            case DATE ->
                List.of("31/02/2026", "amanhã", "46054", "32/01/2026", "2026-02-30", "01/01/1850", "2301-01-01");
            case MONEY -> List.of("abc", "12a4", "R$", "1234567890123456", "");
            case WHOLE ->
                switch (column.name()) {
                    case "score" -> List.of("11", "-1", "2,5", "dez", "");
                    case "accesses" -> List.of("2,5", "dez");
                    default -> List.of("-3", "2,5", "dez");
                };
            case BOOLEAN -> List.of("talvez", "2");
        };
        texts.put(column.name(), pick(faults));
        return column.name();
    }

    private String spelled(String header) {
        String text =
                chance(0.4) ? Normalizer.normalize(header, Normalizer.Form.NFD).replaceAll("\\p{M}", "") : header;
        text = switch (random.nextInt(3)) {
            case 0 -> text;
            case 1 -> text.toUpperCase(Locale.ROOT);
            default ->
                Arrays.stream(text.split(" ", -1))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining(" "));
        };
        return text.replace(" ", pick(List.of(" ", " ", "_", "_", "-", "")));
    }

    private int index(Use use) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).use() == use) {
                return i;
            }
        }
        throw new IllegalArgumentException(table + " has no column that is " + use);
    }

    // Bytes

    private byte[] encoded(String text) {
        return switch (plain ? 0 : random.nextInt(7)) {
            case 0, 1 -> text.getBytes(StandardCharsets.UTF_8);
            case 2 -> joined(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, text.getBytes(StandardCharsets.UTF_8));
            case 3 -> joined(new byte[] {(byte) 0xFF, (byte) 0xFE}, text.getBytes(StandardCharsets.UTF_16LE));
            case 4 -> joined(new byte[] {(byte) 0xFE, (byte) 0xFF}, text.getBytes(StandardCharsets.UTF_16BE));
            default -> windows(text);
        };
    }

    /// Windows-1252 where it can say the text and is not taken for UTF-8, which is tried before it; else UTF-8.
    private static byte[] windows(String text) {
        byte[] bytes = text.getBytes(WINDOWS_1252);
        boolean says = WINDOWS_1252.newEncoder().canEncode(text);
        return says && !isUtf8(bytes) ? bytes : text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// Gzip of one to three members.
    private byte[] gzip(byte[] bytes) {
        int members = 1 + random.nextInt(3);
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < members; i++) {
            try (var member = new GZIPOutputStream(all)) {
                int from = bytes.length * i / members;
                member.write(bytes, from, bytes.length * (i + 1) / members - from);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toByteArray();
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }

    private <T extends @Nullable Object> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(double chance) {
        return random.nextDouble() < chance;
    }
}
