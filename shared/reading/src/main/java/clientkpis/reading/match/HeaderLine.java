package clientkpis.reading.match;

import clientkpis.reading.cell.Blank;
import java.util.List;

/// Whether a line can be a header.
public final class HeaderLine {
    private HeaderLine() {}

    /// A line whose cells are data is not: one with many numbers, dates or addresses of e-mail, or with many cells that
    /// other lines have in the same place.
    public static boolean isLikely(List<String> cells, List<List<String>> lines) {
        return cells.stream().filter(cell -> !Blank.is(cell)).count() > 1 && !isData(cells, lines);
    }

    /// Whether what stands in for a header is a row of the sample's.
    public static boolean isData(Sample sample) {
        return isData(sample.header(), sample.rows());
    }

    private static boolean isData(List<String> cells, List<List<String>> lines) {
        int filled = 0;
        int data = 0;
        for (int i = 0; i < cells.size(); i++) {
            String cell = Blank.trim(cells.get(i));
            if (!cell.isEmpty()) {
                filled++;
                data += isData(cell) || isInOther(lines, cells, i) ? 1 : 0;
            }
        }
        return data * 4 > filled;
    }

    /// Whether a line that is not the header once more has the cell in the same place.
    private static boolean isInOther(List<List<String>> lines, List<String> cells, int at) {
        return lines.stream()
                .anyMatch(line -> at < line.size()
                        && Blank.trim(line.get(at)).equals(Blank.trim(cells.get(at)))
                        && !line.equals(cells));
    }

    private static boolean isData(String cell) {
        boolean mail = cell.indexOf('@') > 0 && cell.indexOf('.', cell.indexOf('@')) > 0 && cell.indexOf(' ') < 0;
        boolean digits = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (Character.isLetter(c)) {
                return mail;
            }
            digits |= Character.isDigit(c);
        }
        return digits;
    }
}
