package clientkpis.tables;

import clientkpis.kpi.configuration.Language;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/// Numbers as people read them: with the marks of their language, and the true minus, which no locale's format has.
public record NumberText(Language language) {
    private static final int CENTS = 2;
    private static final int MOST = 10;

    public String whole(long number) {
        return number(BigDecimal.valueOf(number), 0);
    }

    /// With all digits that it has after its decimal mark.
    public String exact(BigDecimal number) {
        return number(number, Math.max(0, number.scale()));
    }

    /// With the digits after its decimal mark that count.
    public String plain(BigDecimal number) {
        return text(NumberFormat.getNumberInstance(locale()), number, 0, MOST);
    }

    public String number(BigDecimal number, int scale) {
        return text(NumberFormat.getNumberInstance(locale()), number, scale, scale);
    }

    /// With the sign of its currency.
    public String money(BigDecimal amount, Currency currency) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale());
        format.setCurrency(currency);
        // Who searches for an amount types a plain space behind the sign.
        return text(format, amount, CENTS, CENTS).replace('\u00a0', ' ');
    }

    private Locale locale() {
        return Locale.forLanguageTag(language.tag());
    }

    private static String text(NumberFormat format, BigDecimal number, int least, int most) {
        BigDecimal rounded = number.setScale(Math.min(most, Math.max(least, number.scale())), RoundingMode.HALF_UP);
        format.setMinimumFractionDigits(least);
        format.setMaximumFractionDigits(most);
        return (rounded.signum() < 0 ? "\u2212" : "") + format.format(rounded.abs());
    }
}
