package clientkpis.billing;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// Takes the parts of uploads of `billing` in.
public final class BillingFunction extends FamilyFunction<Title> {
    public BillingFunction() {
        this(System.getenv());
    }

    public BillingFunction(Map<String, String> environment) {
        super(new Billing(), environment);
    }
}
