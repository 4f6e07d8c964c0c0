package clientkpis.maturity;

import clientkpis.aws.EventBus;
import clientkpis.events.MaturityAssessed;
import clientkpis.function.Log;
import clientkpis.function.PartFunction;
import clientkpis.json.Json;
import clientkpis.kpi.Row;
import clientkpis.kpi.maturity.Maturity;
import clientkpis.store.Assessments;
import clientkpis.upload.Part;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes an assessment from an upload of `maturity`, and of the answers that stay from older ones. Every one is kept. A
/// redelivered upload keeps the same assessment and publishes the same event, with the same id.
public final class MaturityFunction extends PartFunction {
    private final Assessments assessments;
    private final EventBus bus;

    public MaturityFunction() {
        this(System.getenv());
    }

    public MaturityFunction(Map<String, String> variables) {
        super(variables);
        assessments = new Assessments(bucket);
        bus = stack.bus();
    }

    @Override
    protected Applied apply(Part.Reader reader, @Nullable JsonNode from, Log log, Context context) throws IOException {
        Part part = reader.part();
        Upload upload = part.upload();
        Map<String, Row> rows = new TreeMap<>();
        for (Row row = reader.next(); row != null; row = reader.next()) {
            rows.put(row.required("item"), row);
        }
        List<ObjectNode> answers =
                rows.values().stream().map(MaturityFunction::answer).toList();
        if (assessments.put(upload, part.day(), answers)) {
            publish(upload);
        }
        log.info("Assessed the maturity", "items", rows.size());
        return new Applied(PartCounts.storedRows(rows.size()), null);
    }

    private static ObjectNode answer(Row row) {
        String weight = row.text("weight");
        Maturity.Answer answer = new Maturity.Answer(
                Integer.parseInt(row.required("level")), weight == null ? BigDecimal.ONE : new BigDecimal(weight));
        ObjectNode node = Json.object()
                .put("item", row.required("item"))
                .put("level", answer.level())
                .put("weight", answer.weight())
                .put("score", answer.score());
        for (String column : List.of("evidence", "assessor", "assessed_on")) {
            String text = row.text(column);
            if (text != null) {
                node.put(column, text);
            }
        }
        return node;
    }

    private void publish(Upload upload) {
        for (ObjectNode one : assessments.history(upload.tenant())) {
            if (one.path("upload").asText().equals(upload.id())) {
                bus.publish(event(upload, one));
            }
        }
    }

    /// Leaves out the answers, which are the words of people.
    private static MaturityAssessed event(Upload upload, JsonNode assessment) {
        List<MaturityAssessed.Pillar> pillars = new ArrayList<>();
        for (JsonNode pillar : assessment.path("pillars")) {
            pillars.add(new MaturityAssessed.Pillar(
                    pillar.path("key").asText(),
                    decimal(pillar, "score"),
                    pillar.path("answered").asLong(),
                    pillar.path("items").asLong()));
        }
        return new MaturityAssessed(
                upload.tenant() + "/maturity/" + upload.id(),
                upload.tenant(),
                upload.id(),
                LocalDate.parse(assessment.path("day").asText()),
                assessment.path("index").decimalValue(),
                assessment.path("coverage").decimalValue(),
                assessment.path("weakest").asText(),
                pillars,
                assessment.path("previousUpload").textValue(),
                decimal(assessment, "previousIndex"),
                decimal(assessment, "change"));
    }

    private static @Nullable BigDecimal decimal(JsonNode json, String name) {
        return json.has(name) ? json.get(name).decimalValue() : null;
    }
}
