package clientkpis.reading.workbook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Numbers as a workbook stores them.
final class SheetNumbers {
    /// What a spreadsheet shows; the digits after it are the traces of binary arithmetic.
    private static final MathContext SHOWN = new MathContext(15);
    /// Beyond a double's.
    private static final int LARGEST_EXPONENT = 400;
    private static final int LONGEST = 100;

    /// Days are counted as if 1900 had had a 29th of February, which is day 60.
    private static final LocalDate DAY_0 = LocalDate.of(1899, 12, 30);
    private static final LocalDate DAY_0_OF_1904 = LocalDate.of(1904, 1, 1);
    private static final int LAST_DAY = 2_958_465;

    private SheetNumbers() {}

    /// In plain notation, without zeros at its end; null when it is not a number.
    static @Nullable String plain(String stored) {
        if (isShortAndWhole(stored)) {
            return stored;
        }
        BigDecimal number = number(stored);
        if (number == null) {
            return null;
        }
        boolean whole = number.scale() <= 0 && stored.indexOf('.') < 0 && stored.indexOf('E') < 0;
        BigDecimal shown = whole || number.precision() <= SHOWN.getPrecision() ? number : number.round(SHOWN);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }

    /// The day that a number stands for, `yyyy-MM-dd`; null when it stands for none.
    static @Nullable String day(String stored, boolean from1904) {
        BigDecimal number = number(stored);
        if (number == null || number.signum() < 0 || number.compareTo(BigDecimal.valueOf(LAST_DAY)) > 0) {
            return null;
        }
        int days = number.intValue();
        if (from1904) {
            return DAY_0_OF_1904.plusDays(days).toString();
        }
        return DAY_0.plusDays(days < 60 ? days + 1 : days).toString();
    }

    private static boolean isShortAndWhole(String stored) {
        if (stored.isEmpty() || stored.length() > 15 || (stored.charAt(0) == '0' && stored.length() > 1)) {
            return false;
        }
        for (int i = 0; i < stored.length(); i++) {
            if (stored.charAt(i) < '0' || stored.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable BigDecimal number(String stored) {
        if (stored.length() > LONGEST) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(stored);
            return Math.abs((long) number.precision() - number.scale()) > LARGEST_EXPONENT ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
