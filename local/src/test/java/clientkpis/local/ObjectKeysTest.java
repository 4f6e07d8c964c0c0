package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.json.Json;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A key of the bucket is any text, as in S3: a slash in it makes no folder.
///
/// One file, because every operation of S3 is tried with the same keys.
class ObjectKeysTest {
    @RegisterExtension
    static final Suite suite = Suite.shared();

    private static S3Client s3() {
        return suite.s3;
    }

    private final String bucket = suite.bucket();
    private String folder = "";

    @BeforeEach
    void folderOfItsOwn() {
        folder = "keys-" + System.nanoTime() + "/";
    }

    @AfterEach
    void settled() {
        suite.settle();
    }

    static List<String> keys() {
        return List.of(
                "a",
                "a/",
                "a//",
                "a/b",
                "a//b",
                "/a",
                "//",
                "/",
                "a/b/",
                "a-b",
                "a.b",
                "a/./b",
                "a/../b",
                "a/..",
                "a/.",
                "a/...",
                ".mpus-x",
                ".s3proxy-versions",
                ".s3proxy-slash",
                "=a",
                "%a",
                "%2E",
                "a%2Fb",
                "a+b c&d=e?f#g;h:i@j,k$l!m'n(o)p*q",
                "\\a\\b",
                "ação/çã",
                "ac\u0327a\u0303o",
                "\uD83D\uDE00/\uFFE6",
                "\uFFE6",
                "a\tb",
                "A",
                "x".repeat(300) + "/" + "y".repeat(600));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void anObjectIsUnderItsKeyAlone(String name) {
        String key = folder + name;
        String version = put(key, "one");
        put(key, "other");

        assertThat(text(key)).isEqualTo("other");
        assertThat(s3().getObjectAsBytes(g -> g.bucket(bucket).key(key).versionId(version))
                        .asUtf8String())
                .isEqualTo("one");
        assertThat(s3().headObject(h -> h.bucket(bucket).key(key)).contentLength())
                .isEqualTo(5);
        assertThat(list(folder)).containsExactly(key);
        assertThat(list(key)).containsExactly(key);
        assertThat(versions(folder)).containsExactly(key, key);
        suite.settle();
        assertThat(suite.notifications())
                .extracting(event -> event.at("/detail/object/key").asText())
                .filteredOn(key::equals)
                .hasSize(2);

        s3().copyObject(c ->
                c.sourceBucket(bucket).sourceKey(key).destinationBucket(bucket).destinationKey(key + "copy"));
        assertThat(text(key + "copy")).isEqualTo("other");

        s3().deleteObject(d -> d.bucket(bucket).key(key));
        assertThatThrownBy(() -> text(key)).isInstanceOf(NoSuchKeyException.class);
        assertThat(list(folder)).containsExactly(key + "copy");
        assertThat(s3().listObjectVersions(l -> l.bucket(bucket).prefix(folder)).deleteMarkers())
                .extracting(DeleteMarkerEntry::key)
                .containsExactly(key);
    }

    @Test
    void keysLieSideBySideInTheOrderOfTheirBytes() {
        List<String> all =
                new ArrayList<>(keys().stream().map(name -> folder + name).toList());
        Collections.shuffle(all, new Random(1));
        all.forEach(key -> put(key, key));
        all.forEach(key -> assertThat(text(key)).isEqualTo(key));

        List<String> sorted = all.stream()
                .sorted((one, other) -> Arrays.compareUnsigned(
                        one.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        other.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .toList();
        assertThat(list(folder)).containsExactlyElementsOf(sorted);
        assertThat(versions(folder)).containsExactlyElementsOf(sorted);
        for (int size : new int[] {1, 2, 7, 1_000}) {
            assertThat(
                            s3()
                                    .listObjectsV2Paginator(
                                            l -> l.bucket(bucket).prefix(folder).maxKeys(size))
                                    .contents()
                                    .stream()
                                    .map(S3Object::key))
                    .containsExactlyElementsOf(sorted);
            assertThat(
                            s3()
                                    .listObjectVersionsPaginator(
                                            l -> l.bucket(bucket).prefix(folder).maxKeys(size))
                                    .versions()
                                    .stream()
                                    .map(ObjectVersion::key))
                    .containsExactlyElementsOf(sorted);
        }
        for (String after : sorted) {
            assertThat(s3().listObjectsV2(l -> l.bucket(bucket).prefix(folder).startAfter(after)).contents().stream()
                            .map(S3Object::key))
                    .containsExactlyElementsOf(sorted.subList(sorted.indexOf(after) + 1, sorted.size()));
        }

        s3().deleteObjects(d -> d.bucket(bucket)
                .delete(x -> x.objects(all.stream()
                        .map(key -> ObjectIdentifier.builder().key(key).build())
                        .toList())));
        assertThat(list(folder)).isEmpty();
    }

    @Test
    void aDelimiterGroupsKeys() {
        Stream.of("a", "a/", "a/b", "a/c/d", "a//e", "a-b", "b/", "c").forEach(name -> put(folder + name, name));

        ListObjectsV2Response top =
                s3().listObjectsV2(l -> l.bucket(bucket).prefix(folder).delimiter("/"));
        assertThat(top.contents())
                .extracting(S3Object::key)
                .containsExactly(folder + "a", folder + "a-b", folder + "c");
        assertThat(top.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly(folder + "a/", folder + "b/");

        ListObjectsV2Response below =
                s3().listObjectsV2(l -> l.bucket(bucket).prefix(folder + "a/").delimiter("/"));
        assertThat(below.contents()).extracting(S3Object::key).containsExactly(folder + "a/", folder + "a/b");
        assertThat(below.commonPrefixes())
                .extracting(CommonPrefix::prefix)
                .containsExactly(folder + "a//", folder + "a/c/");

        List<String> paged = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ListObjectsV2Response page = s3().listObjectsV2(ListObjectsV2Request.builder()
                    .bucket(bucket)
                    .prefix(folder)
                    .delimiter("/")
                    .maxKeys(1)
                    .continuationToken(next)
                    .build());
            page.contents().forEach(object -> paged.add(object.key()));
            page.commonPrefixes().forEach(prefix -> paged.add(prefix.prefix()));
            token = page.nextContinuationToken();
        } while (token != null);
        assertThat(paged).containsExactly(folder + "a", folder + "a-b", folder + "a/", folder + "b/", folder + "c");
    }

    @Test
    void aMultipartUploadHasAnyKey() {
        for (String name : List.of("a//b", "m/", "../m")) {
            String key = folder + "x/" + name;
            String upload = s3().createMultipartUpload(
                            create -> create.bucket(bucket).key(key))
                    .uploadId();
            String etag = s3().uploadPart(
                            part -> part.bucket(bucket)
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(1),
                            RequestBody.fromString("text"))
                    .eTag();
            s3().completeMultipartUpload(complete -> complete.bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .multipartUpload(parts -> parts.parts(
                            CompletedPart.builder().partNumber(1).eTag(etag).build())));
            assertThat(text(key)).isEqualTo("text");
        }
        assertThat(list("")).noneMatch(key -> key.startsWith("."));
    }

    /// A key has at most 1,024 bytes, and does not lead out of the bucket.
    @Test
    void whatS3DoesNotTakeIsRefused() {
        String longest = folder + "ç".repeat((1_024 - folder.length()) / 2);
        put(longest, "x");
        for (String key : List.of(longest + "çç", "../x", folder + "../../x", folder + "a/../../../b")) {
            assertThatThrownBy(() -> put(key, "x"))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
        }
    }

    @Test
    void conditionsHoldForAnyKey() {
        for (String name : List.of("a//b", "c/", "d/../e")) {
            String key = folder + name;
            s3().putObject(p -> p.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromString("one"));
            assertThatThrownBy(() -> s3().putObject(
                                    p -> p.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromString("two")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
            assertThat(text(key)).isEqualTo("one");
        }
    }

    /// Whatever the key, an upload has a receipt; a folder that somebody made in a console is not an upload.
    @Test
    void everyUploadHasAReceipt() {
        String csv = "client_id;contract_id;model;value;status\nc1;k1;MRR;1,00;Ativo\n";
        String uploads = "uploads/" + folder;
        List<String> read = List.of(
                "contracts//x.csv",
                "contracts/a",
                "contracts/a/b",
                "contracts/full/",
                "contracts/../contracts/x.csv",
                "contracts/ç ã.csv");
        List<String> refused = List.of("", "/contracts/x.csv", "x.csv", "contracts", "./contracts/x.csv", "a/../x.csv");
        List<String> folders = List.of("contracts/", "contracts/2026/", "/");
        Stream.of(read, refused, folders)
                .flatMap(List::stream)
                .filter(name -> !name.isEmpty())
                .forEach(name -> put(uploads + name, folders.contains(name) ? "" : csv));
        suite.settle();

        String receipts = "receipts/" + folder;
        List<JsonNode> found =
                list(receipts).stream().map(key -> Json.parse(text(key))).toList();
        for (String name : read) {
            assertThat(found)
                    .filteredOn(receipt -> receipt.path("object").asText().equals(uploads + name))
                    .as(name)
                    .extracting(receipt -> receipt.path("status").asText())
                    .containsExactly("applied");
        }
        for (String name : refused.subList(1, refused.size())) {
            assertThat(found)
                    .filteredOn(receipt -> receipt.path("object").asText().equals(uploads + name))
                    .as(name)
                    .extracting(receipt -> receipt.at("/reason/code").asText())
                    .containsExactly("unknown_table");
        }
        assertThat(found).hasSize(read.size() + refused.size() - 1);
    }

    private String put(String key, String text) {
        return s3().putObject(p -> p.bucket(bucket).key(key), RequestBody.fromString(text))
                .versionId();
    }

    private String text(String key) {
        return s3().getObjectAsBytes(g -> g.bucket(bucket).key(key)).asUtf8String();
    }

    private List<String> list(String prefix) {
        return s3().listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private List<String> versions(String prefix) {
        ListObjectVersionsResponse page =
                s3().listObjectVersions(l -> l.bucket(bucket).prefix(prefix));
        return page.versions().stream().map(ObjectVersion::key).toList();
    }
}
