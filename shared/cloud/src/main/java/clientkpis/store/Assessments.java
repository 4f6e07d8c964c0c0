package clientkpis.store;

import clientkpis.aws.DataBucket;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.maturity.Maturity;
import clientkpis.tables.MaturityModel;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Every assessment of a tenant's maturity, one object per upload, with the answers of that upload. What it says as a
/// whole is calculated from the order of the uploads when it is read, so one that arrives late corrects it: an answer
/// stays until a newer upload answers its item, or is a snapshot.
public final class Assessments {
    /// The member that keeps the order of the upload; it is not published.
    private static final String ORDER = "token";
    /// The member that says that earlier answers do not stay.
    private static final String SNAPSHOT = "snapshot";
    private static final String ANSWERS = "answers";

    private final DataBucket bucket;

    public Assessments(DataBucket bucket) {
        this.bucket = bucket;
    }

    /// Keeps the assessment that an upload is by itself. Keeping the same again changes nothing.
    ///
    /// @param answers one object per item, with `item`, `level`, `weight` and what else was said
    /// @return false if nothing that counts was answered
    public boolean put(Upload upload, LocalDate day, List<ObjectNode> answers) {
        ObjectNode assessment = Json.object()
                .put("tenant", upload.tenant().name())
                .put("upload", upload.id())
                .put("day", day.toString());
        if (!assess(assessment, answers)) {
            return false;
        }
        // uploads/{tenant}/{table}/snapshot/{name}
        String[] path = upload.key().split("/", 5);
        if (path.length == 5 && path[3].equals(SNAPSHOT)) {
            assessment.put(SNAPSHOT, true);
        }
        assessment.put(ORDER, upload.order());
        bucket.put(Keys.assessment(upload), Json.bytes(assessment), "application/json");
        return true;
    }

    /// Sets what the answers say.
    ///
    /// @return false if that is nothing
    private static boolean assess(ObjectNode assessment, Collection<? extends JsonNode> answers) {
        Map<String, Maturity.Answer> levels = new TreeMap<>();
        answers.forEach(answer -> levels.put(
                answer.path("item").asText(),
                new Maturity.Answer(
                        answer.path("level").asInt(), answer.path("weight").decimalValue())));
        Optional<Maturity.Assessment> assessed = Maturity.assess(pillars(), levels);
        assessed.ifPresent(of -> {
            assessment.put("index", of.index()).put("coverage", of.coverage()).put("weakest", of.weakest());
            ArrayNode pillars = assessment.putArray("pillars");
            for (Maturity.PillarScore pillar : of.pillars()) {
                ObjectNode node = pillars.addObject().put("key", pillar.key());
                if (pillar.score() != null) {
                    node.put("score", pillar.score());
                }
                node.put("answered", pillar.answered()).put("items", pillar.items());
            }
            assessment.putArray(ANSWERS).addAll(answers);
        });
        return assessed.isPresent();
    }

    private static List<Maturity.Pillar> pillars() {
        return MaturityModel.load().pillars().stream()
                .map(pillar -> new Maturity.Pillar(
                        pillar.key(),
                        pillar.items().stream().map(MaturityModel.Item::key).toList()))
                .toList();
    }

    /// All assessments in the order of their uploads, each with all answers that it leaves in force, and after the
    /// first with `previousIndex`, `previousUpload` and `change`.
    public List<ObjectNode> history(Tenant tenant) {
        List<ObjectNode> history = new ArrayList<>();
        for (String key : bucket.keys(Keys.assessments(tenant))) {
            bucket.get(key).map(bytes -> (ObjectNode) Json.parse(bytes)).ifPresent(history::add);
        }
        history.sort(Comparator.comparing(one -> one.path(ORDER).asText(), CodePoints.ORDER));
        Map<String, JsonNode> inForce = new TreeMap<>();
        for (ObjectNode one : history) {
            if (one.path(SNAPSHOT).asBoolean()) {
                inForce.clear();
            }
            one.path(ANSWERS).forEach(answer -> inForce.put(answer.path("item").asText(), answer));
            assess(one, inForce.values());
        }
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
