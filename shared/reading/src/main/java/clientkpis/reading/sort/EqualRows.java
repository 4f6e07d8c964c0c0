package clientkpis.reading.sort;

import clientkpis.tables.Column;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// What becomes of the rows of a file that have one key: the last one counts; or, where the layout says so, they are
/// counted, or numbered in their order because their ids were made of their cells.
final class EqualRows {
    private final RowPacker packer;
    private final Conflicts conflicts;
    private final int counted;
    private final int numbered;

    /// @param columns in the order of a row's cells
    /// @param counts the column that counts the rows, or null
    /// @param made the column whose ids were made, or null
    EqualRows(
            RowPacker packer,
            Conflicts conflicts,
            List<Column> columns,
            @Nullable Column counts,
            @Nullable Column made) {
        this.packer = packer;
        this.conflicts = conflicts;
        counted = columns.indexOf(counts);
        numbered = columns.indexOf(made);
    }

    /// @param sorted by key, and then in the order of the file; from the first row of a key on
    /// @param again whether their conflicts were noted before
    Iterator<PackedRow> of(Iterator<PackedRow> sorted, boolean again) {
        return numbered >= 0 ? new Numbered(sorted) : new OnePerKey(sorted, again);
    }

    /// @return what counts of two rows of one key
    private PackedRow merged(PackedRow earlier, PackedRow later, boolean again) {
        if (counted < 0) {
            if (!again) {
                conflicts.note(earlier, later);
            }
            return later;
        }
        @Nullable String[] cells = packer.cells(later);
        cells[counted] = Long.toString(count(cells) + count(packer.cells(earlier)));
        return packer.pack(later.line(), cells).copy();
    }

    private long count(@Nullable String[] cells) {
        return Long.parseLong(String.valueOf(cells[counted]));
    }

    private final class OnePerKey implements Iterator<PackedRow> {
        private final Iterator<PackedRow> rows;
        private final boolean again;
        private @Nullable PackedRow ahead;

        OnePerKey(Iterator<PackedRow> rows, boolean again) {
            this.rows = rows;
            this.again = again;
            ahead = rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            return ahead != null;
        }

        @Override
        public PackedRow next() {
            PackedRow last = ahead;
            if (last == null) {
                throw new NoSuchElementException();
            }
            ahead = null;
            while (rows.hasNext()) {
                PackedRow row = rows.next();
                if (!row.hasKeyOf(last)) {
                    ahead = row;
                    break;
                }
                last = merged(last, row, again);
            }
            return last;
        }
    }

    private final class Numbered implements Iterator<PackedRow> {
        private final Iterator<PackedRow> rows;
        private @Nullable PackedRow before;
        private int number;

        Numbered(Iterator<PackedRow> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public PackedRow next() {
            PackedRow row = rows.next();
            number = before != null && row.hasKeyOf(before) ? number + 1 : 1;
            before = row;
            if (number == 1) {
                return row;
            }
            @Nullable String[] cells = packer.cells(row);
            cells[numbered] = cells[numbered] + "-" + number;
            return packer.pack(row.line(), cells).copy();
        }
    }
}
