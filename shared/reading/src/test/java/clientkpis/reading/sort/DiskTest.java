package clientkpis.reading.sort;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.UploadFile;
import clientkpis.reading.match.Columns;
import clientkpis.tables.Column;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How much disk sorted rows take, compared with the file, which is on the disk too.
class DiskTest {
    private static final int ROWS = 400_000;

    @TempDir
    private Path folder;

    enum Kind {
        NARROW,
        OF_ONE_CLIENT,
        OF_MANY_CLIENTS,
        SORTED,
        RANDOM,
        ACCENTS
    }

    /// Client, user, day and actions.
    private static String[] row(Kind kind, int i) {
        return switch (kind) {
            case NARROW -> new String[] {"" + i % 997, "" + i, "2026-09-01", "1"};
            case OF_ONE_CLIENT -> new String[] {"1", "" + i, "2026-09-01", "1"};
            case OF_MANY_CLIENTS -> new String[] {"" + i, "1", "2026-09-01", "1"};
            case SORTED -> new String[] {"%07d".formatted(i), "1", "2026-09-01", "1"};
            case RANDOM -> new String[] {"" + i % 997, random(i, 24, '!', '~'), "2026-09-01", "1"};
            case ACCENTS -> new String[] {"" + i % 997, random(i, 24, 'À', 'ÿ'), "2026-09-01", "1"};
        };
    }

    private static String random(int seed, int length, char from, char to) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        random.ints(length, from, to).forEach(c -> text.append((char) c));
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource
    void aFileAndItsSortedRowsTakeNoMoreThanPromised(Kind kind) throws IOException {
        Columns columns =
                ReadingOptions.of(Configuration.DEFAULT, null).of(Tables.load().find("usage"));
        List<String> names = columns.all().stream().map(Column::name).toList();
        List<Integer> positions = Stream.of("client_id", "user_id", "used_on", "actions")
                .map(names::indexOf)
                .toList();
        RowPacker packer = new RowPacker(columns);
        List<SortedRows> runs = new ArrayList<>();
        long file = 0;
        HeldRows held = new HeldRows();
        for (int i = 0; i < ROWS; i++) {
            // In an order that is far from sorted.
            String[] written = row(kind, (int) (i * 7_919L % ROWS));
            @Nullable String[] cells = new @Nullable String[names.size()];
            for (int c = 0; c < written.length; c++) {
                cells[positions.get(c)] = written[c];
                file += written[c].getBytes(StandardCharsets.ISO_8859_1).length + 1;
            }
            held.add(packer.pack(i, cells));
            if (i % (ROWS / 8) == ROWS / 8 - 1) {
                held.sort();
                runs.add(new RowFile(folder.resolve("" + i), held.from(null)));
                held = new HeldRows();
            }
        }
        long rows = used();

        int merged = 0;
        for (Iterator<PackedRow> each = new MergedRows(runs).from(null); each.hasNext(); each.next()) {
            merged++;
        }

        assertThat(merged).isEqualTo(ROWS);
        assertThat(used()).isEqualTo(rows);
        assertThat((double) (file + rows) / file)
                .as("a file of %,d bytes and %,d bytes of rows", file, rows)
                .isLessThan(UploadFile.DISK);
    }

    private long used() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(path -> path.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
