package clientkpis.billing;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `billing`.
public final class Handler extends FamilyFunction<Billing.Title> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Billing(), variables);
    }
}
