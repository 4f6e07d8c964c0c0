package clientkpis.kpi.rehearsal.past;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.rehearsal.churn.CustomerHistory;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.churn.TableDays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The history of a portfolio.
///
/// @param clients in the order of their ids
public record Past(Period period, List<PastClient> clients) {
    public Past {
        clients = List.copyOf(clients);
    }

    /// @param clients in any order, each once
    public static Past of(Period period, List<ClientDays> clients) {
        boolean mrrAsked = clients.stream().map(ClientDays::table).anyMatch(TableDays::hasMrr);
        List<ClientDays> ordered = new ArrayList<>(clients);
        ordered.sort(Comparator.comparing(ClientDays::clientId, CodePoints.ORDER));
        List<PastClient> all = new ArrayList<>();
        for (ClientDays client : ordered) {
            all.add(new PastClient(all.size(), client, CustomerHistory.of(client.table(), mrrAsked)));
        }
        return new Past(period, all);
    }
}
