package clientkpis.support;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `support`.
public final class Handler extends FamilyFunction<Support.Ticket> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Support(), variables);
    }
}
