package clientkpis.activities;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// Takes the parts of uploads of `activities` in.
public final class ActivitiesFunction extends FamilyFunction<Activity> {
    public ActivitiesFunction() {
        this(System.getenv());
    }

    public ActivitiesFunction(Map<String, String> environment) {
        super(new Activities(), environment);
    }
}
