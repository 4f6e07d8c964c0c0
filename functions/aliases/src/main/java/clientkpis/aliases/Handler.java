package clientkpis.aliases;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `aliases`.
public final class Handler extends FamilyFunction<Aliases.Alias> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Aliases(), variables);
    }
}
