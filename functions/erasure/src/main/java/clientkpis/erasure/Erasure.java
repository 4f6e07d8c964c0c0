package clientkpis.erasure;

import clientkpis.kpi.Tenant;
import clientkpis.upload.Upload;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far an erasure is. It has no client's id: the list itself is kept until the end.
///
/// @param list the uploaded list; its order is that of the erasure
/// @param step grows with every move, so that a message about an earlier one is known
/// @param look 1; 2 for the second look
/// @param after where the phase goes on: how many clients are done, after which key, how many minutes have passed
/// @param listed how many clients the list has
/// @param erased how many of them had anything, in this look
/// @param rewritten how many objects were rewritten, in this look
/// @param started when it began
/// @param ended when the first look ended, null before
record Erasure(
        Upload list,
        long step,
        int look,
        Phase phase,
        String after,
        int listed,
        int erased,
        int rewritten,
        Instant started,
        @Nullable Instant ended) {
    /// The longest that a message can wait in a queue.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    /// `CLIENTS`: tombstones, then the items of each client. `NEWER_UPLOADS`: those that had been applied to a client
    /// before it was erased are applied once more. `OBJECTS`: what the suite wrote. `ORIGINALS`: which uploads name a
    /// client. `WAITING`: for the second look, which is the first three phases again. `LIST`: the list is deleted.
    enum Phase {
        CLIENTS,
        NEWER_UPLOADS,
        OBJECTS,
        ORIGINALS,
        WAITING,
        LIST,
        DONE
    }

    static Erasure begun(Upload list, int listed, Instant now) {
        return new Erasure(list, 0, 1, Phase.CLIENTS, "", listed, 0, 0, now, null);
    }

    Tenant tenant() {
        return list.tenant();
    }

    /// How many clients are done.
    int clientsDone() {
        return after.isEmpty() ? 0 : Integer.parseInt(after);
    }

    Erasure withClients(int done, int more) {
        Erasure next = at(done < listed ? Phase.CLIENTS : Phase.NEWER_UPLOADS, done < listed ? done + "" : "");
        return next.counting(more, 0);
    }

    /// @param key null if no object is left
    Erasure withObjects(@Nullable String key, int more) {
        Phase then = look == 1 ? Phase.ORIGINALS : Phase.LIST;
        return at(key == null ? then : Phase.OBJECTS, key == null ? "" : key).counting(0, more);
    }

    Erasure at(Phase next, String from) {
        return new Erasure(list, step, look, next, from, listed, erased, rewritten, started, ended);
    }

    private Erasure counting(int moreErased, int moreRewritten) {
        return new Erasure(
                list, step, look, phase, after, listed, erased + moreErased, rewritten + moreRewritten, started, ended);
    }

    /// The first look has ended.
    Erasure ended(Instant now) {
        return new Erasure(list, step, look, Phase.WAITING, "0", listed, erased, rewritten, started, now);
    }

    /// How long to wait until the next message.
    Duration wait(Duration secondLookAfter) {
        if (phase != Phase.WAITING) {
            return Duration.ZERO;
        }
        Duration left = secondLookAfter.minusMinutes(Long.parseLong(after));
        return left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
    }

    /// After that wait.
    Erasure waited(Duration secondLookAfter) {
        long minutes = Long.parseLong(after) + wait(secondLookAfter).toMinutes();
        return minutes < secondLookAfter.toMinutes()
                ? at(Phase.WAITING, minutes + "")
                : new Erasure(list, step, 2, Phase.CLIENTS, "", listed, 0, 0, started, ended);
    }

    Erasure moved(long to) {
        return new Erasure(list, to, look, phase, after, listed, erased, rewritten, started, ended);
    }
}
