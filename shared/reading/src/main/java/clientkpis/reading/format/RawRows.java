package clientkpis.reading.format;

import java.util.List;

/// A whole file, exactly as written.
///
/// @param header of JSON all keys, in the order in which they first appear
/// @param rows untrimmed cells, an empty one an empty string; of JSON as many as the header has, absent keys empty
/// @param rejected how many rows could not be read
public record RawRows(List<String> header, List<List<String>> rows, long rejected) {}
