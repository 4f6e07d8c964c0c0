package clientkpis.configuration.check;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.configuration.Language;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The sentences about configurations: none is missing, and none is unused. Whether each is of its language, the test
/// of all sentences says.
class ConfigurationSentencesTest {
    private static final Pattern LITERAL = Pattern.compile("\"([a-zA-Z_]+(?:\\.[a-zA-Z_]+)+)\"");
    private static final Set<String> SAID = Set.of(
            "additionalProperties",
            "enum",
            "exclusiveMinimum",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "pattern",
            "propertyNames",
            "required",
            "type");

    @ParameterizedTest
    @EnumSource
    void everySentenceIsThereAndIsSaid(Language language) throws IOException {
        Set<String> said = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                LITERAL.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .filter(literal -> !literal.endsWith(".json"))
                        .forEach(said::add);
            }
        }
        assertThat(ConfigurationCheck.SENTENCES.keys(language)).isEqualTo(said);
    }

    @Test
    void everyRuleOfTheSchemaHasASentence() throws IOException {
        JsonNode schema = Json.parse(Files.readString(
                Path.of("src/main/resources/clientkpis/configuration/check/configuration.schema.json")));
        Set<String> keywords = new TreeSet<>();
        rules("", schema, keywords);
        assertThat(keywords).isSubsetOf(SAID);
    }

    /// @param name of what a schema is about
    private static void rules(String name, JsonNode schema, Set<String> into) {
        schema.properties().forEach(member -> {
            JsonNode value = member.getValue();
            switch (member.getKey()) {
                case "$schema", "$id", "$ref", "title", "description" -> {}
                case "properties", "$defs" ->
                    value.properties().forEach(one -> rules(one.getKey(), one.getValue(), into));
                case "prefixItems" -> value.forEach(one -> rules(name, one, into));
                case "items" -> rules(name, value, into);
                case "additionalProperties" -> {
                    into.add(member.getKey());
                    rules(name, value, into);
                }
                case "pattern" -> {
                    into.add(member.getKey());
                    assertThat(name).isIn("currency", "recalculateAt", "name", "then");
                }
                default -> into.add(member.getKey());
            }
        });
    }
}
