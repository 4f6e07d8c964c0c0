package clientkpis.reading.match;

import clientkpis.reading.cell.Blank;
import clientkpis.reading.cell.Cells;
import clientkpis.tables.Headers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The headers of a sample, what each says, and what the cells below it are: looked at once, whoever asks.
public final class HeaderRow {
    private final Sample sample;
    private final Cells read;
    private final List<String> headers;
    private final List<HeaderName> names = new ArrayList<>();
    private final Map<Integer, ColumnProfile> profiles = new HashMap<>();
    private final Set<String> objects = new HashSet<>();
    private final Map<String, Integer> positions = new HashMap<>();

    HeaderRow(Sample sample, Cells read) {
        this.sample = sample;
        this.read = read;
        headers = sample.header().stream().map(Blank::trim).toList();
        for (int i = 0; i < headers.size(); i++) {
            positions.putIfAbsent(Headers.normal(headers.get(i)), i);
            names.add(HeaderName.of(headers.get(i), HeaderWords.load()));
            int dot = headers.get(i).lastIndexOf('.');
            if (dot > 0) {
                objects.add(headers.get(i).substring(0, dot));
            }
        }
    }

    /// The same file, with the members of the JSON objects that its cells hold as headers behind its own.
    public HeaderRow withMembers() {
        Sample deeper = JsonMembers.of(sample);
        return deeper.equals(sample) ? this : new HeaderRow(deeper, read);
    }

    public Sample sample() {
        return sample;
    }

    /// Trimmed.
    public List<String> headers() {
        return headers;
    }

    public int rows() {
        return sample.rows().size();
    }

    public HeaderName name(int header) {
        return names.get(header);
    }

    public ColumnProfile profile(int header) {
        return profiles.computeIfAbsent(header, at -> new ColumnProfile(sample.under(at), read));
    }

    /// Whether there are rows and none has a cell under the header.
    public boolean isBlank(int header) {
        if (sample.rows().isEmpty()) {
            return false;
        }
        for (List<String> row : sample.rows()) {
            if (header < row.size() && !Blank.is(row.get(header))) {
                return false;
            }
        }
        return true;
    }

    /// Whether a key has an object, whose members are headers of their own, and never a value.
    boolean isObject(int header) {
        return objects.contains(headers.get(header))
                && sample.under(header).stream().allMatch(Blank::is);
    }

    /// The position of a header, or of the longest one that a dotted path begins with; -1 for none.
    int position(String header) {
        for (String path = header; !path.isEmpty(); path = path.substring(0, Math.max(0, path.lastIndexOf('.')))) {
            Integer at = positions.get(Headers.normal(path));
            if (at != null) {
                return at;
            }
        }
        return -1;
    }

    /// Whether no two rows have the same cells under all of the headers.
    public boolean areUnique(List<Integer> together) {
        Set<List<String>> seen = new HashSet<>();
        return sample.rows().stream().allMatch(row -> seen.add(cells(row, together)));
    }

    /// Whether each cell under one header is always beside the same cell under the other.
    public boolean isOneToOne(int one, int other) {
        Set<List<String>> pairs = new HashSet<>();
        sample.rows().forEach(row -> pairs.add(cells(row, List.of(one, other))));
        return Stream.of(0, 1)
                .allMatch(side ->
                        pairs.stream().map(pair -> pair.get(side)).distinct().count() == pairs.size());
    }

    /// Whether a row has a cell under the one header and one of some words under the other.
    public boolean meet(int filled, int worded, Set<String> words) {
        return count(filled, true, worded, words) > 0;
    }

    /// How many rows have one of some words under a header, and a cell, or none, under another.
    public long count(int header, boolean filled, int worded, Set<String> words) {
        return sample.rows().stream()
                .map(row -> cells(row, List.of(header, worded)))
                .filter(pair -> Blank.is(pair.getFirst()) != filled && words.contains(pair.getLast()))
                .count();
    }

    private static List<String> cells(List<String> row, List<Integer> headers) {
        return headers.stream()
                .map(at -> at < row.size() ? Blank.trim(row.get(at)) : "")
                .toList();
    }

    /// Whether no row has cells under both headers, and some under the second.
    boolean isComplementary(int first, int second) {
        boolean filled = false;
        for (List<String> row : sample.rows()) {
            boolean one = first < row.size() && !Blank.is(row.get(first));
            boolean other = second < row.size() && !Blank.is(row.get(second));
            if (one && other) {
                return false;
            }
            filled |= other;
        }
        return filled;
    }
}
