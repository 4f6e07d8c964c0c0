package clientkpis.store;

import clientkpis.aws.DataBucket;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Every assessment of a tenant's maturity, one object per upload. What an assessment changed is calculated from the
/// order of the uploads when it is read, so one that arrives late corrects it.
public final class Assessments {
    /// The member that keeps the order of the upload; it is not published.
    private static final String ORDER = "token";

    private final DataBucket bucket;

    public Assessments(DataBucket bucket) {
        this.bucket = bucket;
    }

    /// Keeps an assessment. Keeping the same again changes nothing.
    public void put(Upload upload, ObjectNode assessment) {
        assessment.put(ORDER, upload.order());
        bucket.put(Keys.assessment(upload), Json.bytes(assessment), "application/json");
    }

    /// All assessments in the order of their uploads, each after the first with `previousIndex`, `previousUpload` and
    /// `change`.
    public List<ObjectNode> history(Tenant tenant) {
        List<ObjectNode> history = new ArrayList<>();
        for (String key : bucket.keys(Keys.assessments(tenant))) {
            bucket.get(key).map(bytes -> (ObjectNode) Json.parse(bytes)).ifPresent(history::add);
        }
        history.sort(Comparator.comparing(one -> one.path(ORDER).asText(), CodePoints.ORDER));
        for (int i = 1; i < history.size(); i++) {
            JsonNode before = history.get(i - 1);
            BigDecimal index = before.path("index").decimalValue();
            ObjectNode one = history.get(i);
            one.put("previousUpload", before.path("upload").asText());
            one.put("previousIndex", index);
            one.put("change", one.path("index").decimalValue().subtract(index));
        }
        return history;
    }
}
