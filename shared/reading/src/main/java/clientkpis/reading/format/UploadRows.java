package clientkpis.reading.format;

import clientkpis.reading.cell.Blank;
import clientkpis.tables.Column;
import clientkpis.tables.Receipt;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of a file that is read as one table, in the order of the file. On the way it notes which columns the file
/// has.
public abstract class UploadRows implements Closeable {
    /// How many headers that mean no column are listed.
    private static final int IGNORED_LISTED = 200;
    /// How many different headers are remembered; JSON could have a new key in each row.
    private static final int REMEMBERED = 10_000;

    final Columns columns;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Receipt.UsedColumn> used = new LinkedHashMap<>();
    private final Set<String> ignored = new LinkedHashSet<>();

    UploadRows(Columns columns) {
        this.columns = columns;
    }

    /// How the file was understood.
    public abstract Receipt.Format format();

    /// The next row, or null at the end.
    ///
    /// @throws FileRejectedException when the rest of the file cannot be read
    public abstract @Nullable UploadRow next() throws IOException;

    /// Begins a file for rows of this file, as written; see [FileFormat#rejectedExtension()].
    public abstract RejectWriter rejects(Writer out) throws IOException;

    /// The columns found so far, in the order of the file.
    public final List<Receipt.UsedColumn> used() {
        return List.copyOf(used.values());
    }

    /// The first headers found so far that mean no column, as written.
    public final List<String> ignored() {
        return new ArrayList<>(ignored);
    }

    /// The position in [Columns#all()] of the column that a header means, or -1.
    final int position(String header) {
        Integer known = positions.get(header);
        if (known != null) {
            return known;
        }
        Column column = columns.of(header);
        int position = column == null ? -1 : columns.position(column);
        if (column != null) {
            used.putIfAbsent(column.name(), new Receipt.UsedColumn(column.name(), header));
        } else if (ignored.size() < IGNORED_LISTED && !Blank.is(header)) {
            ignored.add(header);
        }
        if (positions.size() < REMEMBERED) {
            positions.put(header, position);
        }
        return position;
    }
}
