package clientkpis.contracts;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// Takes the parts of uploads of `contracts` in.
public final class ContractsFunction extends FamilyFunction<Contract> {
    public ContractsFunction() {
        this(System.getenv());
    }

    public ContractsFunction(Map<String, String> environment) {
        super(new Contracts(), environment);
    }
}
