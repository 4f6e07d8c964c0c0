package clientkpis.overrides;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `overrides`.
public final class Handler extends FamilyFunction<Overrides.ManualValue> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Overrides(), variables);
    }
}
