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
/// and are merged whenever they are read.
public final class RowSorter {
    /// How many bytes of rows are held before a run goes to disk: an eighth of what the memory may be.
    public static final long HELD = Runtime.getRuntime().maxMemory() / 8;
    /// How many clients a part has at most.
    public static final int CLIENTS = 2_000;

    private final RowPacker packer;
    private final Conflicts conflicts;
    private final EqualRows equal;
    private final Path folder;
    private final long heldAtMost;
    private final int clientsAtMost;

    private final List<RowFile> files = new ArrayList<>();
    private HeldRows held = new HeldRows();

    /// @param accepted rows that are kept
    /// @param repeated rows whose key a later row has
    /// @param conflicts those of them that differ from it
    public record Sorted(List<RowPart> parts, long accepted, long repeated, long clients, Conflicts conflicts) {}

    /// @param layout says what becomes of rows of one key
    public RowSorter(Columns columns, RowLayout layout, Path folder, long heldAtMost, int clientsAtMost) {
        packer = new RowPacker(columns);
        conflicts = new Conflicts(packer, columns.table(), columns.all(), layout);
        equal = new EqualRows(packer, conflicts, columns.all(), layout.counted(), layout.numbered());
        this.folder = folder;
        this.heldAtMost = heldAtMost;
        this.clientsAtMost = clientsAtMost;
    }

    /// @param cells canonical, in the order of [Columns#all()]; those of the key are present
    public void add(long line, @Nullable String[] cells) throws IOException {
        held.add(packer.pack(line, cells));
        if (held.isFull(heldAtMost)) {
            held.sort();
            files.add(new RowFile(folder.resolve("%d.rows".formatted(files.size())), held.from(null)));
            held = new HeldRows();
        }
    }

    /// Deletes what went to disk: the rows are read once more.
    public void discard() throws IOException {
        for (RowFile file : files) {
            file.delete();
        }
    }

    /// Ends the sorting. The parts read from the folder as long as it exists.
    ///
    /// @param added how many rows were added
    public Sorted finish(long added) {
        held.sort();
        List<SortedRows> runs = new ArrayList<>(files);
        runs.add(held);
        SortedRows all = new MergedRows(runs);
        PartCutter cutter = new PartCutter(clientsAtMost);
        equal.of(all.from(null), false).forEachRemaining(cutter::add);
        List<RowPart> parts = cutter.parts(first -> equal.of(all.from(first), true), packer);
        return new Sorted(parts, cutter.rows(), added - cutter.rows(), cutter.clients(), conflicts);
    }
}
