package clientkpis.nps;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// Takes the parts of uploads of `nps` in.
public final class NpsFunction extends FamilyFunction<Answer> {
    public NpsFunction() {
        this(System.getenv());
    }

    public NpsFunction(Map<String, String> environment) {
        super(new Nps(), environment);
    }
}
