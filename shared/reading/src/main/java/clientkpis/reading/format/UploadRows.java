package clientkpis.reading.format;

import clientkpis.reading.cell.Blank;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import clientkpis.tables.ColumnType;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of a file that is read as one table, in the order of the file.
public abstract class UploadRows implements Closeable {
    private static final int CURRENCIES = 100;
    /// How many headers that mean no column are listed.
    private static final int IGNORED_LISTED = 200;

    final RowLayout layout;
    private final List<Receipt.UsedColumn> used = new ArrayList<>();
    private final Set<String> ignored;
    private final int currencyAt;
    private final Map<String, Long> currencies = new LinkedHashMap<>();
    private final List<Warning.Finding> warnings = new ArrayList<>();

    UploadRows(ColumnMatch match) {
        layout = new RowLayout(match);
        currencyAt = layout.currencyAt();
        Set<Integer> taken = new HashSet<>();
        match.found().forEach((column, found) -> {
            Set<Integer> of = new LinkedHashSet<>(found.headers());
            of.addAll(layout.alsoDeciding(found.reading()));
            taken.addAll(of);
            of.forEach(header -> used.add(
                    new Receipt.UsedColumn(column.name(), match.header().get(header))));
        });
        ignored = new LinkedHashSet<>();
        for (int i = 0; i < match.header().size(); i++) {
            if (!taken.contains(i) && !match.lost().containsKey(match.header().get(i))) {
                ignore(match.header().get(i));
            }
        }
    }

    /// Takes a key that only later rows have.
    final void late(String header, int at) {
        if (layout.late(header, at)) {
            used.add(new Receipt.UsedColumn(layout.columnOf(at), header));
        } else {
            ignore(header);
        }
    }

    private void ignore(String header) {
        if (ignored.size() < IGNORED_LISTED && !Blank.is(header)) {
            ignored.add(header);
        }
    }

    /// How the file was understood.
    public abstract Receipt.Format format();

    /// The next row, or null at the end.
    ///
    /// @throws clientkpis.reading.bytes.FileRejectedException when the rest of the file cannot be read
    public abstract @Nullable UploadRow next() throws IOException;

    /// Begins a file for rows of this file, as written; see [FileFormat#rejectedExtension()].
    public abstract RejectWriter rejects(Writer out) throws IOException;

    /// How the cells of the table's columns are taken.
    public final RowLayout layout() {
        return layout;
    }

    /// The columns that the file has, in the order of the file.
    public final List<Receipt.UsedColumn> used() {
        List<String> header = layout.match().header();
        return used.stream()
                .sorted(Comparator.comparingInt((Receipt.UsedColumn one) ->
                        header.contains(one.header()) ? header.indexOf(one.header()) : Integer.MAX_VALUE))
                .toList();
    }

    /// The headers that would mean a column that another one means better.
    public final List<Receipt.UsedColumn> lost() {
        return layout.match().lost().entrySet().stream()
                .limit(IGNORED_LISTED)
                .map(one -> new Receipt.UsedColumn(one.getValue().name(), one.getKey()))
                .toList();
    }

    /// The first headers that mean no column, as written.
    public final List<String> ignored() {
        return new ArrayList<>(ignored);
    }

    /// What a person should look at in the rows read so far.
    public final List<Warning.Finding> warnings() {
        List<Warning.Finding> all = new ArrayList<>(warnings);
        if (currencies.size() > 1
                && layout.match().columns().all().stream().anyMatch(column -> column.type() == ColumnType.NUMBER)) {
            all.add(Warning.of(
                    WarningCode.MIXED_CURRENCIES,
                    currencies.values().stream().mapToLong(Long::longValue).sum(),
                    List.copyOf(currencies.keySet())));
        }
        return all;
    }

    /// Hands in what a person should look at.
    final void warn(Warning.Finding warning) {
        warnings.add(warning);
    }

    /// Notes a row's currency.
    final void currency(List<? extends @Nullable String> raw) {
        String cell = currencyAt < 0 || currencyAt >= raw.size() ? null : raw.get(currencyAt);
        if (cell != null && !Blank.is(cell) && currencies.size() < CURRENCIES) {
            currencies.merge(Blank.trim(cell).toUpperCase(Locale.ROOT), 1L, Long::sum);
        }
    }
}
