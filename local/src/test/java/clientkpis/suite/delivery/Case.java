package clientkpis.suite.delivery;

import clientkpis.local.invoke.Faults.Fault;
import clientkpis.local.trigger.Deliveries.Disturbance;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One thing that goes wrong: what happens to the n-th request or delivery of a kind in a stage of a company's run.
///
/// @param happens a [Fault] or a [Disturbance]
/// @param stage one of [Scenario]
/// @param to a kind of request, `scoreFunction TransactWriteItems Clients SituationChanges`, or the source of a
///     delivery, `scoreQueue`
/// @param nth counted from 1
record Case(String happens, String stage, String to, int nth) {
    private static final Pattern TEXT = Pattern.compile("(\\w+) (.+) #(\\d+) of (.+)");

    /// As [#toString] writes it.
    static Case parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a case: " + text);
        }
        return new Case(parts.group(1), parts.group(4), parts.group(2), Integer.parseInt(parts.group(3)));
    }

    Fault fault() {
        return isDelivery() ? Fault.NONE : Fault.valueOf(happens);
    }

    Disturbance disturbance() {
        return isDelivery() ? Disturbance.valueOf(happens) : Disturbance.NONE;
    }

    boolean isDelivery() {
        return Stream.of(Disturbance.values()).map(Enum::name).anyMatch(happens::equals);
    }

    static Stream<Fault> faults() {
        return Arrays.stream(Fault.values()).filter(fault -> fault != Fault.NONE);
    }

    static Stream<Disturbance> disturbances() {
        return Arrays.stream(Disturbance.values()).filter(one -> one != Disturbance.NONE);
    }

    @Override
    public String toString() {
        return happens + " " + to + " #" + nth + " of " + stage;
    }
}
