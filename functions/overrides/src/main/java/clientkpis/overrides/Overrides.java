package clientkpis.overrides;

import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.tables.ClientField;
import clientkpis.tables.Tables;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values set by hand (fields.md, *Where a value comes from*): each holds "from the day of its upload through
/// `expires_on`, that day included".
public final class Overrides implements KpiFamily<Overrides.ManualValue> {
    /// A field of a client that is set by hand.
    ///
    /// @param value in canonical form; null when it was withdrawn
    /// @param expiresOn the last day on which it holds; null when it holds until it is withdrawn
    public record ManualValue(
            String field,
            @Nullable String value,
            @Nullable String reason,
            @Nullable String author,
            @Nullable LocalDate expiresOn) {}

    @Override
    public String table() {
        return "overrides";
    }

    @Override
    public ManualValue read(Row row) {
        return new ManualValue(
                row.required("field"),
                row.text("value"),
                row.text("reason"),
                row.text("author"),
                row.date("expires_on"));
    }

    @Override
    public Map<String, Timeline> timelines(List<ManualValue> overrides, LocalDate from) {
        Map<String, Timeline> fields = new HashMap<>();
        for (ManualValue override : overrides) {
            Value value = value(override);
            LocalDate expiresOn = override.expiresOn();
            if (value == null || (expiresOn != null && expiresOn.isBefore(from))) {
                continue;
            }
            Timeline.Step holds =
                    new Timeline.Step(from, new Value.Manual(value, override.author(), override.reason(), expiresOn));
            fields.put(
                    override.field(),
                    new Timeline(
                            expiresOn == null
                                    ? List.of(holds)
                                    : List.of(holds, new Timeline.Step(expiresOn.plusDays(1), null))));
        }
        return fields;
    }

    /// Null when it was withdrawn, or is a date without end.
    private static @Nullable Value value(ManualValue override) {
        String text = override.value();
        if (text == null) {
            return null;
        }
        ClientField field = Tables.load().field(override.field());
        if (field == null) {
            return Value.asRead(text);
        }
        return switch (field.type()) {
            case TEXT -> new Value.Text(text);
            case MONEY -> number(text, 2);
            case NUMBER -> number(text, field.scale() == null ? 2 : field.scale());
            case INTEGER, DAYS -> number(text, 0);
            case DATE -> {
                LocalDate day = Row.day(text);
                yield day == null ? null : new Value.Day(day);
            }
        };
    }

    private static Value number(String text, int scale) {
        return new Value.Number(new BigDecimal(text).setScale(scale, RoundingMode.HALF_UP));
    }
}
