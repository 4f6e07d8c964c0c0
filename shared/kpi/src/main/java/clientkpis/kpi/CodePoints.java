package clientkpis.kpi;

import java.util.Comparator;

/// The order of ids: code point by code point, which is also the order of their UTF-8 bytes and of DynamoDB's sort
/// keys. `String.compareTo` differs: it compares UTF-16 code units, and so puts U+1F600 before U+FF21.
public final class CodePoints {
    public static final Comparator<String> ORDER = CodePoints::compare;

    private CodePoints() {}

    private static int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Character.isSurrogate(x) != Character.isSurrogate(y)
                        ? (Character.isSurrogate(x) ? 1 : -1)
                        : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
