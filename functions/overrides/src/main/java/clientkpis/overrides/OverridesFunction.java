package clientkpis.overrides;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// Takes the parts of uploads of `overrides` in.
public final class OverridesFunction extends FamilyFunction<Override> {
    public OverridesFunction() {
        this(System.getenv());
    }

    public OverridesFunction(Map<String, String> environment) {
        super(new Overrides(), environment);
    }
}
