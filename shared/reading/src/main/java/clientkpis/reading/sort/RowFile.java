package clientkpis.reading.sort;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Sorted rows on disk, compressed in blocks, so that they can be read from any of them on.
final class RowFile implements SortedRows {
    /// How many bytes of rows a block has at least, before they are compressed.
    private static final int BLOCK = 1 << 17;

    private final Path file;
    private final List<Block> blocks = new ArrayList<>();

    /// @param at where it begins in the file
    /// @param length how many bytes its rows are
    private record Block(long at, int length, PackedRow first) {}

    /// Writes the file.
    ///
    /// @param rows sorted
    RowFile(Path file, Iterator<PackedRow> rows) throws IOException {
        this.file = file;
        long at = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            while (rows.hasNext()) {
                PackedRow first = rows.next();
                ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK);
                first.write(block);
                while (block.size() < BLOCK && rows.hasNext()) {
                    rows.next().write(block);
                }
                blocks.add(new Block(at, block.size(), first.copy()));
                byte[] packed = packed(block);
                out.write(packed);
                at += packed.length;
            }
        }
    }

    private static byte[] packed(ByteArrayOutputStream block) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(BLOCK);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (OutputStream out = new DeflaterOutputStream(packed, deflater)) {
            block.writeTo(out);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    private byte[] unpacked(Block block) {
        try (FileChannel channel = FileChannel.open(file);
                InputStream in = new InflaterInputStream(
                        new BufferedInputStream(Channels.newInputStream(channel.position(block.at))))) {
            return in.readNBytes(block.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() throws IOException {
        Files.delete(file);
    }

    @Override
    public Iterator<PackedRow> from(@Nullable PackedRow first) {
        int block = 0;
        while (first != null
                && block + 1 < blocks.size()
                && PackedRow.KEY.compare(blocks.get(block + 1).first, first) < 0) {
            block++;
        }
        Reading rows = new Reading(block);
        while (first != null && rows.hasNext() && PackedRow.KEY.compare(rows.row(), first) < 0) {
            rows.next();
        }
        return rows;
    }

    private final class Reading implements Iterator<PackedRow> {
        private int block;
        private byte[] rows = new byte[0];
        private int at;

        /// @param block the number of the first one
        Reading(int block) {
            this.block = block;
        }

        @Override
        public boolean hasNext() {
            if (at == rows.length && block < blocks.size()) {
                rows = unpacked(blocks.get(block++));
                at = 0;
            }
            return at < rows.length;
        }

        private PackedRow row() {
            return new PackedRow(rows, at);
        }

        @Override
        public PackedRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            PackedRow row = row();
            at = row.end();
            return row;
        }
    }
}
