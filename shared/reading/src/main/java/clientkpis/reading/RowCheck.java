package clientkpis.reading;

import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.cell.Cell;
import clientkpis.reading.cell.CellKind;
import clientkpis.reading.cell.CellOptions;
import clientkpis.reading.cell.Cells;
import clientkpis.reading.cell.ColumnEvidence;
import clientkpis.reading.cell.KnownCells;
import clientkpis.reading.format.RowLayout;
import clientkpis.reading.format.UploadRow;
import clientkpis.reading.match.Columns;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import clientkpis.tables.Headers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Checks the rows of one file, cell by cell, and gathers what they prove about how its columns are written.
final class RowCheck {
    /// How many words of a column are remembered.
    private static final int REMEMBERED = 1_000;

    private final List<Column> columns;
    private final CellOptions options;
    private final RowLayout layout;
    private final Cells[] cells;
    private final ColumnEvidence[] evidence;
    private final KnownCells[] known;
    private final @Nullable Place[] inOtherOrder;
    private final FileNotes notes;
    /// By column, what its cells mean as they are written: a file has the same few words again and again.
    private final List<Map<String, Optional<String>>> meanings = new ArrayList<>();

    /// The first date of a column that makes sense only with day and month swapped.
    private record Place(long line, String cell) {}

    /// @param layout of the file, which says how its columns are read
    /// @param before what was proved when the file was read before; null for the first time
    /// @param notes receives the words of the rows
    RowCheck(Columns columns, RowLayout layout, CellOptions options, FileNotes notes, @Nullable RowCheck before) {
        this.columns = columns.all();
        this.layout = layout;
        this.notes = notes;
        this.options = options;
        Cells standard = new Cells(options);
        cells = new Cells[this.columns.size()];
        evidence = new ColumnEvidence[this.columns.size()];
        known = new KnownCells[this.columns.size()];
        inOtherOrder = new @Nullable Place[evidence.length];
        for (int i = 0; i < evidence.length; i++) {
            meanings.add(new HashMap<>());
            ColumnReading reading = layout.reading(i);
            cells[i] = reading.form() == null && reading.zone() == null ? standard : new Cells(of(reading));
            evidence[i] = before == null ? cells[i].evidence() : before.evidence[i].settle();
            known[i] = new KnownCells(cells[i], this.columns.get(i), evidence[i]);
        }
    }

    private CellOptions of(ColumnReading reading) {
        boolean monthFirst =
                reading.form() == null ? options.monthFirst() : reading.form() == ColumnReading.Form.MONTH_FIRST;
        return options.withDates(monthFirst, reading.zone());
    }

    /// Replaces the cells of a row with their canonical form, blanks with null.
    ///
    /// @return what is wrong with the row, in the order of the columns; empty when nothing is
    List<Receipt.Problem> check(UploadRow checked) {
        @Nullable String[] row = checked.cells();
        long line = checked.line();
        List<Receipt.Problem> problems = List.of();
        String field = null;
        for (int i = 0; i < row.length; i++) {
            Column column = columns.get(i);
            String raw = row[i];
            CellKind kind = checked.kind(i);
            String said = said(i, raw);
            if (said != null) {
                raw = said;
                kind = CellKind.TEXT;
            }
            Cell cell;
            if (column.type() != ColumnType.CLIENT_FIELD_VALUE) {
                cell = known[i].read(raw, kind);
            } else if (field != null) {
                cell = cells[i].readValueOf(field, raw, kind);
            } else {
                continue; // The problem is the field itself.
            }
            if (column.type() == ColumnType.CLIENT_FIELD) {
                field = cell instanceof Cell.Value(String name) ? name : null;
            }
            if (raw != null && evidence[i].datesInOtherOrder() > 0 && inOtherOrder[i] == null) {
                inOtherOrder[i] = new Place(line, raw);
            }
            if (notes.hasVocabulary(i)) {
                word(i, row[i], cell, said);
            }
            switch (cell) {
                case Cell.Value value -> row[i] = checked.adjusted(i, value.canonical());
                case Cell.Empty empty -> row[i] = null;
                case Cell.Fault fault -> {
                    if (problems.isEmpty()) {
                        problems = new ArrayList<>();
                    }
                    problems.add(layout.problem(line, i, fault.code(), raw == null ? "" : raw, fault.expected()));
                }
            }
        }
        return problems;
    }

    /// What the tenant or the source says that a word means, or null.
    private @Nullable String said(int position, @Nullable String raw) {
        Map<String, String> of = layout.reading(position).words();
        if (of.isEmpty() || raw == null) {
            return null;
        }
        Map<String, Optional<String>> known = meanings.get(position);
        Optional<String> meaning = known.get(raw);
        if (meaning == null) {
            meaning = Optional.ofNullable(of.get(Headers.normal(raw)));
            if (known.size() < REMEMBERED) {
                known.put(raw, meaning);
            }
        }
        return meaning.orElse(null);
    }

    private void word(int position, @Nullable String raw, Cell cell, @Nullable String said) {
        String canonical = cell instanceof Cell.Value(String text) ? text : null;
        String written =
                said != null || canonical == null || columns.get(position).type() == ColumnType.BOOLEAN
                        ? raw
                        : canonical;
        notes.word(position, written == null ? "" : Blank.trim(written), canonical, said);
    }

    /// What the cells together say that a person should look at.
    List<Warning.Finding> warnings() {
        List<Warning.Finding> warnings = new ArrayList<>();
        long dates = 0;
        boolean proven = false;
        long mangled = 0;
        List<String> mangledSamples = new ArrayList<>();
        for (int i = 0; i < evidence.length; i++) {
            ColumnEvidence column = evidence[i];
            String name = columns.get(i).name();
            if (column.hasMixedNumbers()) {
                warnings.add(Warning.of(WarningCode.MIXED_NUMBERS, 0, List.of(name)));
            }
            if (column.currencies().size() > 1) {
                warnings.add(Warning.of(WarningCode.MIXED_CURRENCIES, 0, column.currencies()));
            }
            if (layout.reading(i).form() == null) {
                dates += column.unprovenDates();
                proven |= column.datesInOrder() > 0;
            }
            mangled += column.mangledCells();
            mangledSamples.addAll(column.mangledSamples());
        }
        if (dates > 0 && !proven) {
            warnings.add(Warning.of(WarningCode.DATE_ORDER_UNPROVEN, dates, List.of()));
        }
        if (mangled > 0) {
            warnings.add(Warning.of(WarningCode.MANGLED_TEXT, mangled, mangledSamples));
        }
        return warnings;
    }

    /// Whether the file has to be read again, because a proof came after cells that it would have read differently.
    boolean wasMisread() {
        for (ColumnEvidence column : evidence) {
            if (column.wasMisread()) {
                return true;
            }
        }
        return false;
    }

    /// Judges the dates of the whole file. A column that only the other order of day and month reads throughout is in
    /// that order, and would be misread silently; so would one with a tenth of its dates in the other order.
    ///
    /// @throws FileRejectedException `date_order`
    void judgeDates() throws FileRejectedException {
        for (int i = 0; i < evidence.length; i++) {
            Place first = layout.reading(i).form() == null ? inOtherOrder[i] : null;
            long others = evidence[i].datesInOtherOrder();
            if (first != null && (evidence[i].datesInOrder() == 0 || others * 10 >= evidence[i].dates())) {
                String assumed = options.monthFirst() ? "MM/dd/yyyy" : "dd/MM/yyyy";
                String other = options.monthFirst() ? "dd/MM/yyyy" : "MM/dd/yyyy";
                throw new FileRejectedException(
                        FileCode.DATE_ORDER,
                        dateOrder(
                                others,
                                evidence[i].dates(),
                                columns.get(i).name(),
                                other,
                                first.line,
                                Receipt.Problem.shown(Blank.trim(first.cell)),
                                assumed));
            }
        }
    }

    private static Sentence dateOrder(long others, long dates, Object... more) {
        Object[] all =
                Stream.concat(Stream.of(others, dates), Arrays.stream(more)).toArray();
        return dates == 1 ? Sentence.of("date_order.only", all) : Sentence.count(others, "date_order", all);
    }
}
