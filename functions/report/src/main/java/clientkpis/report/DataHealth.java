package clientkpis.report;

import clientkpis.aws.DataBucket;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.receipt.WarningCode;
import clientkpis.store.Keys;
import clientkpis.store.UploadLedger;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether the data of a day is complete: what arrived, what was rejected, what is late.
final class DataHealth {
    private static final int UPLOADS = 200;
    private static final int MEDIAN_OF = 10;
    /// Of how many files of a table's newest day the warnings are shown.
    private static final int WARNED = 20;

    private final UploadLedger ledger;
    private final DataBucket bucket;

    DataHealth(UploadLedger ledger, DataBucket bucket) {
        this.ledger = ledger;
        this.bucket = bucket;
    }

    /// @param json the day's `uploads` with their receipts, the `warnings` of the newest ones of each table, and the
    ///     tables that are `late`
    /// @param probably unregistered client to the registered one that is probably meant, as far as it was asked for
    record DayHealth(ObjectNode json, Map<String, String> probably) {}

    /// @param zone the tenant's
    /// @param unregistered the unregistered clients that the page names
    DayHealth find(Tenant tenant, LocalDate day, ZoneId zone, Set<String> unregistered) {
        ObjectNode json = Json.object();
        ArrayNode uploads = json.putArray("uploads");
        ArrayNode warnings = json.putArray("warnings");
        ArrayNode late = json.putArray("late");
        Map<String, String> probably = new HashMap<>();
        for (TableSchema table : Tables.load().all()) {
            List<LocalDate> days = new ArrayList<>();
            List<Upload> sampled = new ArrayList<>();
            List<Upload> newest = new ArrayList<>();
            ledger.newest(tenant, table.name(), UPLOADS)
                    .filter(entry -> !entry.day().isAfter(day))
                    .forEach(entry -> {
                        if (entry.day().equals(day)) {
                            Upload upload = entry.upload();
                            upload(uploads, upload.table(), Keys.receipt(tenant, upload.table(), upload.id()));
                        }
                        if (entry.accepted()) {
                            if (days.size() < MEDIAN_OF) {
                                days.add(entry.day());
                            }
                            if (entry.day().equals(days.getFirst()) && newest.size() < WARNED) {
                                newest.add(entry.upload());
                            }
                            if (!entry.sampled().isEmpty() && sampled.size() < MEDIAN_OF) {
                                sampled.add(entry.upload());
                            }
                        }
                    });
            sampled.forEach(
                    upload -> samples(Keys.receipt(tenant, upload.table(), upload.id()), unregistered, probably));
            newest.forEach(upload -> warnings(warnings, table.name(), Keys.receipt(tenant, table.name(), upload.id())));
            late(late, table.name(), days, day);
        }
        String strays = Keys.strayReceipts(tenant);
        for (String key : bucket.keys(strays)) {
            if (Upload.dayOf(key.substring(strays.length()), zone).equals(day)) {
                upload(uploads, "", key);
            }
        }
        return new DayHealth(json, probably);
    }

    private void samples(String receipt, Set<String> unregistered, Map<String, String> probably) {
        bucket.get(receipt).map(bytes -> Json.parse(bytes)).ifPresent(json -> {
            for (JsonNode sample : json.path("clients").path("samples")) {
                String client = sample.path("clientId").asText();
                if (sample.has("probably") && unregistered.contains(client)) {
                    probably.putIfAbsent(client, sample.path("probably").asText());
                }
            }
        });
    }

    /// One object per warning, with its sentence in both languages.
    private void warnings(ArrayNode warnings, String table, String key) {
        bucket.get(key).map(bytes -> Json.parse(bytes)).ifPresent(receipt -> {
            for (JsonNode warning : receipt.path("warnings")) {
                WarningCode.labelled(warning.path("code").asText()).ifPresent(code -> {
                    ObjectNode one = warnings.addObject()
                            .put("table", table)
                            .put("name", name(receipt))
                            .put("receipt", key)
                            .put("code", code.label())
                            .put("pt", code.portuguese())
                            .put("en", code.english());
                    one.set("count", warning.get("count"));
                    one.set("samples", warning.get("samples"));
                });
            }
        });
    }

    private static String name(JsonNode receipt) {
        return receipt.path("object").asText().replaceFirst(".*/", "");
    }

    private void upload(ArrayNode uploads, String table, String key) {
        bucket.get(key).map(bytes -> Json.parse(bytes)).ifPresent(receipt -> {
            ObjectNode upload = uploads.addObject()
                    .put("table", table)
                    .put("name", name(receipt))
                    .put("status", receipt.path("status").asText())
                    .put("receipt", key);
            upload.set("reason", receipt.path("reason").get("code"));
            upload.set("rows", receipt.get("rows"));
            upload.set("problems", receipt.path("problems").get("byCode"));
            upload.set("rejectedRows", receipt.path("rejectedRows").get("object"));
        });
    }

    /// A table is late if it has not arrived for more than twice the median gap of its last ten uploads. Several
    /// uploads on one day are one arrival; a single arrival has no gap.
    ///
    /// @param days of the uploads, newest first
    static void late(ArrayNode late, String table, List<LocalDate> days, LocalDate day) {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < days.size(); i++) {
            long gap = ChronoUnit.DAYS.between(days.get(i), days.get(i - 1));
            if (gap > 0) {
                gaps.add(gap);
            }
        }
        if (gaps.isEmpty()) {
            return;
        }
        Collections.sort(gaps);
        // Twice the median is the sum of the two in the middle, which are the same one if the number is odd.
        long twice = gaps.get((gaps.size() - 1) / 2) + gaps.get(gaps.size() / 2);
        long silent = ChronoUnit.DAYS.between(days.getFirst(), day);
        if (silent > twice) {
            late.addObject()
                    .put("table", table)
                    .put("last", days.getFirst().toString())
                    .put("silentDays", silent)
                    .put("twiceTheMedianGap", twice);
        }
    }
}
