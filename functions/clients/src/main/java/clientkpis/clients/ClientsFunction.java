package clientkpis.clients;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// Takes the parts of uploads of `clients` in.
public final class ClientsFunction extends FamilyFunction<Registration> {
    public ClientsFunction() {
        this(System.getenv());
    }

    public ClientsFunction(Map<String, String> environment) {
        super(new Clients(), environment);
    }
}
