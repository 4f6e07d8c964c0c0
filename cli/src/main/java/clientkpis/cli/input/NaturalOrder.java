package clientkpis.cli.input;

import clientkpis.kpi.CodePoints;
import java.util.Comparator;
import java.util.regex.Pattern;

/// Orders paths as people number files: `(2)` before `(10)`, and `Contratos.csv` before its later download `Contratos
/// (1).csv`. Otherwise code point by code point.
final class NaturalOrder implements Comparator<String> {
    static final Comparator<String> OF_PATHS = new NaturalOrder().thenComparing(CodePoints.ORDER);

    private static final Pattern EXTENSIONS = Pattern.compile("(\\.[A-Za-z]{1,5}){1,2}$");

    private NaturalOrder() {}

    @Override
    public int compare(String one, String other) {
        String left = stemFirst(one);
        String right = stemFirst(other);
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            int endOfLeft = endOfDigits(left, i);
            int endOfRight = endOfDigits(right, j);
            boolean areNumbers = endOfLeft > i && endOfRight > j;
            int order = areNumbers
                    ? compareNumbers(left.substring(i, endOfLeft), right.substring(j, endOfRight))
                    : Integer.compare(left.codePointAt(i), right.codePointAt(j));
            if (order != 0) {
                return order;
            }
            i = areNumbers ? endOfLeft : i + Character.charCount(left.codePointAt(i));
            j = areNumbers ? endOfRight : j + Character.charCount(right.codePointAt(j));
        }
        return Integer.compare(left.length() - i, right.length() - j);
    }

    /// Sets the extension apart by what precedes every character of a name.
    private static String stemFirst(String path) {
        return EXTENSIONS.matcher(path).replaceFirst("\0$0");
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int compareNumbers(String one, String other) {
        String left = one.replaceFirst("^0+", "");
        String right = other.replaceFirst("^0+", "");
        return left.length() == right.length() ? left.compareTo(right) : left.length() - right.length();
    }
}
