package clientkpis.usage;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// Takes the parts of uploads of `usage` in.
public final class UsageFunction extends FamilyFunction<Use> {
    public UsageFunction() {
        this(System.getenv());
    }

    public UsageFunction(Map<String, String> environment) {
        super(new Usage(), environment);
    }
}
