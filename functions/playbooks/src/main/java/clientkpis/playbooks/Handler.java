package clientkpis.playbooks;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `playbooks`.
public final class Handler extends FamilyFunction<Playbooks.Playbook> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Playbooks(), variables);
    }
}
