package clientkpis.reading.cell;

import clientkpis.receipt.Receipt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the cells of one column prove about how it is written, and how its next cell is therefore read. The tenant's
/// format holds until cells prove another. When the proof comes after cells that it would have read differently, the
/// column [was misread][#wasMisread()], and the file is read again with [what was settled][#settle()].
public final class ColumnEvidence {
    private static final int COMMA = 1;
    private static final int POINT = 2;
    private static final int SAMPLES = 3;

    private final CellOptions options;
    private boolean settled;

    private boolean decimalComma;
    private int proofs;
    /// With which marks of decimals cells were read that can be read with both.
    private int readWith;

    private boolean daysAsInstants = true;
    private boolean daysRead;

    private long dates;
    private long unproven;
    private long inOrder;
    private long inOtherOrder;

    private @Nullable Currency currency;
    private final Map<Currency, Long> currencies = new EnumMap<>(Currency.class);

    private long mangled;
    private final List<String> mangledSamples = new ArrayList<>();

    ColumnEvidence(CellOptions options) {
        this.options = options;
        decimalComma = options.decimalComma();
    }

    /// The same column before it is read again, now as all of its cells prove.
    public ColumnEvidence settle() {
        ColumnEvidence again = new ColumnEvidence(options);
        again.settled = true;
        again.decimalComma = decimalComma;
        again.proofs = proofs;
        again.daysAsInstants = daysAsInstants;
        again.currency = dominant();
        return again;
    }

    /// Whether a cell was read in another way than all cells together prove.
    public boolean wasMisread() {
        return !settled
                && ((readWith & ~(decimalComma ? COMMA : POINT)) != 0
                        || (daysRead && !daysAsInstants)
                        || (currencies.size() > 1 && dominant() != null));
    }

    boolean decimalComma() {
        return decimalComma;
    }

    /// Whether the tenant writes the month first.
    public boolean monthFirst() {
        return options.monthFirst();
    }

    boolean daysAsInstants() {
        return daysAsInstants;
    }

    void note(Numbers.Proof proof) {
        switch (proof) {
            case NONE -> {}
            case EITHER -> readWith |= decimalComma ? COMMA : POINT;
            case COMMA -> prove(COMMA);
            case POINT -> prove(POINT);
        }
    }

    /// One proof holds for the column; two that contradict each other prove nothing.
    private void prove(int mark) {
        if ((proofs & mark) == 0) {
            proofs |= mark;
            decimalComma = proofs == (COMMA | POINT) ? options.decimalComma() : mark == COMMA;
        }
    }

    /// @param read whether the cell was a date in the tenant's order
    void note(Dates.Order order, Dates.Instant instant, boolean read) {
        if (read || order != Dates.Order.NONE) {
            dates++;
        }
        switch (order) {
            case NONE -> {}
            case EITHER -> unproven++;
            case DAY_FIRST -> count(options.monthFirst());
            case MONTH_FIRST -> count(!options.monthFirst());
        }
        switch (instant) {
            case NONE -> {}
            case MIDNIGHT -> daysRead = true;
            case OTHER -> daysAsInstants = false;
        }
    }

    private void count(boolean other) {
        if (other) {
            inOtherOrder++;
        } else {
            inOrder++;
        }
    }

    /// Notes a currency, and says whether the column's numbers may be in it.
    boolean takes(Currency found) {
        currencies.merge(found, 1L, Long::sum);
        return currency == null || currency == found;
    }

    /// The currency that most of the column has, as it is written.
    String currency() {
        return currency == null ? "" : currency.sign();
    }

    /// The currency of more than half of the cells that have one.
    private @Nullable Currency dominant() {
        long all = currencies.values().stream().mapToLong(Long::longValue).sum();
        for (var each : currencies.entrySet()) {
            if (each.getValue() * 2 > all) {
                return each.getKey();
            }
        }
        return null;
    }

    void noteMangled(String cell) {
        if (mangled++ < SAMPLES) {
            mangledSamples.add(Receipt.Problem.shown(Blank.trim(cell)));
        }
    }

    /// Whether its numbers prove two formats.
    public boolean hasMixedNumbers() {
        return proofs == (COMMA | POINT);
    }

    /// The currencies that its numbers have, as they are written.
    public List<String> currencies() {
        return currencies.keySet().stream().map(Currency::sign).toList();
    }

    public long dates() {
        return dates;
    }

    /// How many dates prove neither order of day and month.
    public long unprovenDates() {
        return unproven;
    }

    /// How many dates can only be read in the tenant's order.
    public long datesInOrder() {
        return inOrder;
    }

    /// How many dates can only be read in the other order.
    public long datesInOtherOrder() {
        return inOtherOrder;
    }

    /// How many cells have letters that were UTF-8 and were read as Windows-1252.
    public long mangledCells() {
        return mangled;
    }

    public List<String> mangledSamples() {
        return List.copyOf(mangledSamples);
    }
}
