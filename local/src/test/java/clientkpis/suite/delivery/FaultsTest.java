package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Any function may die between two requests: the work is repeated, and the result is the same.
class FaultsTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
    private static final int DAYS_APART = 4;
    private static final int ROUNDS = 8;

    @Test
    void whicheverRequestFailsBeforeOrAfterItTookEffectEverythingSettlesInTheSame() {
        Breakdowns breakdowns = new Breakdowns(20260910);
        try (Suite suite = Suite.start(breakdowns)) {
            Company undisturbed = suite.company();
            Map<LocalDate, Map<String, JsonNode>> expected = replay(suite, undisturbed, breakdowns);
            assertThat(situations(expected, "c1")).as("moved by uploads").contains("risk", "neutral");
            assertThat(situations(expected, "new-4")).as("moved by the date").contains("risk", "neutral");
            undisturbed.assertChangesAreWhole();

            Company disturbed = suite.company();
            breakdowns.begin();
            Map<LocalDate, Map<String, JsonNode>> actual = replay(suite, disturbed, breakdowns);
            breakdowns.end();

            assertThat(actual).isEqualTo(expected);
            disturbed.assertChangesAreWhole();
            for (String table :
                    List.of("clients", "contracts", "billing", "support", "nps", "usage", "activities", "contacts")) {
                assertThat(disturbed.rows(table))
                        .isEqualTo(undisturbed.rows(table))
                        .isNotEmpty();
            }
            assertThat(statuses(disturbed)).hasSize(8 * ROUNDS).containsOnly("applied");
            assertThat(breakdowns.missing()).as("requests that did not fail").isEmpty();
        }
    }

    private static List<String> situations(Map<LocalDate, Map<String, JsonNode>> tables, String client) {
        return tables.values().stream()
                .filter(table -> table.containsKey(client))
                .map(table -> table.get(client).path("situation").asText())
                .toList();
    }

    private static List<String> statuses(Company company) {
        return company.receipts().values().stream()
                .map(receipt -> receipt.path("status").asText())
                .toList();
    }

    /// Rounds of uploads and two recalculations each.
    ///
    /// @return each day's client table
    private static Map<LocalDate, Map<String, JsonNode>> replay(Suite suite, Company company, Breakdowns breakdowns) {
        Map<LocalDate, Map<String, JsonNode>> tables = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            LocalDate day = FIRST.plusDays((long) DAYS_APART * round);
            upload(company, round, day);
            suite.settle();
            breakdowns.nextRound();
            for (LocalDate recalculated : List.of(day, day.plusDays(1))) {
                suite.recalculate(recalculated);
                breakdowns.nextRound();
                tables.put(recalculated, company.table(recalculated));
            }
        }
        return tables;
    }

    private static void upload(Company company, int round, LocalDate day) {
        LocalDateTime time = day.atTime(8, 0);
        boolean open = round % 2 == 1;
        boolean unpaid = round % 3 == 2;
        String name = "/round-" + round + ".csv";
        company.upload(
                time,
                "clients" + name,
                "client_id;name;status;plan",
                "c1;Um;Ativo;Pro",
                "c2;Dois;Ativo;Pro",
                "c3;Três;Ativo;Pro " + round,
                "c-" + round + ";Novo;Ativo;Pro");
        company.upload(
                time.plusSeconds(1),
                "contracts" + name,
                "client_id;contract_id;model;value;status",
                "c1;k1;MRR;" + (100 + round) + ",00;Ativo",
                "c2;k2;MRR;50,00;Ativo");
        List<String> titles = new ArrayList<>(List.of("client_id;title_id;value;due_on;paid_on"));
        List<String> tickets = new ArrayList<>(List.of("client_id;ticket_id;sla_on;closed_on"));
        for (int i = 0; i < 5; i++) {
            titles.add("c2;t" + i + ";10,00;" + day + ";" + (unpaid ? "" : day));
            tickets.add("c1;s" + i + ";" + day.minusDays(1) + ";" + (open ? "" : day));
        }
        // A new client in each round, well until its titles are overdue two rounds later, by the date alone.
        for (int i = 0; i < 3; i++) {
            titles.add("new-" + round + ";t" + i + ";10,00;" + day.plusDays(2 * DAYS_APART) + ";");
        }
        company.upload(time.plusSeconds(2), "billing" + name, titles.toArray(String[]::new));
        company.upload(time.plusSeconds(3), "support" + name, tickets.toArray(String[]::new));
        company.upload(
                time.plusSeconds(4),
                "nps" + name,
                "client_id;answer_id;score;answered_on",
                "c1;a1;2;2026-08-01",
                "c2;a2;2;2026-08-01",
                "c3;a" + round + ";10;" + day,
                "new-" + round + ";a;0;2026-08-01");
        company.upload(
                time.plusSeconds(5),
                "usage" + name,
                "client_id;user_id;used_on;actions",
                "c1;u1;" + day + ";1",
                "c2;u2;" + day + ";5",
                "c3;u3;" + day + ";10");
        company.upload(
                time.plusSeconds(6),
                "activities" + name,
                "client_id;activity_id;due_on;completed_on",
                "c1;v" + round + ";" + day + ";",
                "new-" + round + ";v;2026-08-01;");
        company.upload(
                time.plusSeconds(7),
                "contacts" + name,
                "client_id;contact_id;name;role;active",
                "c1;p1;Ana " + round + ";Sponsor;sim");
    }
}
