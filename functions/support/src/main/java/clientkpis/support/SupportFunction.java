package clientkpis.support;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// Takes the parts of uploads of `support` in.
public final class SupportFunction extends FamilyFunction<Ticket> {
    public SupportFunction() {
        this(System.getenv());
    }

    public SupportFunction(Map<String, String> environment) {
        super(new Support(), environment);
    }
}
