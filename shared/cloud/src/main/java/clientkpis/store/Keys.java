package clientkpis.store;

import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Hash;
import clientkpis.upload.Upload;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every key of every table and object. A key begins with its tenant (in the bucket: with its kind, then its tenant),
/// so that no key of one tenant reaches the data of another.
///
/// One class, so that all keys are seen side by side.
public final class Keys {
    /// The beginning of the keys of a tenant's days.
    static final String DAYS = "day#";

    /// No upload table's name begins like these.
    static final String MARK = "~first#";

    static final String ALIAS = "~alias#";

    /// Of the id under which a client that is not registered was seen first.
    static final String SEEN = "~seen#";

    /// Of the client that claims a form.
    static final String CLAIM = "~claim#";

    /// Of the ids of one form under which rows were stored.
    static final String SPELLING = "~form#";

    /// How a shard's partition of tombstones ends.
    public static final String TOMBSTONES = "#erased";

    private static final int LONGEST_ID = 900;

    private static final String DEPARTURES = "departures-";

    private Keys() {}

    /// The partition of a shard in Clients and Records.
    public static String shard(Tenant tenant, int shard) {
        return tenant.name() + (shard < 10 ? "#0" : "#") + shard;
    }

    static String shardOf(Tenant tenant, String clientId) {
        return shard(tenant, Shards.of(clientId));
    }

    /// A client's id in a sort key, which has at most 1,024 bytes.
    static String client(String clientId) {
        return Hash.shortened(clientId, LONGEST_ID);
    }

    static String records(String table, String clientId) {
        return table + "#" + client(clientId);
    }

    static String mark(String clientId) {
        return MARK + client(clientId);
    }

    static String alias(String normalForm) {
        return ALIAS + client(normalForm);
    }

    static String seen(String resemblance) {
        return SEEN + client(resemblance);
    }

    static String claim(String form) {
        return CLAIM + client(form);
    }

    /// The beginning of the ids of one form.
    static String spellings(String form) {
        return SPELLING + Hash.of(form, 32) + "#";
    }

    /// The partition of the tombstones of a shard: not that of its clients, whose ids may look like anything.
    static String tombstones(Tenant tenant, String clientId) {
        return shardOf(tenant, clientId) + TOMBSTONES;
    }

    /// Marks a client as erased without naming it.
    static String tombstone(String clientId) {
        return Hash.of(clientId, 40);
    }

    public static String uploadsOf(Tenant tenant) {
        return "uploads/" + tenant + "/";
    }

    /// The prefixes of everything that is derived from a tenant's uploads, in the order of the keys.
    public static List<String> derivedOf(Tenant tenant) {
        return Stream.of("exports", "maturity", "parts", "receipts", "records", "reports", "surveys")
                .map(kind -> kind + "/" + tenant + "/")
                .toList();
    }

    /// The prefixes of all objects of a tenant; the configuration has the only key that is whole.
    public static List<String> allOf(Tenant tenant) {
        return Stream.concat(
                        Stream.of(
                                "configuration/" + tenant + ".json",
                                uploadsOf(tenant),
                                "erasures/" + tenant + "/",
                                "rehearsals/" + tenant + "/"),
                        Stream.concat(derivedOf(tenant).stream(), Stream.of(summaries(tenant))))
                .toList();
    }

    /// The beginning of the id of the upload from which an object of `parts/` or `receipts/` comes: its time, in
    /// seconds. Empty if no upload is named.
    public static String timeOfUpload(String key) {
        String[] path = key.split("/", -1);
        boolean named = path.length > 3 && (path[0].equals("parts") || path[0].equals("receipts"));
        String nameless = named ? Upload.nameless(path[3]) : "";
        return nameless.isEmpty() ? "" : nameless.substring(0, nameless.indexOf('-'));
    }

    /// What the table Tenants remembers of a tenant even when the tenant's own item is removed.
    static String counters(Tenant tenant) {
        return tenant.name() + "#counters";
    }

    static String changes(Tenant tenant, String clientId) {
        return tenant.name() + "#" + clientId;
    }

    static String uploads(String table) {
        return "upload#" + table + "#";
    }

    static String upload(String table, String order) {
        return uploads(table) + order;
    }

    /// An upload that was accepted and is not applied.
    static String open(String table, String order) {
        return "open#" + table + "#" + order;
    }

    /// The erasure that the list of this order asks for.
    public static String erasure(String order) {
        return "erasure#" + order;
    }

    /// The upload that a version of an object, or a sheet of it, is.
    static String object(Upload upload) {
        String version = upload.version();
        String sheet = upload.sheet() == null ? "" : "\n" + upload.sheet();
        return "object#" + Hash.of(upload.key() + "\n" + (version == null ? upload.order() : version) + sheet, 40);
    }

    static String day(LocalDate day) {
        return DAYS + day;
    }

    static LocalDate dayOf(String run) {
        return LocalDate.parse(run.substring(DAYS.length()));
    }

    /// What one attempt of intake made of an upload: nothing of it counts before the ledger names the attempt.
    private static String attempt(Upload upload, String attempt) {
        return "parts/%s/%s/%s/%s/".formatted(upload.tenant(), upload.table(), upload.id(), attempt);
    }

    /// A part of an upload: rows of a contiguous range of (shard, client).
    public static String part(Upload upload, String attempt, int part) {
        return attempt(upload, attempt) + "%05d.jsonl.gz".formatted(part);
    }

    /// The keys of the rejected rows of a snapshot, in the form of a part.
    public static String keptRows(Upload upload, String attempt) {
        return attempt(upload, attempt) + "kept.jsonl.gz";
    }

    /// Some of the unregistered clients of a part.
    public static String samples(Upload upload, String attempt, int part) {
        return attempt(upload, attempt) + "%05d.samples.json".formatted(part);
    }

    /// The receipt as the attempt would write it.
    public static String decidedReceipt(Upload upload, String attempt) {
        return attempt(upload, attempt) + "receipt.json";
    }

    /// What the attempt found in an object of `auto/`.
    public static String foundTables(Upload upload, String attempt) {
        return attempt(upload, attempt) + "tables.json";
    }

    /// The rows that the attempt rejected.
    public static String decidedRejectedRows(Upload upload, String attempt, String extension) {
        return attempt(upload, attempt) + "rows.rejected." + extension;
    }

    public static String receipt(Tenant tenant, String table, String upload) {
        return "receipts/%s/%s/%s.json".formatted(tenant, table, upload);
    }

    /// The receipt of a tenant's newest configuration.
    public static String configurationReceipt(Tenant tenant) {
        return "receipts/%s/configuration.json".formatted(tenant);
    }

    /// The receipt of an upload whose tenant or table is unknown; the name of a tenant never starts with `_`.
    public static String strayReceipt(@Nullable Tenant tenant, String upload) {
        String folder = tenant == null ? Upload.UNKNOWN : tenant.name();
        return "receipts/%s/%s/%s.json".formatted(folder, Upload.UNKNOWN, upload);
    }

    /// The prefix of the receipts of a tenant's uploads to unknown tables; their names begin with the upload's time.
    public static String strayReceipts(Tenant tenant) {
        return "receipts/%s/%s/".formatted(tenant, Upload.UNKNOWN);
    }

    /// @param extension of their file format, such as `csv`
    public static String rejectedRows(Upload upload, String extension) {
        return "receipts/%s/%s/%s.rejected.%s".formatted(upload.tenant(), upload.table(), upload.id(), extension);
    }

    static String records(Tenant tenant, String table, String clientId, long version, String random) {
        return recordsOf(tenant, table, clientId) + "%d-%s".formatted(version, random);
    }

    /// The version of a document in the key of its body.
    static long versionOfBody(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return Long.parseLong(name.substring(0, name.indexOf('-')));
    }

    static String recordsOf(Tenant tenant, String table, String clientId) {
        return "records/%s/%s/%s/".formatted(tenant, table, bodies(clientId));
    }

    /// The folder of a client's bodies in each table.
    public static String bodies(String clientId) {
        return Hash.of(clientId, 32);
    }

    /// The table, and the folder of the client, of a body.
    public static String[] tableAndFolderOfBody(String key) {
        String[] path = key.split("/", -1);
        return new String[] {path[2], path[3]};
    }

    /// What the survey of a day measured in a shard.
    static String survey(Tenant tenant, LocalDate day, int shard) {
        return "surveys/%s/%s/%02d.json.gz".formatted(tenant, day, shard);
    }

    /// The portfolio's distribution of a day.
    static String portfolio(Tenant tenant, LocalDate day) {
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

    /// The months whose movements of MRR are kept.
    public static String money(Tenant tenant) {
        return summaries(tenant) + "money/";
    }

    /// The movements of MRR in a closed month.
    public static String money(Tenant tenant, YearMonth month) {
        return money(tenant) + month + ".json";
    }

    /// The report of a day, or the one at `latest`.
    public static String report(Tenant tenant, String day) {
        return reports(tenant) + day + "/index.html";
    }

    /// The page of one person of CS.
    public static String csReport(Tenant tenant, String day, String slug) {
        return reports(tenant) + day + "/cs/" + slug + ".html";
    }

    /// The event that named a day's pages, kept so that it is published once.
    public static String reportReady(Tenant tenant, LocalDate day) {
        return summaries(tenant) + "ready/" + day + ".json";
    }

    /// What one rehearsal gave: `result.json`, `index.html`, `receipt.json`.
    public static String rehearsal(Tenant tenant, String name, String file) {
        return reports(tenant) + "rehearsals/" + name + "/" + file;
    }

    /// The receipt of a rehearsal whose name, or tenant, is not allowed; no allowed one starts with `_`.
    public static String strayRehearsal(@Nullable Tenant tenant, String upload) {
        String folder = tenant == null ? Upload.UNKNOWN : tenant.name();
        return "reports/%s/rehearsals/%s/%s.json".formatted(folder, Upload.UNKNOWN, upload);
    }

    /// Marks for the rehearsals of a tenant, in the order of their uploads.
    public static String rehearsed(Tenant tenant) {
        return summaries(tenant) + "rehearsals/";
    }

    /// The client table of a day as one file for other tools.
    public static String exportedCsv(Tenant tenant, LocalDate day) {
        return exportedCsvs(tenant, day) + "clients.csv";
    }

    /// The client table of a day as the spreadsheets of the tenant's language open it.
    public static String exportedSpreadsheet(Tenant tenant, LocalDate day) {
        return exportedCsvs(tenant, day) + "clientes.csv";
    }

    public static String exportedCsvs(Tenant tenant, LocalDate day) {
        return exports(tenant, day) + "csv/";
    }

    /// The client tables of a tenant, a folder per day.
    public static String exports(Tenant tenant) {
        return "exports/%s/".formatted(tenant);
    }

    public static String exports(Tenant tenant, LocalDate day) {
        return exports(tenant) + day + "/";
    }

    /// The client table of a day, one shard of it.
    public static String export(Tenant tenant, LocalDate day, int shard) {
        return exports(tenant, day) + "clients-%02d.jsonl.gz".formatted(shard);
    }

    /// Who left and who came back on a day, in one shard; only where anybody did.
    public static String departures(Tenant tenant, LocalDate day, int shard) {
        return exports(tenant, day) + DEPARTURES + "%02d.jsonl.gz".formatted(shard);
    }

    public static boolean isDepartures(String key) {
        return key.startsWith(DEPARTURES, key.lastIndexOf('/') + 1);
    }

    /// How the scores and situations of a day came about in one shard.
    public static String details(Tenant tenant, LocalDate day, int shard) {
        return exports(tenant, day) + "details-%02d.jsonl.gz".formatted(shard);
    }
}
