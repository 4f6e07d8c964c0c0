package clientkpis.reading.match;

import java.util.List;

/// The beginning of a file.
///
/// @param header its cells or keys, as written
/// @param rows cells in the order of the header, possibly fewer or more; empty where blank
public record Sample(List<String> header, List<List<String>> rows) {
    /// How many rows are looked at.
    public static final int ROWS = 200;

    /// The cells under a header.
    List<String> under(int header) {
        return rows.stream()
                .filter(row -> row.size() > header)
                .map(row -> row.get(header))
                .toList();
    }
}
