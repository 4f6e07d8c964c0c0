package clientkpis.erasure;

import clientkpis.aws.DataBucket;
import clientkpis.aws.Dynamo;
import clientkpis.aws.VersionedObjects;
import clientkpis.aws.VersionedObjects.Version;
import clientkpis.aws.VersionedObjects.Versions;
import clientkpis.json.Json;
import clientkpis.store.ClientErasure;
import clientkpis.store.Keys;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Takes the clients out of the objects that the suite made of a tenant's uploads, in the order of the keys, and
/// deletes every earlier version, which may name them, too. Objects of uploads that are newer than the list stay.
final class DerivedObjects {
    private static final int AT_ONCE = 200;
    /// What is larger than this is not rewritten but deleted, if it names a client.
    private static final long LARGEST = 50_000_000;
    /// The clocks of two services differ by less.
    private static final Duration CLOCKS = Duration.ofMinutes(5);
    /// Longer than any invocation that began before.
    private static final Duration UNDER_WAY = Duration.ofMinutes(30);

    private final VersionedObjects objects;
    private final ClientErasure tables;
    private final ListedClients clients;
    private final Erasure erasure;
    private final Scrubber scrubber;
    private final TextSearch text;
    private final String listed;

    DerivedObjects(
            DataBucket bucket, VersionedObjects objects, ClientErasure tables, ListedClients clients, Erasure erasure) {
        this.objects = objects;
        this.tables = tables;
        this.clients = clients;
        this.erasure = erasure;
        scrubber = new Scrubber(clients, erasure.list().order());
        text = new TextSearch(bucket, clients);
        listed = Keys.timeOfUpload("receipts///" + erasure.list().id());
    }

    /// @param next after which key to go on; null at the end
    record Scrubbed(int rewritten, @Nullable String next) {}

    /// Scrubs the next objects after a key, at most those of one prefix.
    Scrubbed scrub(String after) {
        List<String> prefixes = Keys.derivedOf(erasure.tenant());
        String prefix = prefixes.stream().filter(after::startsWith).findFirst().orElse(prefixes.getFirst());
        Versions page = objects.versions(prefix, after.equals(prefix) ? "" : after, AT_ONCE);
        AtomicInteger rewritten = new AtomicInteger();
        // A receipt is judged by the rejected rows of its upload, while they are there.
        Predicate<Version> last = version -> version.key().contains(".rejected.");
        for (Predicate<Version> some : List.of(last.negate(), last)) {
            each(page, some.and(version -> version.isNewest() && !version.isMarker()), version -> {
                if (scrub(version)) {
                    rewritten.incrementAndGet();
                }
            });
        }
        // A marker after what it hides.
        each(page, version -> !version.isNewest() && !version.isMarker(), this::deleteOld);
        each(page, Version::isMarker, this::deleteOld);
        if (page.next() != null) {
            return new Scrubbed(rewritten.get(), page.next());
        }
        int place = prefixes.indexOf(prefix) + 1;
        return new Scrubbed(rewritten.get(), place < prefixes.size() ? prefixes.get(place) : null);
    }

    @FunctionalInterface
    private interface Work {
        void of(Version version) throws IOException;
    }

    private static void each(Versions page, Predicate<Version> which, Work work) {
        Dynamo.forEach(page.versions().stream().filter(which).toList(), version -> {
            try {
                work.of(version);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void deleteOld(Version version) {
        if (!isBody(version.key()) || clientOf(version.key()).isPresent()) {
            objects.deleteVersion(version.key(), version.id());
        }
    }

    /// @return whether the object was changed
    private boolean scrub(Version version) throws IOException {
        String key = version.key();
        Instant ended = erasure.ended();
        if (isBody(key)) {
            // The body of a document that is there goes with it. What a writer left is known by its age.
            return ended != null
                    && version.modified().isBefore(ended.plus(CLOCKS))
                    && clientOf(key).filter(id -> isLeft(key, id)).isPresent()
                    && deleted(version);
        }
        if (isForPeople(key)) {
            // Made from the parts, which are kept: it is made again, or is without them on the next day.
            return (ended == null || version.modified().isBefore(ended.plus(UNDER_WAY))) && deleted(version);
        }
        if (Keys.timeOfUpload(key).compareTo(listed) > 0
                || (ended != null
                        && version.modified().isBefore(erasure.started().minus(CLOCKS)))) {
            return false;
        }
        if (key.contains(".rejected.") && version.size() > LARGEST) {
            return text.names(key) && deleted(version);
        }
        return objects.rewrite(key, object -> scrubbed(key, object));
    }

    private boolean deleted(Version version) {
        objects.deleteVersion(version.key(), version.id());
        return true;
    }

    private static boolean isForPeople(String key) {
        return key.startsWith("reports/") || (key.startsWith("exports/") && key.endsWith(".csv"));
    }

    private static boolean isBody(String key) {
        return key.startsWith("records/");
    }

    private Optional<String> clientOf(String body) {
        return clients.ofBodies(Keys.tableAndFolderOfBody(body)[1]);
    }

    private boolean isLeft(String body, String id) {
        return !tables.isBody(erasure.tenant(), Keys.tableAndFolderOfBody(body)[0], id, body);
    }

    private Optional<byte[]> scrubbed(String key, byte[] object) throws IOException {
        if (key.contains(".rejected.")) {
            return scrubber.rejectedRows(object, key);
        }
        if (key.endsWith(".jsonl.gz")) {
            return scrubber.lines(object);
        }
        if (key.endsWith(".json.gz")) {
            return scrubber.survey(object);
        }
        if (key.endsWith(".samples.json")) {
            return scrubber.samples(object);
        }
        if (key.startsWith("maturity/")) {
            return scrubber.texts(object);
        }
        boolean isDecided = key.startsWith("parts/") && key.endsWith("/receipt.json");
        if (!key.startsWith("receipts/") && !isDecided) {
            return Optional.empty();
        }
        JsonNode rejected = Json.parse(object).path("rejectedRows").path("object");
        String rows = rejected.asText();
        if (isDecided) {
            rows = key.replaceFirst(
                    "receipt[.]json$", "rows" + rows.substring(Math.max(0, rows.lastIndexOf(".rejected."))));
        }
        return scrubber.receipt(object, rejected.isTextual() && text.names(rows));
    }
}
