package clientkpis.usage;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `usage`.
public final class Handler extends FamilyFunction<Usage.Use> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Usage(), variables);
    }
}
