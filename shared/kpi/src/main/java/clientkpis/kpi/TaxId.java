package clientkpis.kpi;

import java.util.Optional;

/// Brazilian tax ids: the CNPJ of a company, with letters too since 2026, and the CPF of a person. Both end with two
/// check digits, each a weighted sum of what is before it modulo 11; a letter weighs its ASCII code less 48.
public final class TaxId {
    private static final int CNPJ = 14;
    private static final int CPF = 11;
    /// A spreadsheet drops the zeros in front of a number; more than these would be guessing.
    private static final int DROPPED_ZEROS = 3;

    private TaxId() {}

    /// A valid CNPJ or CPF in the form in which it is printed, `11.204.518/0001-07` or `123.456.789-09`, however it is
    /// punctuated and also without the zeros in front of it; empty for any other text.
    public static Optional<String> printed(String text) {
        StringBuilder plain = new StringBuilder(CNPJ);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
                if (plain.length() == CNPJ) {
                    return Optional.empty();
                }
                plain.append(c >= 'a' ? (char) (c - 'a' + 'A') : c);
            } else if (c != '.' && c != '/' && c != '-' && c != ' ') {
                return Optional.empty();
            }
        }
        if (plain.length() == CPF && isValid(plain, CPF)) {
            return Optional.of(cpf(plain));
        }
        if (plain.length() >= CNPJ - DROPPED_ZEROS && plain.length() <= CNPJ) {
            plain.insert(0, "0".repeat(CNPJ - plain.length()));
            return isValid(plain, CNPJ) ? Optional.of(cnpj(plain)) : Optional.empty();
        }
        if (plain.length() >= CPF - DROPPED_ZEROS && plain.length() < CPF) {
            plain.insert(0, "0".repeat(CPF - plain.length()));
            return isValid(plain, CPF) ? Optional.of(cpf(plain)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static String cnpj(CharSequence c) {
        return "%s.%s.%s/%s-%s"
                .formatted(
                        c.subSequence(0, 2),
                        c.subSequence(2, 5),
                        c.subSequence(5, 8),
                        c.subSequence(8, 12),
                        c.subSequence(12, CNPJ));
    }

    private static String cpf(CharSequence c) {
        return "%s.%s.%s-%s"
                .formatted(c.subSequence(0, 3), c.subSequence(3, 6), c.subSequence(6, 9), c.subSequence(9, CPF));
    }

    /// Ids of one repeated digit have right check digits and are nobody's.
    private static boolean isValid(CharSequence id, int length) {
        int most = length == CNPJ ? 9 : length;
        boolean varied = false;
        for (int i = 0; i < length; i++) {
            boolean letter = id.charAt(i) > '9';
            if (letter && (length == CPF || i >= length - 2)) {
                return false;
            }
            varied |= id.charAt(i) != id.charAt(0);
        }
        return varied && hasCheckDigit(id, length - 2, most) && hasCheckDigit(id, length - 1, most);
    }

    private static boolean hasCheckDigit(CharSequence id, int at, int most) {
        int sum = 0;
        int weight = 2;
        for (int i = at - 1; i >= 0; i--) {
            sum += (id.charAt(i) - '0') * weight;
            weight = weight == most ? 2 : weight + 1;
        }
        int rest = sum % 11;
        return id.charAt(at) - '0' == (rest < 2 ? 0 : 11 - rest);
    }
}
