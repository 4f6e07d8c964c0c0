package clientkpis.store;

import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Hash;
import clientkpis.upload.Upload;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every key of every table and object. A key starts with its tenant (in the bucket: with its kind, then its tenant),
/// so no tenant's data is reachable through another's key.
public final class Keys {
    private static final int LONGEST_ID = 900;

    private Keys() {}

    /// Partition of Clients and Records.
    public static String shard(Tenant tenant, int shard) {
        return "%s#%02d".formatted(tenant.name(), shard);
    }

    static String shardOf(Tenant tenant, String clientId) {
        return shard(tenant, Shards.of(clientId));
    }

    /// A client in a sort key, which holds 1,024 bytes at most.
    static String client(String clientId) {
        return Hash.shortened(clientId, LONGEST_ID);
    }

    static String records(String table, String clientId) {
        return table + "#" + client(clientId);
    }

    static String mark(String clientId) {
        return "~first#" + client(clientId);
    }

    static String alias(String normalForm) {
        return "~alias#" + client(normalForm);
    }

    /// Says that a client was erased, without naming it.
    static String tombstone(String clientId) {
        return "~erased#" + Hash.of(clientId, 40);
    }

    public static String partsOf(String table, Tenant tenant) {
        return "parts/%s/%s/".formatted(table, tenant);
    }

    public static String uploadsOf(Tenant tenant) {
        return "uploads/" + tenant + "/";
    }

    /// Where the suite writes what it made of a tenant's uploads, parts and rows aside.
    public static List<String> derivedOf(Tenant tenant) {
        return List.of(
                "receipts/" + tenant + "/",
                "surveys/" + tenant + "/",
                "exports/" + tenant + "/",
                assessments(tenant),
                reports(tenant));
    }

    static String changes(Tenant tenant, String clientId) {
        return tenant.name() + "#" + clientId;
    }

    static String uploads(String table) {
        return "upload#" + table + "#";
    }

    static String upload(String table, String token) {
        return uploads(table) + token;
    }

    static String day(LocalDate day) {
        return "day#" + day;
    }

    /// A part of an upload: rows of a contiguous range of (shard, client).
    public static String part(Upload upload, int part) {
        return "parts/%s/%s/%s/%05d.jsonl.gz".formatted(upload.table(), upload.tenant(), upload.id(), part);
    }

    public static String receipt(Tenant tenant, String table, String upload) {
        return "receipts/%s/%s/%s.json".formatted(tenant, table, upload);
    }

    /// The receipt of a tenant's newest configuration.
    public static String configurationReceipt(Tenant tenant) {
        return "receipts/%s/configuration.json".formatted(tenant);
    }

    /// The receipt of an upload of which the tenant or the table cannot be told; no tenant's name starts with `_`.
    public static String strayReceipt(@Nullable Tenant tenant, String upload) {
        return "receipts/%s/_unknown/%s.json".formatted(tenant == null ? "_unknown" : tenant, upload);
    }

    /// Where the receipts of a tenant's uploads of no known table lie; their names begin with the upload's time.
    public static String strayReceipts(Tenant tenant) {
        return "receipts/%s/_unknown/".formatted(tenant);
    }

    /// @param extension of their file format, such as `csv`
    public static String rejectedRows(Upload upload, String extension) {
        return "receipts/%s/%s/%s.rejected.%s".formatted(upload.tenant(), upload.table(), upload.id(), extension);
    }

    static String records(Tenant tenant, String table, String clientId, long version, String random) {
        return recordsOf(tenant, table, clientId) + "%d-%s".formatted(version, random);
    }

    static String recordsOf(Tenant tenant, String table, String clientId) {
        return "records/%s/%s/%s/".formatted(tenant, table, Hash.of(clientId, 32));
    }

    /// What the survey of a day measured in the shards from `from` on.
    public static String survey(Tenant tenant, LocalDate day, int from) {
        return "surveys/%s/%s/%02d.json.gz".formatted(tenant, day, from);
    }

    /// The portfolio's distribution of a day.
    public static String portfolio(Tenant tenant, LocalDate day) {
        return "surveys/%s/%s/portfolio.json".formatted(tenant, day);
    }

    public static String assessments(Tenant tenant) {
        return "maturity/%s/".formatted(tenant);
    }

    /// An assessment of the tenant's maturity.
    static String assessment(Upload upload) {
        return assessments(upload.tenant()) + upload.id() + ".json";
    }

    /// The pages of a tenant's reports.
    public static String reports(Tenant tenant) {
        return "reports/%s/".formatted(tenant);
    }

    public static String summaries(Tenant tenant) {
        return "summaries/%s/".formatted(tenant);
    }

    /// The portfolio's summary at the end of a day.
    public static String summary(Tenant tenant, LocalDate day) {
        return summaries(tenant) + day + ".json";
    }

    /// The report of a day, or the one at `latest`.
    public static String report(Tenant tenant, String day) {
        return reports(tenant) + day + "/index.html";
    }

    /// The client table of a day as one file for other tools.
    public static String exportedCsv(Tenant tenant, LocalDate day) {
        return exports(tenant, day) + "csv/clients.csv";
    }

    public static String exports(Tenant tenant, LocalDate day) {
        return "exports/%s/%s/".formatted(tenant, day);
    }

    /// The client table of a day, for the shards from `from` on.
    public static String export(Tenant tenant, LocalDate day, int from) {
        return exports(tenant, day) + "clients-%02d.jsonl.gz".formatted(from);
    }

    /// How the scores and situations of a day came about, for the shards from `from` on.
    public static String details(Tenant tenant, LocalDate day, int from) {
        return exports(tenant, day) + "details-%02d.jsonl.gz".formatted(from);
    }
}
