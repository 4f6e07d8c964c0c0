package clientkpis.contacts;

import clientkpis.function.FamilyFunction;
import java.util.Map;

/// Applies the parts of uploads of `contacts`.
public final class Handler extends FamilyFunction<Contacts.Contact> {
    public Handler() {
        this(System.getenv());
    }

    public Handler(Map<String, String> variables) {
        super(new Contacts(), variables);
    }
}
