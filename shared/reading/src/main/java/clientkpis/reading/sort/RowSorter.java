package clientkpis.reading.sort;

import clientkpis.reading.format.RowLayout;
import clientkpis.reading.match.Columns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sorts the valid rows of a file by (shard, client, key), keeps the last row of each key, and cuts the result into
/// parts of whole clients. Memory is bounded whatever the size of the file: beyond the bound, sorted runs go to disk
/// and are merged at the end.
public final class RowSorter {
    /// How many bytes of rows are held before a run goes to disk.
    public static final long HELD = 32L << 20;
    /// How many clients a part has at most.
    public static final int CLIENTS = 2_000;

    private final RowPacker packer;
    private final Conflicts conflicts;
    private final SortedRuns runs;
    private final long heldAtMost;
    private final int clientsAtMost;

    private List<PackedRow> rows = new ArrayList<>();
    private long held;

    /// @param accepted rows that are kept
    /// @param repeated rows whose key a later row has
    /// @param conflicts those of them that differ from it
    public record Sorted(List<RowPart> parts, long accepted, long repeated, long clients, Conflicts conflicts) {}

    /// @param layout says what becomes of rows of one key
    public RowSorter(Columns columns, RowLayout layout, Path folder, long heldAtMost, int clientsAtMost) {
        packer = new RowPacker(columns);
        conflicts = new Conflicts(packer, columns.table(), columns.all(), layout);
        runs = new SortedRuns(
                folder, new EqualRows(packer, conflicts, columns.all(), layout.counted(), layout.numbered()));
        this.heldAtMost = heldAtMost;
        this.clientsAtMost = clientsAtMost;
    }

    /// @param cells canonical, in the order of [Columns#all()]; those of the key are present
    public void add(long line, @Nullable String[] cells) throws IOException {
        PackedRow row = packer.pack(line, cells);
        rows.add(row);
        held += row.size();
        if (held > heldAtMost) {
            spill();
        }
    }

    private void spill() throws IOException {
        runs.spill(rows);
        rows = new ArrayList<>();
        held = 0;
    }

    /// Deletes what went to disk: the rows are read once more.
    public void discard() throws IOException {
        runs.delete();
    }

    /// Ends the sorting. The parts read from the folder as long as it exists.
    ///
    /// @param added how many rows were added
    public Sorted finish(long added) throws IOException {
        PartCutter cutter = new PartCutter(clientsAtMost);
        List<RowPart> parts;
        if (runs.isEmpty()) {
            List<PackedRow> kept = new ArrayList<>();
            runs.sorted(rows, true).forEachRemaining(kept::add);
            rows = new ArrayList<>();
            kept.forEach(cutter::add);
            parts = cutter.parts(
                    range -> kept.subList((int) range.from(), (int) (range.from() + range.rows())).stream(), packer);
        } else {
            spill();
            List<Path> files = runs.merge(cutter::add);
            parts = cutter.parts(range -> SortedRuns.read(files.get(range.index())), packer);
        }
        return new Sorted(parts, cutter.rows(), added - cutter.rows(), cutter.clients(), conflicts);
    }
}
