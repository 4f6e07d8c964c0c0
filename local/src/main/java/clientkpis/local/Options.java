package clientkpis.local;

import clientkpis.local.invoke.Faults;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How to run a template.
///
/// @param log receives the functions' log lines and the failures of invocations
/// @param faults decides which requests of functions fail; null: none
/// @param port the first of [LocalCloud#PORTS] consecutive ports; 0: the system picks them
public record Options(Consumer<String> log, @Nullable Faults faults, int port) {

    public static Options defaults() {
        return new Options(line -> {}, null, 0);
    }

    public Options withLog(Consumer<String> sink) {
        return new Options(sink, faults, port);
    }

    public Options withFaults(Faults decision) {
        return new Options(log, decision, port);
    }

    public Options withPort(int first) {
        return new Options(log, faults, first);
    }

    int port(int place) {
        return port == 0 ? 0 : port + place;
    }
}
