package clientkpis.aws;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.ListedObjects.Content;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ListedObjectsTest {
    private final Map<String, Content> bucket = new HashMap<>();
    private final List<String> fetched = new ArrayList<>();
    private final ListedObjects.Read read = new ListedObjects.Read();

    private void put(String key, String tag, byte[] bytes) {
        bucket.put(key, new Content(tag, bytes));
    }

    private ListedObjects listed() {
        return new ListedObjects(
                "folder/",
                new TreeMap<>(bucket.entrySet().stream()
                        .collect(Collectors.toMap(
                                object -> object.getKey().substring("folder/".length()),
                                object -> object.getValue().tag()))),
                key -> {
                    fetched.add(key);
                    return Optional.ofNullable(bucket.get(key));
                },
                read);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatHasNotChangedIsFetchedOnce() {
        put("folder/a", "1", bytes("one"));
        put("folder/b", "1", bytes("two"));

        assertThat(listed().names()).containsExactly("a", "b");
        assertThat(listed().get("a")).hasValue(bytes("one"));
        assertThat(listed().get("a")).hasValue(bytes("one"));
        assertThat(fetched).containsExactly("folder/a");
    }

    @Test
    void whatHasChangedIsFetchedAgain() {
        put("folder/a", "1", bytes("one"));
        listed().get("a");
        put("folder/a", "2", bytes("two"));

        assertThat(listed().get("a")).hasValue(bytes("two"));
    }

    /// Between the listing and the reading it was written, or deleted.
    @Test
    void whatChangesAfterItWasListedIsFoundAsItIs() {
        put("folder/a", "1", bytes("one"));
        ListedObjects before = listed();
        put("folder/a", "2", bytes("two"));

        assertThat(before.get("a")).hasValue(bytes("two"));
        assertThat(listed().get("a")).hasValue(bytes("two"));
        assertThat(fetched).hasSize(1);

        ListedObjects again = listed();
        put("folder/a", "3", bytes("three"));
        ListedObjects changed = listed();
        bucket.clear();
        assertThat(again.get("a")).hasValue(bytes("two"));
        assertThat(changed.get("a")).isEmpty();
        assertThat(listed().get("a")).isEmpty();
    }

    @Test
    void onlyTheLatestAreKept() {
        for (int i = 0; i < 10; i++) {
            put("folder/" + i, "1", new byte[1 << 20]);
            listed().get("" + i);
        }
        fetched.clear();

        for (int i = 9; i >= 0; i--) {
            listed().get("" + i);
        }
        assertThat(fetched).containsExactly("folder/1", "folder/0");
    }

    @Test
    void whatIsTooLargeToBeKeptIsReadAllTheSame() {
        put("folder/a", "1", new byte[9 << 20]);

        assertThat(listed().get("a").orElseThrow()).hasSize(9 << 20);
        assertThat(listed().get("a").orElseThrow()).hasSize(9 << 20);
        assertThat(fetched).hasSize(2);
    }
}
