package clientkpis.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.template.Rights.Call;
import clientkpis.local.template.Template.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the policy of `tenant.yaml` lets the uploader of the tenant `acme` do.
class UploaderPolicyTest {
    private static final String BUCKET = "arn:aws:s3:::data";
    private static final Rights RIGHTS = rights();

    private static Rights rights() {
        Template template = Template.read(
                Path.of(System.getProperty("clientkpis.root"), "tenant.yaml"),
                new Place("acme", "sa-east-1", "000000000000", "http://127.0.0.1:1"),
                Map.of("Tenant", "acme", "DataBucket", "data"));
        return new Rights(
                Grant.of(template.get("Uploader", "AWS::IAM::ManagedPolicy").get("PolicyDocument")));
    }

    private static Call of(String action, String key) {
        return new Call(action, BUCKET + "/" + key, Map.of());
    }

    private static Call list(@Nullable String prefix) {
        return new Call("s3:ListBucket", BUCKET, prefix == null ? Map.of() : Map.of("s3:prefix", prefix));
    }

    @ParameterizedTest
    @CsvSource({
        "s3:PutObject, uploads/acme/contracts/x.csv",
        "s3:PutObject, uploads/acme/contracts/snapshot/confirm/x.csv",
        "s3:AbortMultipartUpload, uploads/acme/contracts/x.csv",
        "s3:GetObject, receipts/acme/contracts/x.csv.json",
        "s3:GetObject, exports/acme/2026-09-01/csv/clients.csv",
        "s3:GetObject, reports/acme/latest/index.html"
    })
    void itUploadsFilesAndReadsWhatBecameOfThem(String action, String key) {
        assertThat(RIGHTS.allow(of(action, key))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "s3:PutObject, uploads/acme-2/contracts/x.csv",
        "s3:PutObject, uploads/other/contracts/x.csv",
        "s3:PutObject, uploads/acme",
        "s3:PutObject, parts/contracts/acme/x/00000.jsonl.gz",
        "s3:PutObject, receipts/acme/contracts/x.csv.json",
        "s3:PutObject, exports/acme/2026-09-01/csv/clients.csv",
        "s3:PutObject, configuration/acme.json",
        "s3:PutObject, erasures/acme/list.csv",
        "s3:GetObject, uploads/acme/contracts/x.csv",
        "s3:GetObject, records/acme/contracts/x/1-y",
        "s3:GetObject, receipts/other/contracts/x.csv.json",
        "s3:GetObject, receipts/acme-2/contracts/x.csv.json",
        "s3:GetObjectVersion, receipts/acme/contracts/x.csv.json",
        "s3:DeleteObject, uploads/acme/contracts/x.csv"
    })
    void itReachesNothingElse(String action, String key) {
        assertThat(RIGHTS.allow(of(action, key))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"uploads/acme/", "receipts/acme/", "receipts/acme/contracts/", "exports/acme/", "reports/acme/"})
    void itListsItsOwnFolders(String prefix) {
        assertThat(RIGHTS.allow(list(prefix))).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "receipts/", "receipts/acme", "receipts/acme-2/", "receipts/other/", "parts/contracts/acme/"
            })
    void itListsNothingElse(@Nullable String prefix) {
        assertThat(RIGHTS.allow(list(prefix))).isFalse();
    }

    @Test
    void nothingOfItCanBeLeftOut() {
        List<Call> calls = new ArrayList<>();
        calls.add(of("s3:PutObject", "uploads/acme/x"));
        calls.add(of("s3:AbortMultipartUpload", "uploads/acme/x"));
        for (String folder : List.of("receipts", "exports", "reports")) {
            calls.add(of("s3:GetObject", folder + "/acme/x"));
            calls.add(list(folder + "/acme/"));
        }
        calls.add(list("uploads/acme/"));
        assertThat(RIGHTS.statements())
                .allSatisfy(statement ->
                        assertThat(RIGHTS.unneeded(statement, calls)).isEmpty());
    }
}
