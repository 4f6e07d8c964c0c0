package clientkpis.suite.scale;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/// How large a run is, and what it says.
final class Scale {
    static final double SCALE = Double.parseDouble(System.getProperty("scale", "0.01"));
    static final Duration LONG = Duration.ofHours(3);
    static final String TITLES = "client_id;title_id;value;due_on\n";

    private Scale() {}

    static int scaled(int full) {
        return (int) Math.max(1, full * SCALE);
    }

    static void print(long began, String figures) {
        System.out.printf(Locale.ROOT, "Scale: %s in %,.0f s%n", figures, (System.nanoTime() - began) / 1e9);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
