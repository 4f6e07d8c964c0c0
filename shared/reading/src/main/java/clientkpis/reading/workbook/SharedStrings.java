package clientkpis.reading.workbook;

import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The strings of a workbook, which cells name by number. They are on disk, because there may be more of them than
/// memory holds.
public final class SharedStrings implements Closeable {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena;
    private final MemorySegment texts;
    /// Where each text ends.
    private final MemorySegment ends;

    private SharedStrings(Arena arena, MemorySegment texts, MemorySegment ends) {
        this.arena = arena;
        this.texts = texts;
        this.ends = ends;
    }

    static SharedStrings none() {
        return new SharedStrings(Arena.ofShared(), MemorySegment.NULL, MemorySegment.NULL);
    }

    /// @param most how many bytes they may have on disk
    static SharedStrings read(XmlPart part, long most) throws IOException {
        Path texts = Files.createTempFile("strings", "");
        Path ends = Files.createTempFile("strings", "");
        Arena arena = Arena.ofShared();
        try {
            write(part, texts, ends, most);
            return new SharedStrings(arena, mapped(texts, arena), mapped(ends, arena));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        } finally {
            // What is mapped stays readable.
            Files.delete(texts);
            Files.delete(ends);
        }
    }

    private static void write(XmlPart part, Path texts, Path ends, long most) throws IOException {
        long end = 0;
        long count = 0;
        try (BufferedOutputStream text = new BufferedOutputStream(Files.newOutputStream(texts), 1 << 16);
                DataOutputStream places =
                        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(ends), 1 << 16))) {
            while (part.next()) {
                if (part.begins("si")) {
                    byte[] bytes = part.string().getBytes(StandardCharsets.UTF_8);
                    end += bytes.length;
                    count++;
                    if (end + count * Long.BYTES > most) {
                        throw new FileRejectedException(FileCode.TOO_LARGE, Sentence.of("too_large.texts", most));
                    }
                    text.write(bytes);
                    places.writeLong(end);
                }
            }
        }
    }

    private static MemorySegment mapped(Path file, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /// @throws FileRejectedException when there is no such string
    String get(long index) throws FileRejectedException {
        if (index < 0 || index >= ends.byteSize() / Long.BYTES) {
            throw XmlPart.unreadable(Sentence.of("workbook.no_text"));
        }
        long from = index == 0 ? 0 : ends.get(LONG, (index - 1) * Long.BYTES);
        byte[] bytes = new byte[(int) (ends.get(LONG, index * Long.BYTES) - from)];
        MemorySegment.copy(texts, ValueLayout.JAVA_BYTE, from, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        arena.close();
    }
}
