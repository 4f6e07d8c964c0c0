package clientkpis.reading.json;

import clientkpis.reading.cell.CellKind;
import clientkpis.reading.format.RawRows;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The JSON objects of a file, in its order.
public interface JsonObjects extends Closeable {
    /// The next object, or null at the end.
    @Nullable
    JsonObject next() throws IOException;

    /// All that is left, exactly as written.
    default RawRows raw() throws IOException {
        Set<String> header = new LinkedHashSet<>();
        List<Map<String, String>> objects = new ArrayList<>();
        long rejected = 0;
        JsonObject json;
        while ((json = next()) != null) {
            List<JsonObject.Member> members = json.members();
            if (members == null || members.stream().anyMatch(member -> member.kind() == CellKind.NESTED)) {
                rejected++;
                continue;
            }
            Map<String, String> object = new HashMap<>();
            for (JsonObject.Member member : members) {
                header.add(member.key());
                String value = member.value();
                object.put(member.key(), value == null ? "" : value);
            }
            objects.add(object);
        }
        List<List<String>> rows = objects.stream()
                .map(object ->
                        header.stream().map(key -> object.getOrDefault(key, "")).toList())
                .toList();
        return new RawRows(List.copyOf(header), rows, rejected);
    }
}
