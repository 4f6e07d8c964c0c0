package clientkpis.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccessJob;
import software.amazon.dynamodb.services.local.shared.access.sqlite.TableSchemaInfo;

class TableDescriptionsTest {
    @Test
    void aDescriptionIsReadOnceByEachDatabase() throws ReflectiveOperationException, IOException {
        TableDescriptions.keep();
        TableDescriptions.keep();
        Field field = SQLiteDBAccessJob.class.getDeclaredField("MAPPER");
        field.setAccessible(true);
        ObjectMapper mapper = (ObjectMapper) field.get(null);

        TableSchemaInfo first = mapper.readValue(described("partition"), TableSchemaInfo.class);

        assertThat(mapper.readValue(described("partition"), TableSchemaInfo.class))
                .isSameAs(first);
        assertThat(mapper.readValue(described("other"), TableSchemaInfo.class).getAttributes())
                .extracting(AttributeDefinition::attributeName)
                .containsExactly("other");
        TableSchemaInfo elsewhere = CompletableFuture.supplyAsync(() -> {
                    try {
                        return mapper.readValue(described("partition"), TableSchemaInfo.class);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .join();
        assertThat(elsewhere).isNotSameAs(first);
        assertThat(elsewhere.getAttributes()).isEqualTo(first.getAttributes());
    }

    private static byte[] described(String attribute) {
        return "{\"Attributes\":[{\"AttributeName\":\"%s\",\"AttributeType\":\"S\"}]}"
                .formatted(attribute)
                .getBytes(StandardCharsets.UTF_8);
    }
}
