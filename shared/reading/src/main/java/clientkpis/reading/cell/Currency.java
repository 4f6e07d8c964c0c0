package clientkpis.reading.cell;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signs and codes of money before or behind a number. The sign `$` alone is read as that of the dollar.
enum Currency {
    BRL("R$ BRL"),
    USD("US$ U$ USD $"),
    EUR("€ EUR"),
    GBP("£ GBP"),
    JPY("¥ JPY"),
    CAD("CA$ C$ CAD"),
    AUD("AU$ A$ AUD"),
    CHF("CHF"),
    MXN("MX$ MXN"),
    ARS("AR$ ARS"),
    CLP("CLP"),
    COP("COP"),
    UYU("UYU"),
    PYG("PYG"),
    PEN("PEN");

    private static final List<Sign> SIGNS = Arrays.stream(values())
            .flatMap(currency -> Arrays.stream(currency.signs.split(" ")).map(text -> new Sign(currency, text)))
            .sorted(Comparator.comparingInt(Sign::length).reversed())
            .toList();

    private final String signs;

    /// @param signs separated by spaces, the first for messages
    Currency(String signs) {
        this.signs = signs;
    }

    record Sign(Currency currency, String text) {
        int length() {
            return text.length();
        }
    }

    /// How it is written in messages.
    String sign() {
        int end = signs.indexOf(' ');
        return end < 0 ? signs : signs.substring(0, end);
    }

    /// The sign with which `[from, to)` begins, or null.
    static @Nullable Sign before(String cell, int from, int to) {
        if (from < to && mayBeSign(cell.charAt(from))) {
            for (Sign sign : SIGNS) {
                if (to - from >= sign.length() && cell.regionMatches(true, from, sign.text, 0, sign.length())) {
                    return sign;
                }
            }
        }
        return null;
    }

    /// The sign with which `[from, to)` ends, or null.
    static @Nullable Sign behind(String cell, int from, int to) {
        if (from < to && mayBeSign(cell.charAt(to - 1))) {
            for (Sign sign : SIGNS) {
                if (to - from >= sign.length()
                        && cell.regionMatches(true, to - sign.length(), sign.text, 0, sign.length())) {
                    return sign;
                }
            }
        }
        return null;
    }

    private static boolean mayBeSign(char c) {
        return c > '9' || c == '$';
    }
}
