package clientkpis.report.money;

import clientkpis.aws.DataBucket;
import clientkpis.aws.ListedObjects;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.Keys;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// What is kept of a tenant's recalculated days and closed months, found by one listing.
public final class Summaries {
    private static final String JSON = ".json";
    private static final String MONEY = "money/";

    private final ListedObjects objects;
    private final NavigableSet<LocalDate> days = new TreeSet<>();
    private final NavigableSet<YearMonth> months = new TreeSet<>();

    public Summaries(DataBucket bucket, Tenant tenant) {
        objects = bucket.listed(Keys.summaries(tenant));
        for (String name : objects.names()) {
            String one = name.substring(0, name.length() - JSON.length());
            if (one.startsWith(MONEY)) {
                months.add(YearMonth.parse(one.substring(MONEY.length())));
            } else if (one.indexOf('/') < 0) {
                days.add(LocalDate.parse(one));
            }
        }
    }

    /// The days that were recalculated to their end.
    public NavigableSet<LocalDate> days() {
        return Collections.unmodifiableNavigableSet(days);
    }

    /// The portfolio's summary at the end of a day.
    public Optional<JsonNode> of(LocalDate day) {
        return objects.get(day + JSON).map(bytes -> Json.parse(bytes));
    }

    /// The months whose movements of MRR are kept.
    NavigableSet<YearMonth> months() {
        return months;
    }

    Optional<JsonNode> of(YearMonth month) {
        return objects.get(MONEY + month + JSON).map(bytes -> Json.parse(bytes));
    }
}
