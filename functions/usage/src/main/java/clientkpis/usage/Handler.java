package clientkpis.usage;

import clientkpis.function.FamilyFunction;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.upload.Document;
import java.time.LocalDate;
import java.util.Map;

/// Applies the parts of uploads of `usage`.
public final class Handler extends FamilyFunction<Usage.Use> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Usage(), variables);
    }

    @Override
    protected Document.Retention retention(LocalDate day, Configuration configuration) {
        return rows -> UsageRetention.expired(
                rows, day.minusDays(configuration.uploads().usageRetentionDays()));
    }
}
