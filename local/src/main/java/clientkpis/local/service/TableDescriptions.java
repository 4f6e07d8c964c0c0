package clientkpis.local.service;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccessJob;
import software.amazon.dynamodb.services.local.shared.access.sqlite.TableSchemaInfo;

/// DynamoDB Local reads the description of a table from its JSON whenever it reads or writes an item, which is a
/// quarter of the CPU of a large run. Here it keeps what it read of the same JSON before, each database by itself: its
/// one thread does all that it does. There is no other way to it than the mapper that it reads with.
final class TableDescriptions {
    private TableDescriptions() {}

    /// @throws IllegalStateException if DynamoDB Local has no such mapper any more
    static void keep() {
        Kept.register();
    }

    private static final class Kept {
        static {
            try {
                Field mapper = SQLiteDBAccessJob.class.getDeclaredField("MAPPER");
                mapper.setAccessible(true);
                ObjectMapper reads = (ObjectMapper) mapper.get(null);
                reads.getFactory().enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature());
                reads.registerModule(new SimpleModule(TableDescriptions.class.getName())
                        .setDeserializerModifier(new BeanDeserializerModifier() {
                            private static final long serialVersionUID = 1;

                            @Override
                            public JsonDeserializer<?> modifyDeserializer(
                                    DeserializationConfig config,
                                    BeanDescription description,
                                    JsonDeserializer<?> deserializer) {
                                return description.getBeanClass() == TableSchemaInfo.class
                                        ? new Once(deserializer)
                                        : deserializer;
                            }
                        }));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("DynamoDB Local reads its tables in another way", e);
            }
        }

        static void register() {}
    }

    private static final class Once extends DelegatingDeserializer {
        private static final long serialVersionUID = 1;
        private static final ThreadLocal<Map<ByteBuffer, Object>> READ = ThreadLocal.withInitial(HashMap::new);

        Once(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new Once(delegate);
        }

        @Override
        public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
            ByteBuffer all = ByteBuffer.wrap(
                    (byte[]) json.currentLocation().contentReference().getRawContent());
            Object read = READ.get().get(all);
            if (read == null) {
                read = super.deserialize(json, context);
                READ.get().put(all, read);
            }
            return read;
        }
    }
}
