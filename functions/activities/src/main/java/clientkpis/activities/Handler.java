package clientkpis.activities;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `activities`.
public final class Handler extends FamilyFunction<Activities.Activity> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Activities(), variables);
    }
}
