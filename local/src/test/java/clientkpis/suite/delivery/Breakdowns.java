package clientkpis.suite.delivery;

import clientkpis.local.invoke.Faults;
import clientkpis.local.invoke.Requests.Access;
import clientkpis.local.invoke.Requests.Request;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// Makes each kind of request fail once before and once after it takes effect. A seed decides which of many similar
/// ones. So few requests of each function fail per round that no message is given up.
final class Breakdowns implements Faults {
    /// A message is given up after five receipts, a call of the schedule after three.
    private static final int A_ROUND = 3;

    /// A request this rare is only made at the beginning of a replay, and must fail there.
    private static final int RARE = 4;

    private static final int FREQUENT = 50;

    private static final int A_ROUND_OF_THE_SCHEDULE = 2;

    private static final Set<String> FAMILIES = Set.of(
            "clientsFunction",
            "contractsFunction",
            "billingFunction",
            "supportFunction",
            "npsFunction",
            "usageFunction",
            "activitiesFunction",
            "contactsFunction");

    private final Random random;
    private final Map<String, EnumSet<Fault>> kinds = new TreeMap<>();
    private final Map<String, Integer> learnt = new HashMap<>();
    private final Map<String, Integer> broken = new HashMap<>();
    private boolean breaking;
    private boolean firstRound = true;

    Breakdowns(long seed) {
        random = new Random(seed);
    }

    /// From now on requests fail; before, it only learns their kinds.
    synchronized void begin() {
        breaking = true;
    }

    /// Everything that was under way has finished, so new messages may fail.
    synchronized void nextRound() {
        broken.clear();
        firstRound &= !breaking;
    }

    synchronized void end() {
        breaking = false;
    }

    /// The kinds of requests that did not fail yet.
    synchronized List<String> missing() {
        List<String> missing = new ArrayList<>();
        kinds.forEach((kind, left) -> left.forEach(fault -> missing.add(fault + " " + kind)));
        return missing;
    }

    @Override
    public synchronized Fault decide(Request request) {
        String kind = kind(request);
        if (!breaking) {
            kinds.putIfAbsent(kind, EnumSet.of(Fault.BEFORE, Fault.AFTER));
            learnt.merge(kind, 1, Integer::sum);
            return Fault.NONE;
        }
        Set<Fault> left = kinds.getOrDefault(kind, EnumSet.noneOf(Fault.class));
        int times = learnt.getOrDefault(kind, 0);
        if (left.isEmpty()
                || (firstRound && times > RARE)
                || (times > FREQUENT && random.nextBoolean())
                || broken.getOrDefault(request.function(), 0) == most(request.function())) {
            return Fault.NONE;
        }
        // After one that took effect, the next try may have no need of the request.
        Fault fault = left.contains(Fault.BEFORE) ? Fault.BEFORE : Fault.AFTER;
        left.remove(fault);
        broken.merge(request.function(), 1, Integer::sum);
        return fault;
    }

    private static int most(String function) {
        return function.equals("dailyFunction") ? A_ROUND_OF_THE_SCHEDULE : A_ROUND;
    }

    /// All families count as one, because they share their code.
    private static String kind(Request request) {
        StringBuilder kind = new StringBuilder(FAMILIES.contains(request.function()) ? "family" : request.function());
        kind.append(' ').append(request.operation());
        for (Access access : request.accesses()) {
            kind.append(' ').append(access.resource());
            if (request.service().equals("S3")) {
                kind.append('/').append(access.key(), 0, access.key().indexOf('/') + 1);
            }
        }
        return FAMILIES.contains(request.function()) && request.service().equals("Sqs")
                ? kind.toString()
                        .replaceAll("(?i)(clients|contracts|billing|support|nps|usage|activities|contacts)queue", "own")
                : kind.toString();
    }
}
