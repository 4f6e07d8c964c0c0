package clientkpis.usage;

import clientkpis.cloud.Document;
import clientkpis.cloud.FamilyFunction;
import clientkpis.kpi.Configuration;
import java.time.LocalDate;
import java.util.Map;

/// Takes the parts of uploads of `usage` in.
public final class UsageFunction extends FamilyFunction<Use> {
    public UsageFunction() {
        this(System.getenv());
    }

    public UsageFunction(Map<String, String> environment) {
        super(new Usage(), environment);
    }

    @Override
    protected Document.Retention retention(LocalDate day, Configuration configuration) {
        return rows -> UsageRetention.expired(
                rows, day.minusDays(configuration.uploads().usageRetentionDays()));
    }
}
