package clientkpis.playbooks;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// Takes the parts of uploads of `playbooks` in.
public final class PlaybooksFunction extends FamilyFunction<Playbook> {
    public PlaybooksFunction() {
        this(System.getenv());
    }

    public PlaybooksFunction(Map<String, String> environment) {
        super(new Playbooks(), environment);
    }
}
