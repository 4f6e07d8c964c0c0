package clientkpis.contacts;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.tables.Vocabulary;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `sponsorName`, `sponsorEmail` and `sponsorPhone` (fields.md, *Contacts*): "the first registered contact whose `role`
/// is sponsor and whose `active` is true". All three are of one person: what that one lacks is absent.
public final class Contacts implements KpiFamily<Contacts.Contact> {
    private static final Vocabulary ROLE = Vocabulary.of("contacts", "role");

    /// A person at the client.
    public record Contact(
            String contactId,
            String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String role,
            @Nullable Boolean active,
            @Nullable LocalDate registeredOn) {

        /// An active sponsor; who is not said to be active is not.
        public boolean isSponsor() {
            return ROLE.means(role, "sponsor") && Boolean.TRUE.equals(active);
        }
    }

    /// "lowest `registeredOn` (blank last), then lowest `contactId`"
    private static final Comparator<Contact> FIRST_REGISTERED = Comparator.comparing(
                    (Contact contact) -> contact.registeredOn() == null ? LocalDate.MAX : contact.registeredOn())
            .thenComparing(Contact::contactId, CodePoints.ORDER);

    @Override
    public String table() {
        return "contacts";
    }

    @Override
    public Contact read(Row row) {
        return new Contact(
                row.required("contact_id"),
                row.required("name"),
                row.text("email"),
                row.text("phone"),
                row.text("role"),
                row.truth("active"),
                row.date("registered_on"));
    }

    @Override
    public Map<String, Timeline> timelines(List<Contact> contacts, LocalDate from) {
        Map<String, Timeline> fields = new HashMap<>();
        contacts.stream().filter(Contact::isSponsor).min(FIRST_REGISTERED).ifPresent(sponsor -> {
            put(fields, "sponsorName", sponsor.name(), from);
            put(fields, "sponsorEmail", sponsor.email(), from);
            put(fields, "sponsorPhone", sponsor.phone(), from);
        });
        return fields;
    }

    /// That there was a contact; who the sponsor was is not known.
    @Override
    public Optional<Past> past(List<Read<Contact>> contacts, Before before) {
        return Optional.of(new Past(
                before.since(contacts, contact -> before.first(contact.read().registeredOn())), Map.of()));
    }

    private static void put(Map<String, Timeline> fields, String field, @Nullable String text, LocalDate from) {
        if (text != null) {
            fields.put(field, Timeline.constant(from, new Value.Text(text)));
        }
    }
}
