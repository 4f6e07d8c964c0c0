package clientkpis.receipt;

import clientkpis.kpi.Labelled;
import clientkpis.kpi.configuration.Language;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a person should look at although the file counts, each with a sentence. What one file has in particular follows
/// it.
public enum WarningCode implements Labelled {
    NO_PAYMENT_DATE,
    NO_CLOSING_DATE,
    NO_COMPLETION_DATE,
    PAID_WITHOUT_DATE,
    UNKNOWN_WORDS,
    NO_RECURRING_REVENUE,
    IDS_NOT_REGISTERED,
    MIXED_CURRENCIES,
    MOSTLY_REJECTED,
    DATE_ORDER_UNPROVEN,
    REPEATED_HEADERS,
    SKIPPED_TOTALS,
    ZERO_VALUES,
    NPS_SCALE,
    CONFLICTING,
    MIXED_NUMBERS,
    STRAY_QUOTES,
    MIXED_ENCODINGS,
    DOUBTFUL_ENCODING,
    MANGLED_TEXT;

    /// As in receipts and events.
    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one with a label; empty for one that newer code wrote.
    public static Optional<WarningCode> labelled(String label) {
        return Arrays.stream(values())
                .filter(code -> code.label().equals(label))
                .findFirst();
    }

    public Sentence sentence() {
        return Sentence.of("warning." + label());
    }

    public String portuguese() {
        return sentence().in(Language.PORTUGUESE);
    }

    public String english() {
        return sentence().in(Language.ENGLISH);
    }
}
