package clientkpis.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.contacts.Contacts.Contact;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ContactsTest {
    private static final Contacts FAMILY = new Contacts();
    private static final LocalDate FROM = LocalDate.parse("2026-09-30");

    @Test
    void sponsorIsTheFirstRegisteredActiveOne() {
        assertThat(sponsor(sponsor("1", "Bia", "2026-02-01"), sponsor("2", "Ana", "2026-01-01")))
                .isEqualTo("Ana");
    }

    @Test
    void sponsorWithoutADayOfRegistrationComesLast() {
        assertThat(sponsor(sponsor("1", "Bia", null), sponsor("2", "Ana", "2026-01-01")))
                .isEqualTo("Ana");
        assertThat(sponsor(sponsor("1", "Bia", null))).isEqualTo("Bia");
    }

    @Test
    void ofTwoSponsorsOfOneDayTheLowerIdIsShownAsText() {
        assertThat(sponsor(sponsor("9", "Bia", "2026-01-01"), sponsor("10", "Ana", "2026-01-01")))
                .isEqualTo("Ana");
        assertThat(sponsor(sponsor("9", "Bia", null), sponsor("10", "Ana", null)))
                .isEqualTo("Ana");
    }

    @Test
    void idsCompareCodePointByCodePoint() {
        assertThat(sponsor(sponsor("\uD83D\uDE00", "Bia", null), sponsor("\uFF21", "Ana", null)))
                .isEqualTo("Ana");
    }

    @Test
    void roleIsReadWithoutCase() {
        assertThat(sponsor(contact("SPONSOR", true))).isEqualTo("Ana");
    }

    @Test
    void contactThatIsNotAnActiveSponsorIsNone() {
        assertThat(fields(
                        contact("sponsor", false),
                        contact("sponsor", null),
                        contact("usuário", true),
                        contact(null, true)))
                .isEmpty();
    }

    @Test
    void nameAndEmailAndPhoneAreOfOnePerson() {
        Contact first = new Contact("1", "Ana", null, "11 5555", "sponsor", true, LocalDate.parse("2026-01-01"));
        Contact second = new Contact("2", "Bia", "bia@a.com", "22", "sponsor", true, LocalDate.parse("2026-02-01"));
        assertThat(fields(first, second))
                .isEqualTo(Map.of("sponsorName", new Value.Text("Ana"), "sponsorPhone", new Value.Text("11 5555")));
        assertThat(fields(second)).containsEntry("sponsorEmail", new Value.Text("bia@a.com"));
    }

    @Test
    void readsTheColumnsOfItsTable() {
        Map<String, String> cells = new HashMap<>(Map.of("client_id", "1", "contact_id", "P1", "name", "Ana"));
        assertThat(FAMILY.read(new Row(cells))).isEqualTo(new Contact("P1", "Ana", null, null, null, null, null));
        cells.putAll(Map.of(
                "email", "ana@a.com",
                "phone", "11 5555",
                "role", "Sponsor",
                "active", "true",
                "registered_on", "2026-01-01"));
        assertThat(FAMILY.read(new Row(cells)))
                .isEqualTo(new Contact(
                        "P1", "Ana", "ana@a.com", "11 5555", "Sponsor", true, LocalDate.parse("2026-01-01")));
    }

    @Property
    void theOrderOfRowsMeansNothing(@ForAll("contacts") List<Contact> contacts, @ForAll Random random) {
        List<Contact> shuffled = new ArrayList<>(contacts);
        Collections.shuffle(shuffled, random);
        assertThat(FAMILY.timelines(shuffled, FROM)).isEqualTo(FAMILY.timelines(contacts, FROM));
    }

    @Property
    void whoIsNoActiveSponsorChangesNothing(@ForAll("contacts") List<Contact> contacts) {
        List<Contact> sponsors = contacts.stream()
                .filter(contact -> "sponsor".equals(contact.role()) && Boolean.TRUE.equals(contact.active()))
                .toList();
        assertThat(FAMILY.timelines(contacts, FROM)).isEqualTo(FAMILY.timelines(sponsors, FROM));
    }

    /// Ids are unique, as they are in the table, and so are names, to tell who is shown.
    @Provide
    static Arbitrary<List<Contact>> contacts() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 99).map(String::valueOf),
                        Arbitraries.of("sponsor", "user").injectNull(0.1),
                        Arbitraries.of(true, false).injectNull(0.1),
                        Arbitraries.integers().between(0, 2).map(FROM::plusDays).injectNull(0.3))
                .as((id, role, active, day) -> new Contact(id, "Name " + id, null, null, role, active, day))
                .list()
                .uniqueElements(Contact::contactId)
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    private static String sponsor(Contact... contacts) {
        return ((Value.Text) fields(contacts).get("sponsorName")).text();
    }

    private static Map<String, Value> fields(Contact... contacts) {
        Map<String, Value> fields = new HashMap<>();
        for (Map.Entry<String, Timeline> field :
                FAMILY.timelines(List.of(contacts), FROM).entrySet()) {
            fields.put(field.getKey(), field.getValue().at(FROM));
        }
        return fields;
    }

    private static Contact sponsor(String id, String name, String registeredOn) {
        LocalDate day = registeredOn == null ? null : LocalDate.parse(registeredOn);
        return new Contact(id, name, null, null, "sponsor", true, day);
    }

    private static Contact contact(String role, Boolean active) {
        return new Contact("1", "Ana", null, null, role, active, null);
    }
}
