package clientkpis.events;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `events/*.schema.json` and the tables of `docs/events.md` follow from the records. With `-Dexamples=write` they are
/// written, without it they are compared.
class EventsTest {
    private static final boolean WRITE = System.getProperty("examples") != null;
    private static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));
    private static final ObjectWriter INDENTED = new JsonMapper().writer(indented());

    private static DefaultPrettyPrinter indented() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator(""));
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return printer;
    }

    @SuppressWarnings("unchecked")
    static Stream<Class<? extends Event>> events() {
        return Stream.of(Event.class.getPermittedSubclasses()).map(event -> (Class<? extends Event>) event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void theSchemaIsThatOfTheRecord(Class<? extends Event> event) throws IOException {
        Path file = ROOT.resolve("events", Event.detailType(event) + ".schema.json");
        String schema = INDENTED.writeValueAsString(EventSchema.of(event)) + "\n";
        assertGenerated(file, Files.exists(file) ? Files.readString(file) : "", schema);
    }

    @ParameterizedTest
    @MethodSource("events")
    void theTableIsThatOfTheRecord(Class<? extends Event> event) throws IOException {
        Path file = ROOT.resolve("docs/events.md");
        String page = Files.readString(file);
        String start = "<!-- generated: %s -->\n\n".formatted(Event.detailType(event));
        assertThat(page).contains(start);
        int from = page.indexOf(start) + start.length();
        int to = page.indexOf("\n\n<!-- end -->", from);
        assertGenerated(file, page, page.substring(0, from) + EventTable.of(event) + page.substring(to));
    }

    private static void assertGenerated(Path file, String found, String expected) throws IOException {
        if (WRITE) {
            Files.writeString(file, expected);
        } else {
            assertThat(found)
                    .as("%s follows from the records of the events. Run ./dev examples", file)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatMayBeAbsentSaysWhenItIsPresent(Class<? extends Event> event) {
        assertThat(components(event))
                .allSatisfy(component -> assertThat(
                                component.getAnnotation(Field.class).when().isEmpty())
                        .isNotEqualTo(EventSchema.isOptional(component)));
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return Stream.of(type.getRecordComponents()).flatMap(component -> {
            Class<?> nested = EventSchema.nested(component);
            return Stream.concat(Stream.of(component), nested == null ? Stream.empty() : components(nested));
        });
    }

    @Test
    void anEventIsWrittenInTheOrderOfItsComponentsWithExactDecimalsAndWithoutWhatIsAbsent() {
        assertThat(Json.text(new RecalculationCompleted(
                        "acme/2026-09-01",
                        Tenant.of("acme"),
                        LocalDate.of(2026, 9, 1),
                        "exports/acme/2026-09-01/",
                        1,
                        0,
                        new RecalculationCompleted.Situations(
                                null, null, new RecalculationCompleted.Group(1, new BigDecimal("10.00"))),
                        new RecalculationCompleted.Bands(null, null, null, null),
                        new RecalculationCompleted.Group(2, new BigDecimal("0.00")),
                        null)))
                .isEqualTo("{\"id\":\"acme/2026-09-01\",\"tenant\":\"acme\",\"day\":\"2026-09-01\","
                        + "\"export\":\"exports/acme/2026-09-01/\",\"clients\":1,\"changed\":0,"
                        + "\"situations\":{\"risk\":{\"clients\":1,\"mrr\":10.00}},\"bands\":{},"
                        + "\"inactive\":{\"clients\":2,\"mrr\":0.00}}");
    }
}
