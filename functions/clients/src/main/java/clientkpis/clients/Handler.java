package clientkpis.clients;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `clients`.
public final class Handler extends FamilyFunction<Clients.Registration> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Clients(), variables);
    }
}
