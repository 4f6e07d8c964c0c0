package clientkpis.nps;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `nps`.
public final class Handler extends FamilyFunction<Nps.Answer> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Nps(), variables);
    }
}
