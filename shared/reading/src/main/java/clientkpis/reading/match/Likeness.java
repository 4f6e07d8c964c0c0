package clientkpis.reading.match;

import clientkpis.tables.Column;
import clientkpis.tables.Headers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which header is spelt almost like a column.
public final class Likeness {
    private Likeness() {}

    /// Among headers, the one that is probably meant as this column, or null.
    public static @Nullable String probably(Column column, List<String> headers) {
        String likely = null;
        int least = Integer.MAX_VALUE;
        for (String header : headers) {
            String normal = Headers.normal(header);
            for (String name : column.names()) {
                String wanted = Headers.normal(name);
                int distance = distance(normal, wanted);
                if (distance <= Math.max(1, wanted.length() / 3) && distance < Math.min(wanted.length(), least)) {
                    least = distance;
                    likely = header;
                }
            }
        }
        return likely;
    }

    /// The least number of insertions, deletions, replacements and swaps of neighbours that make one text of the other.
    static int distance(String a, String b) {
        int[] twoBack = new int[b.length() + 1];
        int[] back = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        Arrays.setAll(back, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], back[j]) + 1, back[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], twoBack[j - 2] + 1);
                }
            }
            int[] free = twoBack;
            twoBack = back;
            back = row;
            row = free;
        }
        return back[b.length()];
    }
}
