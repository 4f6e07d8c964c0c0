package clientkpis.function;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the functions measure; `docs/metrics.md` explains each metric. A log line with a metric is in CloudWatch's
/// embedded metric format (EMF), from which CloudWatch extracts the value.
public enum Metric {
    UPLOADS_APPLIED("UploadsApplied", "Count", null),
    UPLOADS_REJECTED("UploadsRejected", "Count", null),
    ROWS_READ("RowsRead", "Count", null),
    ROWS_REJECTED("RowsRejected", "Count", null),
    ROWS_PER_SECOND("RowsPerSecond", "Count/Second", null),
    PARTS_MISSING("PartsMissing", "Count", null),
    CLIENTS_CHANGED_BY_UPLOADS("ClientsChangedByUploads", "Count", null),
    CLIENTS_RECALCULATED("ClientsRecalculated", "Count", null),
    CLIENTS_CHANGED("ClientsChanged", "Count", null),
    SITUATION_CHANGES_RECORDED("SituationChangesRecorded", "Count", null),
    /// Its lines have the new situation as `Situation`.
    SITUATION_CHANGES("SituationChanges", "Count", "Situation"),
    SITUATION_CHANGES_GIVEN_UP("SituationChangesGivenUp", "Count", null),
    OUTBOX_LAG("OutboxLag", "Milliseconds", null),
    DAYS_SINCE_RECALCULATION("DaysSinceRecalculation", "Count", null),
    RUNS_STALLED("RunsStalled", "Count", null),
    SWEEP_FOUND("SweepFound", "Count", null);

    public static final String NAMESPACE = "ClientKpis";
    /// A dimension of every metric: the name of the stack.
    public static final String STACK = "Stack";

    private final String label;
    private final String unit;
    private final @Nullable String dimension;

    Metric(String label, String unit, @Nullable String dimension) {
        this.label = label;
        this.unit = unit;
        this.dimension = dimension;
    }

    /// Its name in CloudWatch, and the member of the line that has the value.
    public String label() {
        return label;
    }

    /// One of CloudWatch's units.
    public String unit() {
        return unit;
    }

    /// A second dimension with few values; the metric is reported with it and without it.
    public @Nullable String dimension() {
        return dimension;
    }

    /// The member `_aws` of a line with these metrics: their names, units and dimensions.
    static ObjectNode directives(Collection<Metric> metrics, long timestamp) {
        ObjectNode aws = Json.object().put("Timestamp", timestamp);
        ArrayNode directives = aws.putArray("CloudWatchMetrics");
        Map<@Nullable String, ArrayNode> definitions = new HashMap<>();
        for (Metric metric : metrics) {
            definitions
                    .computeIfAbsent(metric.dimension, dimension -> directive(directives.addObject(), dimension))
                    .addObject()
                    .put("Name", metric.label)
                    .put("Unit", metric.unit);
        }
        return aws;
    }

    private static ArrayNode directive(ObjectNode directive, @Nullable String dimension) {
        ArrayNode dimensions = directive.put("Namespace", NAMESPACE).putArray("Dimensions");
        dimensions.addArray().add(STACK);
        if (dimension != null) {
            dimensions.addArray().add(STACK).add(dimension);
        }
        return directive.putArray("Metrics");
    }
}
