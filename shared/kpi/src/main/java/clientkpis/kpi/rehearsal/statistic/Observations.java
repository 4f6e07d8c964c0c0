package clientkpis.kpi.rehearsal.statistic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Customers at landmarks who are known to have churned or stayed: one observation each, in the order of landmarks.
/// What is compared of them comes beside, an array of one value each, at their positions.
public final class Observations {
    /// In the place of the value of an observation that has none.
    public static final int NONE = -1;

    private final int[] clients;
    private final boolean[] churned;
    private final int[] starts;

    private Observations(int[] clients, boolean[] churned, int[] starts) {
        this.clients = clients;
        this.churned = churned;
        this.starts = starts;
    }

    /// Collects the observations, landmark by landmark.
    public static final class Collected {
        private final List<Integer> clients = new ArrayList<>();
        private final List<Boolean> churned = new ArrayList<>();
        private final List<Integer> starts = new ArrayList<>();

        public void landmark() {
            starts.add(clients.size());
        }

        /// @param client the client's number
        public void add(int client, boolean hasChurned) {
            clients.add(client);
            churned.add(hasChurned);
        }

        public Observations done() {
            boolean[] flags = new boolean[churned.size()];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = churned.get(i);
            }
            int[] bounds = new int[starts.size() + 1];
            for (int i = 0; i < starts.size(); i++) {
                bounds[i] = starts.get(i);
            }
            bounds[starts.size()] = flags.length;
            return new Observations(clients.stream().mapToInt(Integer::intValue).toArray(), flags, bounds);
        }
    }

    public int size() {
        return clients.length;
    }

    public int landmarks() {
        return starts.length - 1;
    }

    /// The position of a landmark's first observation; of the number of landmarks: the number of observations.
    public int start(int landmark) {
        return starts[landmark];
    }

    public int client(int position) {
        return clients[position];
    }

    public boolean hasChurned(int position) {
        return churned[position];
    }

    /// Of all observations.
    public Share churned() {
        return new Share(count(true), size());
    }

    private int count(boolean hasChurned) {
        int count = 0;
        for (boolean flag : churned) {
            count += flag == hasChurned ? 1 : 0;
        }
        return count;
    }

    /// The observations of the landmarks `from` to `to`, the latter excluded.
    public Observations of(int from, int to) {
        int[] bounds = Arrays.copyOfRange(starts, from, to + 1);
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] -= starts[from];
        }
        return new Observations(
                Arrays.copyOfRange(clients, starts[from], starts[to]),
                Arrays.copyOfRange(churned, starts[from], starts[to]),
                bounds);
    }
}
