package clientkpis.intake;

import clientkpis.aws.DataBucket;
import clientkpis.function.UploadCompletion;
import clientkpis.json.Json;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.message.ObjectCreated;
import clientkpis.reading.FoundTable;
import clientkpis.reading.TempFolder;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import clientkpis.store.Keys;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.tables.TableSchema;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which tables the sheets of an object in `auto/` are. It is judged like any upload: what an attempt finds is under
/// its own name, and counts once the ledger names the attempt as that of the object's version. From then on each sheet
/// is an upload of its own, of the table that was found, whatever configuration comes between.
final class FoundTables {
    private final DataBucket bucket;
    private final UploadCompletion completion;

    FoundTables(DataBucket bucket, UploadCompletion completion) {
        this.bucket = bucket;
        this.completion = completion;
    }

    /// @param sheet see [Upload#sheet()]
    /// @param table its name, or [Upload#UNKNOWN]
    private record Found(int sheet, String table) {}

    /// Looks into an object.
    ///
    /// @return the verdict to enter
    Entry judge(Upload upload, Configuration configuration, Snapshot snapshot) throws IOException {
        String attempt = Verdicts.attempt();
        List<FoundTable.Sheet> sheets = sheets(upload, configuration);
        List<Found> found = new ArrayList<>();
        for (FoundTable.Sheet sheet : sheets) {
            switch (result(sheet, sheets, snapshot, configuration.language())) {
                case FoundTable.Found(TableSchema table) -> found.add(new Found(sheet.number(), table.name()));
                case FoundTable.Unknown(FileCode code, String message) -> {
                    Upload unknown = upload.found(Upload.UNKNOWN, sheet.number());
                    Receipt.Origin origin = new Receipt.Origin(
                            unknown.id(),
                            upload.tenant().name(),
                            null,
                            upload.key(),
                            upload.version(),
                            snapshot.mode(),
                            configuration.language());
                    completion.keepReceipt(
                            unknown,
                            attempt,
                            Receipt.rejected(origin, new Receipt.Reason(code, message), sheet.format()));
                    found.add(new Found(sheet.number(), Upload.UNKNOWN));
                }
            }
        }
        bucket.put(Keys.foundTables(upload, attempt), Json.bytes(found), "application/json");
        LocalDate day = upload.day(configuration.formats().timeZone());
        return Entry.decided(upload, day, attempt, true, false, false, found.size(), List.of());
    }

    private List<FoundTable.Sheet> sheets(Upload upload, Configuration configuration) throws IOException {
        try (TempFolder folder = TempFolder.create("auto")) {
            Path object = folder.resolve("object");
            Receipt.@Nullable Reason unavailable = SpooledObject.fetch(bucket, upload, configuration, object);
            return unavailable == null
                    ? FoundTable.of(object, upload.name(), configuration)
                    : List.of(new FoundTable.Sheet(
                            0, null, null, new FoundTable.Unknown(unavailable.code(), unavailable.message())));
        }
    }

    private static FoundTable.Result result(
            FoundTable.Sheet sheet, List<FoundTable.Sheet> all, Snapshot snapshot, Language language) {
        boolean alone = all.stream()
                        .filter(other -> other.result().equals(sheet.result()))
                        .count()
                == 1;
        return alone || snapshot == Snapshot.NONE || !(sheet.result() instanceof FoundTable.Found(TableSchema table))
                ? sheet.result()
                : new FoundTable.Unknown(
                        FileCode.SNAPSHOT_GUARD,
                        Sentence.of("snapshot.sheets", table).in(language));
    }

    /// The sheets that are uploads of tables, each as the message that intake sends itself to judge it.
    List<String> messages(Entry decided) {
        return found(decided)
                .filter(one -> !one.table.equals(Upload.UNKNOWN))
                .map(one -> ObjectCreated.message(decided.upload().found(one.table, one.sheet)))
                .toList();
    }

    /// The others, as the verdicts to enter.
    List<Entry> rejected(Entry decided) {
        return found(decided)
                .filter(one -> one.table.equals(Upload.UNKNOWN))
                .map(one -> Entry.decided(
                        decided.upload().found(one.table, one.sheet),
                        decided.day(),
                        decided.attempt(),
                        false,
                        false,
                        false,
                        0,
                        List.of()))
                .toList();
    }

    private Stream<Found> found(Entry decided) {
        List<Found> found = new ArrayList<>();
        JsonNode json = bucket.get(Keys.foundTables(decided.upload(), decided.attempt()))
                .map(Json::parse)
                .orElseThrow(() -> new IllegalStateException(
                        "What was found in " + decided.upload().id() + " is gone"));
        json.forEach(one -> found.add(Json.read(one, Found.class)));
        return found.stream();
    }
}
