package clientkpis.benchmarks;

import java.util.function.IntPredicate;

/// Writes JSON by hand, because exports spell the same text in more than one way.
final class JsonWriter {

    private JsonWriter() {}

    /// The text as a JSON string, escaped no more than it must be.
    static String quoted(String text) {
        return quoted(text, unit -> false);
    }

    /// The text as a JSON string.
    ///
    /// @param escaped UTF-16 units that are written as an escape although they need not be
    static String quoted(String text, IntPredicate escaped) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            switch (unit) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                default -> {
                    if (unit < ' ' || escaped.test(unit)) {
                        json.append("\\u%04x".formatted((int) unit));
                    } else {
                        json.append(unit);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
