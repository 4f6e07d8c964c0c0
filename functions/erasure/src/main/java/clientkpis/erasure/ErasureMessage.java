package clientkpis.erasure;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import com.fasterxml.jackson.databind.JsonNode;

/// What an erasure sends itself to go on. Its JSON has these members.
///
/// @param upload the id of the list
/// @param order the order of the list
/// @param step of the erasure that is to be done
record ErasureMessage(Tenant tenant, String upload, String order, long step) {
    static ErasureMessage of(Erasure erasure, long step) {
        return new ErasureMessage(
                erasure.tenant(), erasure.list().id(), erasure.list().order(), step);
    }

    static boolean isOne(JsonNode body) {
        return body.has("step");
    }

    static ErasureMessage read(JsonNode body) {
        return Json.read(body, ErasureMessage.class);
    }
}
