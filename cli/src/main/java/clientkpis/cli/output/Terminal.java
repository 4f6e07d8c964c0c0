package clientkpis.cli.output;

/// Makes text from files safe to show on a terminal.
public final class Terminal {
    private Terminal() {}

    /// The text without anything that a terminal would execute: control characters as `\\u001b`.
    public static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT) {
                safe.append(String.format("\\u%04x", c));
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }
}
