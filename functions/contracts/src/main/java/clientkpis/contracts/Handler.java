package clientkpis.contracts;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `contracts`.
public final class Handler extends FamilyFunction<Contracts.Contract> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Contracts(), variables);
    }
}
