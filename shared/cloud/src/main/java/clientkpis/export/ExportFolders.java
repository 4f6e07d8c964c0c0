package clientkpis.export;

import clientkpis.aws.DataBucket;
import clientkpis.kpi.Tenant;
import clientkpis.store.Keys;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The folders of the client table, one a day.
public final class ExportFolders {
    private ExportFolders() {}

    /// The days with something in their folder: one that is just being exported, or expires, has a part.
    public static NavigableSet<LocalDate> days(DataBucket bucket, Tenant tenant) {
        String folder = Keys.exports(tenant);
        return bucket.folders(folder).stream()
                .map(key -> LocalDate.parse(key.substring(folder.length(), key.length() - 1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
