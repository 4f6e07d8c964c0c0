package clientkpis.contacts;

import clientkpis.cloud.FamilyFunction;
import java.util.Map;

/// Takes the parts of uploads of `contacts` in.
public final class ContactsFunction extends FamilyFunction<Contact> {
    public ContactsFunction() {
        this(System.getenv());
    }

    public ContactsFunction(Map<String, String> environment) {
        super(new Contacts(), environment);
    }
}
