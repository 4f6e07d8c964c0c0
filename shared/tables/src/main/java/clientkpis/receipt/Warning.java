package clientkpis.receipt;

import clientkpis.kpi.configuration.Language;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a person should look at although the file counts.
///
/// @param message what it means, and what this file has of it
/// @param count of the rows, cells or lines that it is about; 0 where it is about the file
/// @param samples some of what was found
public record Warning(WarningCode code, String message, long count, List<String> samples) {
    /// How many samples there are at most.
    public static final int SAMPLES = 5;

    /// A warning before it is known in which language it is read.
    ///
    /// @param more what this file has in particular, or null
    public record Finding(WarningCode code, @Nullable Sentence more, long count, List<String> samples) {
        public Finding {
            samples = samples.stream().limit(SAMPLES).toList();
        }

        public Warning in(Language language) {
            String sentence = code.sentence().in(language);
            return new Warning(code, more == null ? sentence : sentence + " " + more.in(language), count, samples);
        }
    }

    public Warning {
        samples = samples.stream().limit(SAMPLES).map(Receipt.Problem::shown).toList();
    }

    public static Finding of(WarningCode code, long count, List<String> samples) {
        return new Finding(code, null, count, samples);
    }

    /// @param more what this file has in particular
    public static Finding of(WarningCode code, Sentence more, long count, List<String> samples) {
        return new Finding(code, more, count, samples);
    }
}
