package clientkpis.report;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;

/// Some clients and their MRR.
final class Group {
    private long clients;
    private BigDecimal mrr = BigDecimal.ZERO.setScale(2);

    void add(BigDecimal more) {
        clients++;
        mrr = mrr.add(more);
    }

    long clients() {
        return clients;
    }

    ObjectNode json() {
        return Json.object().put("clients", clients).put("mrr", mrr);
    }

    static ObjectNode json(Map<String, Group> groups) {
        ObjectNode json = Json.object();
        groups.forEach((name, group) -> json.set(name, group.json()));
        return json;
    }
}
