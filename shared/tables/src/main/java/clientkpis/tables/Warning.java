package clientkpis.tables;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// What a person should look at although the file counts.
///
/// @param message what it means, and what this file has of it
/// @param count of the rows, cells or lines that it is about; 0 where it is about the file
/// @param samples some of what was found
public record Warning(
        @JsonProperty(required = true) WarningCode code,
        @JsonProperty(required = true) String message,
        @JsonProperty(required = true) long count,
        @JsonProperty(required = true) List<String> samples) {
    /// How many samples there are at most.
    public static final int SAMPLES = 5;

    public Warning {
        samples = samples.stream().limit(SAMPLES).map(Receipt.Problem::shown).toList();
    }

    public static Warning of(WarningCode code, long count, List<String> samples) {
        return new Warning(code, code.english(), count, samples);
    }

    /// @param more what this file has in particular
    public static Warning of(WarningCode code, String more, long count, List<String> samples) {
        return new Warning(code, code.english() + " " + more, count, samples);
    }
}
